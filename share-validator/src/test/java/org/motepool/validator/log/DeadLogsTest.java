package org.motepool.validator.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.motepool.validator.log.LogFixtures.append;
import static org.motepool.validator.log.LogFixtures.settings;
import static org.motepool.validator.log.LogFixtures.share;

import io.prometheus.client.CollectorRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.time.PoolClock;

class DeadLogsTest {
    private final FaultyLogFiles files = new FaultyLogFiles();

    @TempDir
    Path shares;

    private ShareLogWriter open() throws Exception {
        return ShareLogWriter.open(
                settings(shares), files, new SecureRandom(), PoolClock.SYSTEM, new CollectorRegistry());
    }

    @Test
    void sealsALogThatEndsWithinAnEntryOnce() throws Exception {
        ShareLogWriter log = open();
        assertThat(append(log, share(1, 1, 10), share(1, 2, 11))).isEmpty();
        long forced = log.forcedOffset();
        files.cutPower();
        log.close();
        long end;
        List<WorkEntry> entries;
        try (DeadLog dead = DeadLogs.tryTake(log.directory(), LogFiles.DISK).orElseThrow();
                LogEntries read = dead.entries(3, 0)) {
            end = dead.end();
            entries = LogFixtures.rest(read);
            assertThat(dead.id()).isEqualTo(log.id());
            assertThat(dead.chain()).isEqualTo("devnet");
            assertThat(dead.directory()).isEqualTo(log.directory());
        }
        assertThat(end).isGreaterThan(forced);
        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().shares()).isEqualTo(2);
        assertThat(entries.getFirst().source().shard()).isEqualTo(3);
        assertThat(entries.getFirst().to()).isEqualTo(end);
        int segments = LogFiles.DISK.list(log.directory()).size();
        try (DeadLog again = DeadLogs.tryTake(log.directory(), LogFiles.DISK).orElseThrow();
                LogEntries read = again.entries(3, 0)) {
            assertThat(again.end()).isEqualTo(end);
            assertThat(LogFixtures.rest(read)).isEqualTo(entries);
        }
        assertThat(LogFiles.DISK.list(log.directory())).hasSize(segments);
    }

    @Test
    void aSealThatWasInterruptedIsMadeAgain() throws Exception {
        ShareLogWriter log = open();
        assertThat(append(log, share(1, 1, 10))).isEmpty();
        files.cutPower();
        log.close();
        FaultyLogFiles dying = new FaultyLogFiles().failForce(1);
        assertThatThrownBy(() -> DeadLogs.tryTake(log.directory(), dying)).hasMessageContaining("Input/output error");
        try (DeadLog dead = DeadLogs.tryTake(log.directory(), LogFiles.DISK).orElseThrow()) {
            assertThat(LogFixtures.nonces(log.directory())).containsExactly(10);
            assertThat(LogFixtures.entries(log.directory(), 0, dead.end())).hasSize(1);
        }
    }

    @Test
    void ofALogWithoutAnyGroupNothingIsLeftToSend() throws Exception {
        ShareLogWriter log = open();
        log.close();
        try (DeadLog dead = DeadLogs.tryTake(log.directory(), LogFiles.DISK).orElseThrow();
                LogEntries read = dead.entries(0, 0)) {
            assertThat(dead.end()).isZero();
            assertThat(read.next()).isEmpty();
        }
    }

    @Test
    void leavesTheLivingAndTheTakenAlone() throws Exception {
        ShareLogWriter log = open();
        assertThat(DeadLogs.tryTake(log.directory(), LogFiles.DISK)).isEmpty();
        // Asking must not have cost the living log its lock.
        assertThat(lockedInAnotherProcess(log.directory())).isTrue();
        log.close();
        DeadLog dead = DeadLogs.tryTake(log.directory(), LogFiles.DISK).orElseThrow();
        assertThat(DeadLogs.tryTake(log.directory(), LogFiles.DISK)).isEmpty();
        assertThat(lockedInAnotherProcess(log.directory())).isTrue();
        dead.close();
        dead.close();
        assertThat(lockedInAnotherProcess(log.directory())).isFalse();
        DeadLogs.tryTake(log.directory(), LogFiles.DISK).orElseThrow().close();
    }

    /** Locks end with processes, so only another process can tell whether one is held. */
    private static boolean lockedInAnotherProcess(Path directory) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockProbe.class.getName(),
                        directory.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor(Duration.ofSeconds(20))).isTrue();
        return process.exitValue() == LockProbe.HELD;
    }

    @Test
    void skipsADirectoryWithoutASegmentAndListsOnlyLogs() throws Exception {
        ShareLogWriter log = open();
        log.close();
        Path empty = Files.createDirectory(shares.resolve("0".repeat(32)));
        Files.createDirectory(shares.resolve("lost+found"));
        assertThat(DeadLogs.tryTake(empty, LogFiles.DISK)).isEmpty();
        assertThat(DeadLogs.directories(shares, LogFiles.DISK)).containsExactlyInAnyOrder(empty, log.directory());
        assertThat(DeadLogs.directories(shares.resolve("none"), LogFiles.DISK)).isEmpty();
    }

    @Test
    void aCorruptLogIsNamedAndItsLockFree() throws Exception {
        ShareLogWriter log = open();
        log.close();
        Path segment = log.directory().resolve(SegmentHeader.fileName(1));
        Files.write(segment, new byte[200]);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> DeadLogs.tryTake(log.directory(), LogFiles.DISK))
                    .isInstanceOf(CorruptLogException.class)
                    .hasMessageContaining(segment.toString());
        }
    }
}
