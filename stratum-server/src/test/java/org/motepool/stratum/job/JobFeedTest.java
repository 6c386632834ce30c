package org.motepool.stratum.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.chain.template.CoinbaseBuilder;
import org.motepool.core.account.Scheme;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.Sha256;
import org.motepool.core.sharelog.LogId;
import org.motepool.core.time.FakeClock;
import org.motepool.core.work.Nbits;
import org.motepool.stratum.stats.StratumMetrics;
import org.motepool.stratum.vardiff.DeviceClass;
import org.motepool.validator.hash.ScalarShareHasher;

class JobFeedTest {
    private static final int NOW = 1_750_000_000;

    private final FakeClock clock = new FakeClock(NOW);
    private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false);
    private final ScheduledExecutorService refresher = Executors.newSingleThreadScheduledExecutor();
    private final List<LiveJob> jobs = new ArrayList<>();
    private boolean lastWasNewTip;
    private final CoinbaseBuilder coinbases =
            new CoinbaseBuilder(Bytes.ofHex("0014" + "ab".repeat(20)), "/mp/", LogId.ofHex("11".repeat(16)), 8);
    private JobFeed feed = feed((template, number, ntime) -> coinbases.build(template, number, ntime, Scheme.PPLNS));

    private JobFeed feed(JobBuilder builder) {
        JobFeed made = new JobFeed(
                builder,
                new ScalarShareHasher(),
                clock,
                new StratumMetrics(new CollectorRegistry()),
                1,
                100,
                memory,
                refresher);
        made.join(published -> {
            jobs.add(published.live());
            lastWasNewTip = published.newTip();
            published.release();
        });
        return made;
    }

    @AfterEach
    void leavesNoBuffers() {
        feed.close();
        assertThat(memory.metric().usedDirectMemory() + memory.metric().usedHeapMemory())
                .isZero();
    }

    private static BlockTemplate template(int tip, int transactions) {
        List<BlockTemplate.Transaction> list = new ArrayList<>();
        for (int i = 0; i < transactions; i++) {
            Bytes raw = Bytes.copyOf(new byte[] {(byte) i, (byte) (i >> 8)});
            list.add(new BlockTemplate.Transaction(Sha256.twice(raw), raw));
        }
        return BlockTemplate.of(
                900_000,
                Sha256.twice(new byte[] {(byte) tip}),
                0x3fff_ffff,
                Nbits.ofHex("17034219"),
                NOW - 100,
                NOW,
                312_500_000L,
                Optional.empty(),
                list);
    }

    private void settle() throws Exception {
        refresher.submit(() -> {}).get(5, TimeUnit.SECONDS);
    }

    @Test
    void makesANewTipsJobAtOnceAndOthersAtMostOnceASecond() throws Exception {
        feed.onTemplate(template(1, 3), true);
        assertThat(jobs).hasSize(1);
        assertThat(lastWasNewTip).isTrue();
        feed.onTemplate(template(1, 4), false);
        feed.demand();
        settle();
        assertThat(jobs).as("within the same second").hasSize(1);
        feed.onTemplate(template(2, 4), true);
        assertThat(jobs).hasSize(2);
        assertThat(jobs.get(1).tip()).isGreaterThan(jobs.get(0).tip());
        assertThat(feed.tip()).isEqualTo(jobs.get(1).tip());
    }

    @Test
    void neverRepeatsANumberOrACoinbaseAndMovesNtimeWithTheClock() throws Exception {
        feed.onTemplate(template(1, 3), true);
        for (int i = 1; i <= 5; i++) {
            clock.advance(Duration.ofSeconds(2));
            feed.demand();
            settle();
        }
        assertThat(jobs).hasSize(6);
        assertThat(jobs.stream().map(live -> live.job().number())).doesNotHaveDuplicates();
        assertThat(jobs.stream().map(live -> live.job().coinbase1())).doesNotHaveDuplicates();
        assertThat(jobs.getLast().job().ntime()).isEqualTo(NOW + 10);
        assertThat(jobs.getLast().tip()).isEqualTo(jobs.getFirst().tip());
        assertThat(jobs).noneMatch(LiveJob::expired);
        assertThat(jobs).allMatch(live -> (live.job().version() & CoinbaseBuilder.VERSION_MASK) == 0);
    }

    @Test
    void expiresTheOldestBeyondTheBoundAndKeepsTenMinutes() throws Exception {
        feed.onTemplate(template(1, 0), true);
        for (int i = 0; i < JobFeed.JOBS_KEPT_MAX; i++) {
            clock.advance(Duration.ofSeconds(1));
            feed.demand();
            settle();
        }
        assertThat(jobs).hasSize(JobFeed.JOBS_KEPT_MAX + 1);
        assertThat(jobs.getFirst().expired()).isTrue();
        assertThat(jobs.subList(1, jobs.size())).noneMatch(LiveJob::expired);
    }

    @Test
    void keepsTheOldWorkWhenATemplateCannotBeBuilt() {
        feed.close();
        feed = feed((template, number, ntime) -> {
            throw new IllegalArgumentException("says the test");
        });
        feed.onTemplate(template(1, 0), true);
        assertThat(jobs).isEmpty();
    }

    @Test
    void staysInTheMicroBudgetWithAMainnetSizedTemplateAndSaysWhenNot() {
        feed.onTemplate(template(1, 8000), true);
        Job job = jobs.getFirst().job();
        assertThat(job.branch()).hasSize(13);
        int line = org.motepool.stratum.v1.NotifyLine.of(job, false).length();
        assertThat(line).isLessThanOrEqualTo(1436);
        assertThat(DeviceClass.values())
                .allSatisfy(each -> assertThat(each.budget().broken(job, line)).isEmpty());
        Job wide = new Job(
                job.number(),
                job.height(),
                job.prevHash(),
                job.coinbase1(),
                job.coinbase2().concat(Bytes.copyOf(new byte[200])),
                8,
                java.util.Collections.nCopies(17, Hash256.ZERO),
                job.version(),
                job.nbits(),
                job.ntime(),
                job.scheme());
        for (DeviceClass small : List.of(DeviceClass.MICRO, DeviceClass.UNKNOWN)) {
            assertThat(small.budget().broken(wide, 2047))
                    .containsExactly("segment", "line", "branches", "coinbase", "coinbase2");
        }
        for (DeviceClass large : List.of(DeviceClass.CPU, DeviceClass.ASIC)) {
            assertThat(large.budget().broken(wide, 2047)).isEmpty();
            assertThat(large.budget().broken(wide, 4001)).contains("line");
        }
    }
}
