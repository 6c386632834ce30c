package org.motepool.validator.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.motepool.validator.log.LogFixtures.address;
import static org.motepool.validator.log.LogFixtures.append;
import static org.motepool.validator.log.LogFixtures.block;
import static org.motepool.validator.log.LogFixtures.entries;
import static org.motepool.validator.log.LogFixtures.job;
import static org.motepool.validator.log.LogFixtures.settings;
import static org.motepool.validator.log.LogFixtures.share;

import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.account.AccountId;
import org.motepool.core.account.Scheme;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.hash.MerkleTree;
import org.motepool.core.outbox.WorkCell;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.sharelog.LogRecordCodec;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.time.FakeClock;
import org.motepool.validator.log.LogFixtures.Outcome;

class LogEntriesTest {
    private static final long SEED = Long.getLong("mote.test.seed", 7L);

    private final FakeClock clock = new FakeClock(1_700_000_000);

    @TempDir
    Path shares;

    private ShareLogWriter open(int segmentBytes) throws Exception {
        return ShareLogWriter.open(
                settings(shares).withSegmentBytes(segmentBytes).withCutInterval(Duration.ofSeconds(1)),
                LogFiles.DISK,
                new SecureRandom(),
                clock,
                new CollectorRegistry());
    }

    /** The last of these shares is followed by a CUT. */
    private void appendAndCut(ShareLog log, ShareLog.LoggedShare... some) throws Exception {
        clock.advance(Duration.ofSeconds(2));
        assertThat(append(log, some)).isEmpty();
    }

    private static void appendBlock(ShareLog log, int jobNumber) throws Exception {
        Outcome outcome = new Outcome();
        log.appendBlock(block(jobNumber), job(jobNumber), outcome);
        assertThat(outcome.await()).isEmpty();
    }

    @Test
    void sumsTheWorkOfARangeByNbitsAndAccount() throws Exception {
        ShareLogWriter log = open(64 << 10);
        ShareLog.LoggedShare[] some = {
            share(1, 3, 10), share(2, 3, 11), share(1, 1, 12), share(1, 3, 13), share(2, 1, 14)
        };
        appendAndCut(log, some);
        log.close();
        WorkEntry entry = entries(log.directory(), 0, log.forcedOffset()).getFirst();
        assertThat(entry.chain()).isEqualTo("devnet");
        assertThat(entry.source()).isEqualTo(new LogShard(log.id(), 0));
        assertThat(entry.from()).isZero();
        assertThat(entry.to()).isEqualTo(log.forcedOffset());
        assertThat(entry.addresses()).containsExactly(address(3), address(1));
        assertThat(entry.block()).isEmpty();
        assertThat(entry.cells())
                .isSorted()
                .containsExactlyInAnyOrder(cell(1, 3, 16, 2), cell(2, 3, 8, 1), cell(1, 1, 2, 1), cell(2, 1, 2, 1));
        assertThat(entry.sharesRoot())
                .isEqualTo(MerkleTree.proofRoot(List.of(some).stream()
                        .map(logged -> LogRecordCodec.toBytes(logged.share()))
                        .toList()));
        assertThat(WorkEntry.parse(entry.toBytes())).isEqualTo(entry);
    }

    private static WorkCell cell(int jobNumber, int account, long workUnits, long count) {
        return new WorkCell(
                Scheme.PPLNS, job(jobNumber).nbits(), AccountId.ofCanonicalAddress(address(account)), workUnits, count);
    }

    @Test
    void aBlockIsAnEntryByItselfAndEndsTheOneBefore() throws Exception {
        ShareLogWriter log = open(64 << 10);
        appendBlock(log, 1);
        appendBlock(log, 1);
        assertThat(append(log, share(1, 1, 10))).isEmpty();
        appendBlock(log, 1);
        log.close();
        List<WorkEntry> all = entries(log.directory(), 0, log.forcedOffset());
        assertThat(all.stream().map(entry -> entry.block().isPresent()))
                .containsExactly(false, true, true, false, true);
        assertThat(all.get(0).cells()).isEmpty();
        assertThat(all.get(1).block()).contains(block(1));
        assertThat(all.get(3).shares()).isEqualTo(1);
        assertThatTheyFollowEachOther(all, 0, log.forcedOffset());
        // The entry after the job ends where the BLOCK's group begins: a boundary that no CUT or BLOCK precedes.
        assertThat(entries(log.directory(), all.get(1).from(), log.forcedOffset()))
                .isEqualTo(all.subList(1, 5));
    }

    private static void assertThatTheyFollowEachOther(List<WorkEntry> all, long from, long to) {
        long at = from;
        for (WorkEntry entry : all) {
            assertThat(entry.from()).isEqualTo(at);
            at = entry.to();
        }
        assertThat(at).isEqualTo(to);
    }

    @Test
    void entriesAreTheSameWhoeverReadsThemAndFromWhichBoundary() throws Exception {
        System.out.println("seed of arbitrary logs: " + SEED);
        Random random = new Random(SEED);
        ShareLogWriter log = open(4 << 10);
        List<WorkEntry> live = new ArrayList<>();
        try (LogEntries entries = LogEntries.open(log.directory(), 0, 0, log::forcedOffset)) {
            for (int i = 0; i < 150; i++) {
                clock.advance(Duration.ofMillis(random.nextInt(500)));
                if (random.nextInt(12) == 0) {
                    appendBlock(log, random.nextInt(4));
                } else {
                    assertThat(append(log, share(random.nextInt(4), random.nextInt(6), i)))
                            .isEmpty();
                }
                if (random.nextInt(5) == 0) {
                    live.addAll(LogFixtures.rest(entries));
                }
            }
            log.close();
            live.addAll(LogFixtures.rest(entries));
        }
        assertThat(live).hasSizeGreaterThan(20);
        assertThatTheyFollowEachOther(live, 0, log.forcedOffset());
        try (DeadLog dead = DeadLogs.tryTake(log.directory(), LogFiles.DISK).orElseThrow()) {
            assertThat(dead.end()).isEqualTo(log.forcedOffset());
            for (int i = 0; i < live.size(); i++) {
                try (LogEntries rest = dead.entries(0, live.get(i).from())) {
                    assertThat(LogFixtures.rest(rest)).isEqualTo(live.subList(i, live.size()));
                }
            }
        }
    }

    @Test
    void whatWasNeverForcedIsInNoEntry() throws Exception {
        FaultyLogFiles files = new FaultyLogFiles();
        ShareLogWriter log = ShareLogWriter.open(
                settings(shares).withCutInterval(Duration.ofSeconds(1)),
                files,
                new SecureRandom(),
                clock,
                new CollectorRegistry());
        List<WorkEntry> live = new ArrayList<>();
        try (LogEntries entries = LogEntries.open(log.directory(), 0, 0, log::forcedOffset)) {
            appendAndCut(log, share(1, 1, 10));
            live.addAll(LogFixtures.rest(entries));
            clock.advance(Duration.ofSeconds(2));
            files.failForce(1);
            assertThat(append(log, share(1, 2, 11), share(1, 2, 12))).isPresent();
            assertThat(LogFixtures.rest(entries)).isEmpty();
            appendAndCut(log, share(2, 3, 13));
            live.addAll(LogFixtures.rest(entries));
        }
        log.close();
        assertThat(live.stream().map(WorkEntry::addresses)).containsExactly(List.of(address(1)), List.of(address(3)));
        assertThat(entries(log.directory(), 0, log.forcedOffset())).isEqualTo(live);
    }

    @Test
    void refusesEveryOffsetThatIsNoBoundary() throws Exception {
        ShareLogWriter log = open(64 << 10);
        appendAndCut(log, share(1, 1, 10));
        assertThat(append(log, share(1, 1, 11))).isEmpty();
        appendAndCut(log, share(1, 1, 12));
        log.close();
        long end = log.forcedOffset();
        List<Long> boundaries =
                entries(log.directory(), 0, end).stream().map(WorkEntry::to).toList();
        assertThat(boundaries).hasSize(2);
        for (long from = 1; from < end; from++) {
            long start = from;
            if (!boundaries.contains(from)) {
                assertThatThrownBy(() -> entries(log.directory(), start, end))
                        .isInstanceOf(CorruptLogException.class)
                        .hasMessageContaining("no outbox entry starts here");
            }
        }
        assertThat(entries(log.directory(), end, end)).isEmpty();
        assertThatThrownBy(() -> entries(log.directory(), end + 1, end)).hasMessageContaining("is forced up to " + end);
        assertThatThrownBy(() -> entries(log.directory(), -1, end)).hasMessageContaining("oldest segment begins at 0");
    }

    @Test
    void namesAShareWhoseJobIsMissing() throws Exception {
        ShareLogWriter log = open(64 << 10);
        append(log, share(1, 1, 10));
        log.close();
        Path segment = log.directory().resolve(SegmentHeader.fileName(1));
        SegmentHeader header = new SegmentHeader(
                log.id(),
                "devnet",
                settings(shares).proofOfWork(),
                settings(shares).powShift(),
                1,
                0);
        try (LogFiles.LogFile file = LogFiles.DISK.create(segment, header.toBytes(), 4096)) {
            ByteWriter out = new ByteWriter();
            GroupCodec.begin(out);
            LogRecordCodec.write(share(1, 1, 10).share(), out);
            LogRecordCodec.write(new LogRecord.Cut(0), out);
            GroupCodec.seal(out, 0, 0, 0);
            file.write(SegmentHeader.BYTES, out.array(), 0, out.size());
        }
        assertThatThrownBy(() -> entries(log.directory(), 0, 1000))
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining("names job 1, which its segment does not declare");
    }
}
