package org.motepool.stratum.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.chain.template.CoinbaseBuilder;
import org.motepool.core.account.Scheme;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;
import org.motepool.core.sharelog.LogId;
import org.motepool.core.time.FakeClock;
import org.motepool.core.work.Level;
import org.motepool.core.work.Nbits;
import org.motepool.stratum.guard.StratumLimits;
import org.motepool.stratum.job.JobFeed;
import org.motepool.stratum.job.LiveJob;
import org.motepool.stratum.stats.StratumMetrics;
import org.motepool.validator.hash.ScalarShareHasher;

/** What a connection remembers of its jobs and shares. */
class JobRingTest {
    private final JobRing ring = new JobRing();

    @Test
    void countsNoShareOfAJobThatMadeRoomForIt() {
        List<LiveJob> jobs = jobs();
        ring.add(jobs.get(0), Level.MIN);
        ring.add(jobs.get(1), Level.MIN);
        JobRing.Entry old = entry(jobs.get(0));
        JobRing.Entry newest = entry(jobs.get(1));
        assertThat(remember(old, 0)).isTrue();
        for (int i = 1; i < StratumLimits.SHARES_REMEMBERED_MAX; i++) {
            assertThat(remember(newest, i)).isTrue();
        }
        // The memory is full and the next share is of the old job, which goes.
        assertThat(ring.makeRoom()).isTrue();
        assertThat(remember(old, 1)).isTrue();
        assertThat(ring.makeRoom()).as("one place is left").isTrue();
        assertThat(remember(newest, 0)).isTrue();
        assertThat(ring.makeRoom()).isFalse();
    }

    private JobRing.Entry entry(LiveJob job) {
        return Objects.requireNonNull(ring.find(job.job().number()));
    }

    private boolean remember(JobRing.Entry entry, int nonce) {
        return ring.remember(entry, 0, 0, nonce, 0);
    }

    /** Two jobs of one tip. */
    private static List<LiveJob> jobs() {
        List<LiveJob> jobs = new ArrayList<>();
        FakeClock clock = new FakeClock(1_750_000_000);
        CoinbaseBuilder coinbases =
                new CoinbaseBuilder(Bytes.ofHex("0014" + "ab".repeat(20)), "/mp/", LogId.ofHex("11".repeat(16)), 8);
        try (var refresher = Executors.newSingleThreadScheduledExecutor();
                JobFeed feed = new JobFeed(
                        (template, number, ntime) -> coinbases.build(template, number, ntime, Scheme.PPLNS),
                        new ScalarShareHasher(),
                        clock,
                        new StratumMetrics(new CollectorRegistry()),
                        1,
                        100,
                        new UnpooledByteBufAllocator(false),
                        refresher)) {
            feed.join(published -> {
                jobs.add(published.live());
                published.release();
            });
            feed.onTemplate(template(), true);
            clock.advance(Duration.ofSeconds(2));
            feed.demand();
            refresher.submit(() -> {}).get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return jobs;
    }

    private static BlockTemplate template() {
        return BlockTemplate.of(
                900_000,
                Sha256.twice(new byte[] {1}),
                0x2000_0000,
                Nbits.ofHex("17034219"),
                1_749_999_000,
                1_750_000_000,
                312_500_000L,
                Optional.of(Bytes.ofHex("6a24aa21a9ed" + "00".repeat(32))),
                List.of());
    }
}
