package org.motepool.stratum.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.time.FakeClock;
import org.motepool.store.StoreException;
import org.motepool.store.redis.RedisStore;
import org.motepool.store.redis.TestRedis;
import org.motepool.validator.log.LogEntries;

/** Shares go from the disk when they were kept long enough and are in the journal, and never before. */
final class KeptLogsTest {
    private static final Duration KEEP = Duration.ofDays(30);
    private static TestRedis redis;

    private final FakeClock clock = new FakeClock(1_800_000_000L);

    @TempDir
    private Path shares;

    private RedisStore store;
    private TestLog own;

    @BeforeAll
    static void startRedis() {
        redis = TestRedis.start();
    }

    @AfterAll
    static void endRedis() {
        redis.close();
    }

    @BeforeEach
    void open() throws Exception {
        redis.command("FLUSHALL");
        store = redis.store();
        own = new TestLog(shares);
    }

    @AfterEach
    void close() {
        own.close();
        store.close();
    }

    private void turn() throws Exception {
        new KeptLogs(new OutboxSettings(shares, TestLog.CHAIN, 0, KEEP), own.live(), store, clock).turn();
    }

    private static List<Path> segments(TestLog log) throws IOException {
        try (Stream<Path> files = Files.list(log.directory())) {
            return files.filter(file -> file.getFileName().toString().startsWith("segment"))
                    .sorted()
                    .toList();
        }
    }

    private void written(TestLog log, Duration ago) throws IOException {
        for (Path segment : segments(log)) {
            Files.setLastModifiedTime(segment, FileTime.fromMillis(clock.epochMillis() - ago.toMillis()));
        }
    }

    private void journaled(TestLog log, long to) throws StoreException {
        store.journalMarks().publish(Map.of(log.source(), to));
    }

    /** As many entries as fill some segments. */
    private static TestLog fill(TestLog log) throws IOException {
        log.shares(240);
        assertThat(segments(log)).hasSizeGreaterThan(3);
        return log;
    }

    @Test
    void deletesOldJournaledSegmentsOfTheLivingLogAndGoesOnSendingIt() throws Exception {
        fill(own);
        written(own, KEEP.plusDays(1));
        List<WorkEntry> entries = own.entries();
        long mark = entries.get(entries.size() - 3).to();
        journaled(own, mark);
        turn();
        assertThat(segments(own)).hasSize(1);
        try (LogEntries left = LogEntries.open(own.directory(), 0, mark, own.log()::forcedOffset)) {
            assertThat(left.next()).isEqualTo(Optional.of(entries.get(entries.size() - 2)));
        }
        own.shares(2);
        assertThat(own.live().entriesBehind(mark).next()).isPresent();
    }

    @Test
    void keepsWhatTheJournalDoesNotHoldHoweverOld() throws Exception {
        fill(own);
        written(own, KEEP.multipliedBy(10));
        int all = segments(own).size();
        turn();
        assertThat(segments(own)).as("no mark").hasSize(all);

        List<WorkEntry> entries = own.entries();
        long mark = entries.get(entries.size() / 2).to();
        journaled(own, mark);
        turn();
        assertThat(segments(own)).hasSizeBetween(2, all - 1);
        try (LogEntries left = LogEntries.open(own.directory(), 0, mark, own.log()::forcedOffset)) {
            assertThat(left.next()).isEqualTo(Optional.of(entries.get(entries.size() / 2 + 1)));
        }
    }

    @Test
    void keepsWhatIsNotOldEnough() throws Exception {
        fill(own);
        written(own, KEEP.minusMinutes(1));
        int all = segments(own).size();
        journaled(own, own.log().forcedOffset());
        turn();
        assertThat(segments(own)).hasSize(all);
    }

    @Test
    void removesAFinishedLogWholeAndNoOther() throws Exception {
        TestLog finished = fill(new TestLog(shares));
        TestLog waiting = fill(new TestLog(shares));
        for (TestLog log : List.of(finished, waiting)) {
            log.end();
            LogNotes.write(log.directory(), LogNotes.SHARD, 0);
            written(log, KEEP.plusDays(1));
            journaled(log, log.log().forcedOffset());
        }
        int all = segments(waiting).size();
        LogNotes.write(finished.directory(), LogNotes.FINISHED, finished.log().forcedOffset());
        turn();
        assertThat(finished.directory()).doesNotExist();
        assertThat(segments(waiting)).as("not finished").hasSize(all);
        assertThat(own.directory()).isDirectory();
    }

    @Test
    void shortensAFinishedLogThatIsPartlyYoung() throws Exception {
        TestLog finished = fill(new TestLog(shares));
        finished.end();
        LogNotes.write(finished.directory(), LogNotes.FINISHED, finished.log().forcedOffset());
        written(finished, KEEP.plusDays(1));
        Path last = segments(finished).getLast();
        Files.setLastModifiedTime(last, FileTime.fromMillis(clock.epochMillis()));
        turn();
        assertThat(segments(finished)).containsExactly(last);
        assertThat(LogNotes.read(finished.directory(), LogNotes.FINISHED)).isPresent();
    }
}
