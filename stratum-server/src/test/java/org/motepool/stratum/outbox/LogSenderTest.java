package org.motepool.stratum.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
import org.motepool.validator.log.CorruptLogException;

/** When one log's entries are sent, and when again. */
final class LogSenderTest {
    private static TestRedis redis;

    private final FakeClock clock = new FakeClock(1_800_000_000L);
    private final CollectorRegistry registry = new CollectorRegistry();
    private final OutboxMetrics metrics = new OutboxMetrics(registry);

    @TempDir
    private Path shares;

    private RedisStore store;
    private TestLog log;
    private LogSender sender;

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
        log = new TestLog(shares);
        sender = new LogSender(log.live(), store, clock, metrics);
    }

    @AfterEach
    void close() throws Exception {
        sender.close();
        log.close();
        store.close();
    }

    private void step() throws StoreException, IOException {
        sender.step(() -> false);
    }

    private void journaled(long mark) throws StoreException {
        store.journalMarks().publish(Map.of(log.source(), mark));
    }

    private double unjournaled() {
        return registry.getSampleValue("mote_ledger_pending_records");
    }

    /** Writes entries, closes the log, so that every byte is in an entry, and returns them. */
    private List<WorkEntry> closedLogOf(int batches) throws IOException {
        log.shares(batches);
        log.close();
        return log.entries();
    }

    @Test
    void sendsEveryEntryOnceInOrderInQuietConditions() throws Exception {
        for (int i = 0; i < 20; i++) {
            log.shares(2);
            step();
            clock.advance(Duration.ofSeconds(1));
            journaled(Stream.highWater(store, log.source(), 0));
        }
        log.close();
        step();

        List<WorkEntry> sent = Stream.all(store);
        assertThat(sent).hasSizeGreaterThan(10).isEqualTo(log.entries());
        assertThat(sent.stream().mapToLong(WorkEntry::shares).sum()).isEqualTo(20 * 2 * 3);
        assertThat(sent.getLast().to()).isEqualTo(log.log().forcedOffset());
        assertThat(registry.getSampleValue("mote_outbox_sent_entries_total")).isEqualTo(sent.size());
        journaled(log.log().forcedOffset());
        step();
        assertThat(unjournaled()).isZero();
    }

    @Test
    void sendsAgainFromTheMarkWhenItFalls() throws Exception {
        List<WorkEntry> entries = closedLogOf(6);
        step();
        journaled(entries.get(3).to());
        step();
        assertThat(unjournaled()).isEqualTo(entries.size() - 4);
        journaled(entries.get(1).to());
        step();

        List<WorkEntry> sent = Stream.all(store);
        assertThat(sent).startsWith(entries.toArray(WorkEntry[]::new));
        assertThat(sent.subList(entries.size(), sent.size())).isEqualTo(entries.subList(2, entries.size()));
        assertThat(unjournaled()).isEqualTo(entries.size() - 2);
    }

    @Test
    void sendsAgainWhenTheMarkStandsStillThoughTheAccountantLives() throws Exception {
        List<WorkEntry> entries = closedLogOf(3);
        step();
        clock.advance(Duration.ofSeconds(30));
        step();
        assertThat(Stream.all(store)).as("no heartbeat: nobody to send to").hasSameSizeAs(entries);

        store.journalMarks().publish(Map.of());
        step();
        assertThat(Stream.all(store)).as("heartbeat").hasSize(2 * entries.size());

        clock.advance(Duration.ofSeconds(11));
        store.journalMarks().publish(Map.of());
        step();
        assertThat(Stream.all(store)).as("more rarely each time").hasSize(2 * entries.size());
        clock.advance(Duration.ofSeconds(11));
        step();
        assertThat(Stream.all(store)).hasSize(3 * entries.size());

        journaled(log.log().forcedOffset());
        step();
        clock.advance(Duration.ofHours(1));
        store.journalMarks().publish(Map.of());
        step();
        assertThat(Stream.all(store)).as("all journaled").hasSize(3 * entries.size());
    }

    @Test
    void doesNotSendAgainWhileTheMarkMoves() throws Exception {
        List<WorkEntry> entries = closedLogOf(5);
        step();
        for (WorkEntry entry : entries) {
            clock.advance(Duration.ofSeconds(9));
            journaled(entry.to());
            step();
        }
        assertThat(Stream.all(store)).isEqualTo(entries);
    }

    @Test
    void learnsHowLongASliceOfTheJournalTakes() throws Exception {
        List<WorkEntry> entries = closedLogOf(5);
        step();
        minuteWithHeartbeats();
        long before = store.workStream().length(0);
        assertThat(before).as("a standstill as far as it can know").isGreaterThan(entries.size());
        for (WorkEntry entry : entries.subList(0, entries.size() - 1)) {
            journaled(entry.to());
            step();
            minuteWithHeartbeats();
        }
        assertThat(store.workStream().length(0)).isEqualTo(before);
    }

    private void minuteWithHeartbeats() throws StoreException, IOException {
        for (int second = 0; second < 60; second += 5) {
            clock.advance(Duration.ofSeconds(5));
            store.journalMarks().publish(Map.of());
            step();
        }
    }

    @Test
    void startsAtTheMarkOfTheJournal() throws Exception {
        List<WorkEntry> entries = closedLogOf(4);
        journaled(entries.get(1).to());
        step();
        assertThat(Stream.all(store)).isEqualTo(entries.subList(2, entries.size()));
    }

    @Test
    void stopsAtTheBoundOfUnjournaledEntriesAndGoesOnBehindIt() throws Exception {
        int blocks = LogSender.UNJOURNALED_ENTRIES_MAX + 20;
        log.blocks(blocks);
        log.close();
        List<WorkEntry> entries = log.entries();
        assertThat(entries).hasSizeGreaterThanOrEqualTo(blocks);
        step();
        step();
        assertThat(store.workStream().length(0)).isEqualTo(LogSender.UNJOURNALED_ENTRIES_MAX);
        assertThat(unjournaled()).isEqualTo(LogSender.UNJOURNALED_ENTRIES_MAX);

        journaled(entries.get(9).to());
        step();
        assertThat(Stream.all(store)).isEqualTo(entries.subList(0, LogSender.UNJOURNALED_ENTRIES_MAX + 10));
        journaled(entries.get(500).to());
        step();
        assertThat(Stream.all(store)).isEqualTo(entries);
    }

    @Test
    void goesBackToTheMarkAfterTroubleWithTheStore() throws Exception {
        log.shares(2);
        step();
        redis.command("CONFIG SET maxmemory 1");
        try {
            log.shares(2);
            log.close();
            assertThatThrownBy(this::step).isInstanceOf(StoreException.class);
            assertThat(unjournaled()).isZero();
        } finally {
            redis.command("CONFIG SET maxmemory 0");
        }
        step();
        assertThat(Stream.highWater(store, log.source(), 0)).isEqualTo(log.log().forcedOffset());
        assertThat(unjournaled()).isEqualTo(log.entries().size());
    }

    @Test
    void refusesAMarkThatIsNoBoundary() throws Exception {
        List<WorkEntry> entries = closedLogOf(3);
        journaled(entries.get(1).to() - 1);
        assertThatThrownBy(this::step).isInstanceOf(CorruptLogException.class);
        journaled(log.log().forcedOffset() + 1);
        assertThatThrownBy(this::step).isInstanceOf(CorruptLogException.class);
        assertThat(Stream.all(store)).isEmpty();
    }
}
