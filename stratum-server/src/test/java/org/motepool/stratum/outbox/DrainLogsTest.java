package org.motepool.stratum.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.time.FakeClock;
import org.motepool.store.StoreException;
import org.motepool.store.redis.RedisStore;
import org.motepool.store.redis.TestRedis;
import org.motepool.validator.log.CorruptLogException;
import org.motepool.validator.log.DeadLog;
import org.motepool.validator.log.DeadLogs;
import org.motepool.validator.log.LogFiles;

/** Logs of processes that are gone: drained, finished only when journaled, each on its own. */
final class DrainLogsTest {
    private static TestRedis redis;

    private final FakeClock clock = new FakeClock(1_800_000_000L);
    private final CollectorRegistry registry = new CollectorRegistry();
    private final OutboxMetrics metrics = new OutboxMetrics(registry);

    @TempDir
    private Path shares;

    private RedisStore store;

    @BeforeAll
    static void startRedis() {
        redis = TestRedis.start();
    }

    @AfterAll
    static void endRedis() {
        redis.close();
    }

    @BeforeEach
    void open() throws StoreException {
        redis.command("FLUSHALL");
        store = redis.store();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private DrainLogs drain() {
        return new DrainLogs(
                new OutboxSettings(shares, TestLog.CHAIN, 0, Duration.ZERO),
                shares.resolve("live"),
                store,
                clock,
                metrics);
    }

    private TestLog dead(String chain) throws IOException {
        TestLog log = new TestLog(shares, chain);
        log.shares(4);
        log.close();
        return log;
    }

    private void turn(DrainLogs drain) throws StoreException, IOException {
        drain.turn(() -> false);
    }

    private static boolean isFree(TestLog log) throws IOException {
        try (DeadLog taken = DeadLogs.tryTake(log.directory(), LogFiles.DISK).orElse(null)) {
            return taken != null;
        }
    }

    @Test
    void finishesADeadLogWhenTheJournalHoldsItToItsEnd() throws Exception {
        TestLog log = dead(TestLog.CHAIN);
        Path finished = log.directory().resolve(LogNotes.FINISHED);
        DrainLogs drain = drain();
        turn(drain);
        turn(drain);
        assertThat(Stream.all(store)).isEqualTo(log.entries());
        assertThat(finished).as("sent is not journaled").doesNotExist();
        assertThat(isFree(log)).isFalse();

        store.journalMarks()
                .publish(Map.of(log.source(), log.entries().getFirst().to()));
        turn(drain);
        assertThat(finished).doesNotExist();

        store.journalMarks().publish(Map.of(log.source(), log.log().forcedOffset()));
        turn(drain);
        assertThat(LogNotes.read(log.directory(), LogNotes.FINISHED))
                .hasValue(log.log().forcedOffset());
        assertThat(isFree(log)).isTrue();
        assertThat(registry.getSampleValue("mote_ledger_pending_records")).isZero();

        redis.command("FLUSHALL");
        turn(drain());
        assertThat(Stream.all(store)).as("finished logs are not sent again").isEmpty();
    }

    @Test
    void leavesALivingLogAloneAndTakesItWithinAMinuteOfItsEnd() throws Exception {
        DrainLogs drain = drain();
        TestLog log = new TestLog(shares);
        log.shares(1);
        turn(drain);
        assertThat(Stream.all(store)).isEmpty();
        log.close();
        turn(drain);
        assertThat(Stream.all(store)).isEmpty();
        clock.advance(Duration.ofSeconds(61));
        turn(drain);
        assertThat(Stream.all(store)).isEqualTo(log.entries()).isNotEmpty();
    }

    @Test
    void sendsToTheShardThatTheLogWasBegunWith() throws Exception {
        TestLog log = dead(TestLog.CHAIN);
        LogNotes.write(log.directory(), LogNotes.SHARD, 0);
        DrainLogs drain = new DrainLogs(
                new OutboxSettings(shares, TestLog.CHAIN, 3, Duration.ZERO),
                shares.resolve("live"),
                store,
                clock,
                metrics);
        turn(drain);
        assertThat(Stream.all(store)).isEqualTo(log.entries());
    }

    @Test
    void refusesAShardThatTheStoreDoesNotHave() throws Exception {
        TestLog log = dead(TestLog.CHAIN);
        LogNotes.write(log.directory(), LogNotes.SHARD, 5);
        assertThatThrownBy(() -> LogNotes.shardOf(log.directory(), 0, 1)).isInstanceOf(CorruptLogException.class);
        turn(drain());
        assertThat(registry.getSampleValue("mote_outbox_halted_logs")).isEqualTo(1);
    }

    @Test
    void leavesLogsOfAnotherChainAlone() throws Exception {
        TestLog log = dead("main");
        turn(drain());
        assertThat(Stream.all(store)).isEmpty();
        assertThat(isFree(log)).isTrue();
        assertThat(log.directory().resolve(LogNotes.FINISHED)).doesNotExist();
        assertThat(registry.getSampleValue("mote_outbox_halted_logs")).isZero();
    }

    @Test
    void haltsACorruptLogAlone() throws Exception {
        TestLog sick = dead(TestLog.CHAIN);
        TestLog well = dead(TestLog.CHAIN);
        Path segment;
        try (var files = Files.list(sick.directory())) {
            segment = files.filter(file -> file.getFileName().toString().startsWith("segment"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(segment);
        bytes[1] ^= 0x55;
        Files.write(segment, bytes);

        DrainLogs drain = drain();
        turn(drain);
        assertThat(registry.getSampleValue("mote_outbox_halted_logs")).isEqualTo(1);
        assertThat(Stream.all(store)).isEqualTo(well.entries());
        store.journalMarks().publish(Map.of(well.source(), well.log().forcedOffset()));
        turn(drain);
        assertThat(well.directory().resolve(LogNotes.FINISHED)).exists();
        assertThat(sick.directory().resolve(LogNotes.FINISHED)).doesNotExist();
    }
}
