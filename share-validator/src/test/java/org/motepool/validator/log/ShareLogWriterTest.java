package org.motepool.validator.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.motepool.validator.log.LogFixtures.address;
import static org.motepool.validator.log.LogFixtures.append;
import static org.motepool.validator.log.LogFixtures.block;
import static org.motepool.validator.log.LogFixtures.groups;
import static org.motepool.validator.log.LogFixtures.job;
import static org.motepool.validator.log.LogFixtures.nonces;
import static org.motepool.validator.log.LogFixtures.settings;
import static org.motepool.validator.log.LogFixtures.share;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.time.FakeClock;
import org.motepool.core.time.PoolClock;
import org.motepool.validator.log.LogFixtures.Outcome;

class ShareLogWriterTest {
    private final FaultyLogFiles files = new FaultyLogFiles();
    private final CollectorRegistry metrics = new CollectorRegistry();

    @TempDir
    Path shares;

    private ShareLogWriter open(LogFiles on) throws IOException {
        return open(on, PoolClock.SYSTEM);
    }

    private ShareLogWriter open(LogFiles on, PoolClock clock) throws IOException {
        return ShareLogWriter.open(settings(shares), on, new SecureRandom(), clock, metrics);
    }

    private double metric(String name) {
        return Optional.ofNullable(metrics.getSampleValue(name)).orElseThrow();
    }

    @Test
    void readsBackWhatWasAppendedWithJobsAndAccountsBeforeIt() throws Exception {
        ShareLogWriter log = open(LogFiles.DISK);
        assertThat(append(log, share(1, 1, 10), share(1, 2, 11), share(2, 1, 12)))
                .isEmpty();
        assertThat(log.forcedOffset()).isPositive();
        log.close();
        List<LogRecord> records = groups(log.directory()).stream()
                .flatMap(group -> group.records().stream())
                .toList();
        assertThat(records.subList(0, records.size() - 1))
                .containsExactly(
                        new LogRecord.JobDeclared(job(1)),
                        new LogRecord.AccountDeclared(address(1)),
                        share(1, 1, 10).share(),
                        new LogRecord.AccountDeclared(address(2)),
                        share(1, 2, 11).share(),
                        new LogRecord.JobDeclared(job(2)),
                        share(2, 1, 12).share());
        assertThat(records.getLast()).isInstanceOf(LogRecord.Cut.class);
    }

    @Test
    void everySegmentDeclaresJobsAndAccountsOnceAndOffsetsGoOn() throws Exception {
        ShareLogWriter log = open(LogFiles.DISK);
        for (int i = 0; i < 60; i++) {
            assertThat(append(
                            log,
                            IntStream.range(i * 20, i * 20 + 20)
                                    .mapToObj(nonce -> share(nonce % 3, nonce % 5, nonce))
                                    .toArray(ShareLog.LoggedShare[]::new)))
                    .isEmpty();
        }
        log.close();
        assertThat(nonces(log.directory()))
                .isEqualTo(IntStream.range(0, 1_200).boxed().toList());
        Segments segments = new Segments(log.directory(), LogFiles.DISK);
        segments.refresh();
        assertThat(segments.count()).isGreaterThan(4);
        List<LogGroup> groups = groups(log.directory());
        long offset = 0;
        for (LogGroup group : groups) {
            assertThat(group.offset()).isEqualTo(offset);
            offset = group.end();
        }
        for (int i = 0; i < segments.count(); i++) {
            long first = segments.get(i).header().firstOffset();
            long end =
                    segments.isLast(i) ? offset : segments.get(i + 1).header().firstOffset();
            assertThatNothingIsDeclaredTwice(groups.stream()
                    .filter(group -> group.offset() >= first && group.offset() < end)
                    .flatMap(group -> group.records().stream())
                    .toList());
        }
    }

    private static void assertThatNothingIsDeclaredTwice(List<LogRecord> records) {
        Set<LogRecord> declared = new HashSet<>();
        for (LogRecord record : records) {
            if (record instanceof LogRecord.Share logged) {
                assertThat(declared).contains(new LogRecord.JobDeclared(job(logged.jobNumber())));
                assertThat(declared)
                        .anyMatch(other -> other instanceof LogRecord.AccountDeclared account
                                && account.account().equals(logged.account()));
            } else {
                assertThat(declared.add(record)).isTrue();
            }
        }
    }

    @Test
    void aBlockStandsAloneBehindItsJob() throws Exception {
        ShareLogWriter log = open(LogFiles.DISK);
        append(log, share(1, 1, 10));
        Outcome outcome = new Outcome();
        log.appendBlock(block(2), job(2), outcome);
        assertThat(outcome.await()).isEmpty();
        append(log, share(2, 1, 11));
        log.close();
        List<List<LogRecord>> groups =
                groups(log.directory()).stream().map(LogGroup::records).toList();
        assertThat(groups.get(1)).containsExactly(new LogRecord.JobDeclared(job(2)));
        assertThat(groups.get(2)).containsExactly(block(2));
        assertThat(groups.get(3)).first().isEqualTo(share(2, 1, 11).share());
    }

    @Test
    void cutsOnceInAnIntervalAndOnlyWhereSomethingWasWritten() throws Exception {
        FakeClock clock = new FakeClock(1_700_000_000);
        ShareLogWriter log = ShareLogWriter.open(
                settings(shares).withCutInterval(Duration.ofSeconds(1)),
                LogFiles.DISK,
                new SecureRandom(),
                clock,
                metrics);
        append(log, share(1, 1, 10));
        append(log, share(1, 1, 11));
        clock.advance(Duration.ofMillis(1_100));
        append(log, share(1, 1, 12));
        clock.advance(Duration.ofSeconds(30));
        log.close();
        List<LogGroup> groups = groups(log.directory());
        assertThat(groups.stream().filter(LogGroup::endsEntry)).hasSize(1);
        assertThat(groups.getLast().records().getLast()).isEqualTo(new LogRecord.Cut(1_700_000_001_100L));
    }

    @Test
    void cutsWithoutAnyFurtherAppend() throws Exception {
        ShareLogWriter log = ShareLogWriter.open(
                settings(shares).withCutInterval(Duration.ofMillis(20)),
                LogFiles.DISK,
                new SecureRandom(),
                PoolClock.SYSTEM,
                metrics);
        append(log, share(1, 1, 10));
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        try (LogEntries entries = LogEntries.open(log.directory(), 0, 0, log::forcedOffset)) {
            boolean found = false;
            while (!found && System.nanoTime() < deadline) {
                found = entries.next().isPresent();
                Thread.onSpinWait();
            }
            assertThat(found).isTrue();
        }
        log.close();
    }

    @Test
    void manyAppendsShareAForce() throws Exception {
        int threads = 4;
        int each = 250;
        ShareLogWriter log = open(LogFiles.DISK);
        List<Outcome> outcomes = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int first = t * each;
                running.add(pool.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        Outcome outcome = new Outcome();
                        outcomes.add(outcome);
                        log.append(List.of(share(1, 1, first + i)), outcome);
                    }
                }));
            }
            for (Future<?> thread : running) {
                thread.get();
            }
        }
        for (Outcome outcome : outcomes) {
            assertThat(outcome.await()).isEmpty();
        }
        double forces = metric("mote_sharelog_forces_total");
        System.out.println(threads * each + " appends took " + (int) forces + " forces");
        assertThat(forces).isLessThan(threads * each / 4.0);
        assertThat(metric("mote_sharelog_force_duration_seconds_count")).isEqualTo(forces);
        log.close();
        assertThat(nonces(log.directory()))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, threads * each).boxed().toList());
    }

    @Test
    void failsAppendsBeyondTheBoundAtOnceAndKeepsRoomForABlock() throws Exception {
        CountDownLatch disk = new CountDownLatch(1);
        ShareLogWriter log = open(files);
        files.holdForces(disk);
        List<ShareLog.LoggedShare> full = Collections.nCopies(ShareLogWriter.PENDING_SHARES_MAX, share(1, 1, 1));
        Outcome first = new Outcome();
        log.append(full, first);
        assertThat(metric("mote_sharelog_pending_shares")).isEqualTo(ShareLogWriter.PENDING_SHARES_MAX);
        assertThat(append(log, share(1, 1, 2))).get().asString().contains("wait for the disk");
        Outcome found = new Outcome();
        log.appendBlock(block(1), job(1), found);
        assertThat(first.isForced()).isFalse();
        disk.countDown();
        assertThat(first.await()).isEmpty();
        assertThat(found.await()).isEmpty();
        assertThat(append(log, share(1, 1, 3))).isEmpty();
        log.close();
        assertThat(nonces(log.directory())).hasSize(ShareLogWriter.PENDING_SHARES_MAX + 1);
        assertThat(groups(log.directory()))
                .hasSizeGreaterThan(10)
                .allMatch(group ->
                        group.end() - group.offset() <= GroupCodec.HEADER_BYTES + GroupCodec.RECORDS_BYTES_AIM);
    }

    @Test
    void aFailedForceFailsItsSharesAndTheNextSegmentGoesOnWhereTheDiskStood() throws Exception {
        ShareLogWriter log = open(files);
        assertThat(append(log, share(1, 1, 10))).isEmpty();
        long forced = log.forcedOffset();
        CountDownLatch disk = new CountDownLatch(1);
        files.failForce(1).holdForces(disk);
        Outcome failing = new Outcome();
        log.append(List.of(share(1, 1, 11)), failing);
        disk.countDown();
        assertThat(failing.await()).get().asString().contains("Input/output error");
        assertThat(log.forcedOffset()).isEqualTo(forced);
        assertThat(metric("mote_sharelog_failures_total")).isEqualTo(1);
        assertThat(append(log, share(1, 1, 12))).isEmpty();
        assertThat(log.healthy()).isTrue();
        log.close();
        assertThat(nonces(log.directory())).containsExactly(10, 12);
        Segments segments = new Segments(log.directory(), LogFiles.DISK);
        segments.refresh();
        assertThat(segments.count()).isEqualTo(2);
        assertThat(segments.get(1).header().firstOffset()).isEqualTo(forced);
    }

    @Test
    void isUnhealthyWhileTheDiskIsFullAndRecoversByItself() throws Exception {
        FakeClock clock = new FakeClock(1_700_000_000);
        ShareLogWriter log = open(files, clock);
        assertThat(append(log, share(1, 1, 10))).isEmpty();
        files.failCreates(true);
        files.failWrite(1);
        for (int nonce = 11; nonce < 15; nonce++) {
            assertThat(append(log, share(1, 1, nonce))).get().asString().contains("No space left on device");
            assertThat(log.healthy()).isFalse();
            clock.advance(Duration.ofMillis(700));
        }
        files.failCreates(false);
        clock.advance(Duration.ofSeconds(2));
        assertThat(append(log, share(1, 1, 15))).isEmpty();
        assertThat(log.healthy()).isTrue();
        log.close();
        assertThat(nonces(log.directory())).containsExactly(10, 15);
    }

    @Test
    void refusesASickDiskWithoutFillingIt() throws Exception {
        FakeClock clock = new FakeClock(1_700_000_000);
        ShareLogWriter log = open(files, clock);
        for (int nonce = 0; nonce < 30; nonce++) {
            files.failForce(1);
            assertThat(append(log, share(1, 1, nonce))).isPresent();
            clock.advance(Duration.ofMillis(100));
        }
        files.failForce(0);
        clock.advance(Duration.ofSeconds(2));
        assertThat(append(log, share(1, 1, 30))).isEmpty();
        log.close();
        assertThat(nonces(log.directory())).containsExactly(30);
        assertThat(LogFiles.DISK.list(log.directory())).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aDefectiveAppendHarmsNoOther() throws Exception {
        ShareLogWriter log = open(LogFiles.DISK);
        ShareLog.LoggedShare good = share(1, 1, 10);
        assertThat(append(log, new ShareLog.LoggedShare(good.share(), job(2), good.address())))
                .get()
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(append(log, new ShareLog.LoggedShare(good.share(), good.job(), address(2))))
                .get()
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(append(log, good)).isEmpty();
        assertThat(log.healthy()).isTrue();
        log.close();
        assertThat(nonces(log.directory())).containsExactly(10);
    }

    @Test
    void failsAppendsAfterCloseAndGivesTheLockBack() throws Exception {
        ShareLogWriter log = open(LogFiles.DISK);
        append(log, share(1, 1, 10));
        assertThat(DeadLogs.tryTake(log.directory(), LogFiles.DISK)).isEmpty();
        log.close();
        log.close();
        assertThat(append(log, share(1, 1, 11))).get().asString().contains("closed");
        try (DeadLog dead = DeadLogs.tryTake(log.directory(), LogFiles.DISK).orElseThrow()) {
            assertThat(dead.end()).isEqualTo(log.forcedOffset());
        }
    }

    @Test
    void doesNotStartOnADiskThatCannotBeWritten() {
        files.failCreates(true);
        assertThatThrownBy(() -> open(files))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(shares.toString())
                .hasMessageContaining("No space left on device");
        files.failCreates(false);
        assertThat(metrics.metricFamilySamples().hasMoreElements()).isFalse();
    }
}
