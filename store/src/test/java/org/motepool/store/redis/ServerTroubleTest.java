package org.motepool.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.motepool.core.account.AccountId;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.sharelog.LogId;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.time.PoolClock;
import org.motepool.store.Requests.Request;
import org.motepool.store.StoreException;
import org.motepool.store.WorkStream;

/** Redis dies, comes back empty, or is not what it should be. */
final class ServerTroubleTest {
    private static final Duration BACK_MAX = Duration.ofSeconds(10);
    private static final LogShard SOURCE = new LogShard(LogId.ofHex("33".repeat(16)), 0);

    private TestRedis redis;

    @BeforeEach
    void start() {
        redis = TestRedis.start();
    }

    @AfterEach
    void end() {
        redis.close();
    }

    private interface StoreCall {
        void run() throws StoreException;
    }

    private static void untilItWorks(StoreCall call) {
        long until = System.nanoTime() + BACK_MAX.toNanos();
        while (true) {
            try {
                call.run();
                return;
            } catch (StoreException e) {
                if (System.nanoTime() > until) {
                    throw new AssertionError("the store is not back", e);
                }
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    private static RedisStore connect(RedisSettings settings) throws StoreException {
        return RedisStore.connect(settings, PoolClock.SYSTEM, new CollectorRegistry());
    }

    @Test
    void callsFailWhileRedisIsDeadAndWorkWhenItIsBack() throws StoreException {
        try (RedisStore store = redis.store()) {
            store.journalMarks().publish(Map.of(SOURCE, 1L));
            assertThat(store.connected()).isTrue();

            redis.kill();
            long started = System.nanoTime();
            assertThatThrownBy(() -> store.journalMarks().publish(Map.of(SOURCE, 2L)))
                    .isInstanceOf(StoreException.class);
            assertThatThrownBy(() -> store.workStream().read(0, WorkStream.START, 1, Duration.ofSeconds(1)))
                    .isInstanceOf(StoreException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
            assertThat(store.connected()).isFalse();

            redis.restart();
            untilItWorks(() -> store.journalMarks().publish(Map.of(SOURCE, 3L)));
            assertThat(store.journalMarks().mark(SOURCE)).hasValue(3);
            assertThat(store.connected()).isTrue();
            assertThat(store.interruptions()).isEqualTo(1);
            assertThat(redis.command("HGET mote:1:{pool}:identity network")).isEqualTo("$6");
        }
    }

    @Test
    void isConnectedAgainWithoutAnyCallWhenRedisIsBack() throws StoreException {
        try (RedisStore store = redis.store()) {
            redis.kill();
            until(() -> !store.connected());
            redis.restart();
            until(store::connected);
            assertThat(redis.command("HGET mote:1:{pool}:identity network")).isEqualTo("$6");
        }
    }

    @Test
    void isConnectedWithoutAnyCallWhenRedisComesLate() throws StoreException {
        redis.kill();
        try (RedisStore store = RedisStore.open(redis.settings(), PoolClock.SYSTEM, new CollectorRegistry())) {
            assertThat(store.connected()).isFalse();
            redis.restart();
            until(store::connected);
        }
    }

    private static void until(BooleanSupplier holds) {
        long until = System.nanoTime() + BACK_MAX.toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(until);
            LockSupport.parkNanos(10_000_000);
        }
    }

    @Test
    void aWaitingReadFailsWhenRedisDiesAndWorksLater() throws Exception {
        try (RedisStore store = redis.store()) {
            var outcome = new CompletableFuture<Exception>();
            Thread.ofVirtual().start(() -> {
                try {
                    store.workStream().read(0, WorkStream.START, 1, Duration.ofSeconds(9));
                    outcome.complete(new IllegalStateException("it returned"));
                } catch (StoreException e) {
                    outcome.complete(e);
                }
            });
            waitForABlockedClient();
            redis.kill();
            assertThat(outcome.get(5, TimeUnit.SECONDS)).isInstanceOf(StoreException.class);

            redis.restart();
            Bytes entry = Bytes.ofHex("00ff");
            untilItWorks(() -> store.workStream().append(0, entry));
            untilItWorks(() -> assertThat(store.workStream().read(0, WorkStream.START, 1, Duration.ofSeconds(1)))
                    .extracting(WorkStream.StreamEntry::entry)
                    .containsExactly(entry));
        }
    }

    @Test
    void aReadMayWaitLongerThanOtherCallsMayTake() throws StoreException {
        RedisSettings settings = new RedisSettings(redis.uri(), Optional.empty(), "devnet", 1, Duration.ofMillis(300));
        try (RedisStore store = connect(settings)) {
            long started = System.nanoTime();
            assertThat(store.workStream().read(0, WorkStream.START, 1, Duration.ofMillis(900)))
                    .isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofMillis(850));
        }
    }

    @Test
    void throwsAwayARequestThatNobodyCanReadInsteadOfStoppingAllOthers() throws StoreException {
        try (RedisStore store = redis.store()) {
            Request good = new Request(AccountId.ofCanonicalAddress("a"), "a", "text", "signature", 5);
            store.requests().append(good);
            redis.command("HSET mote:1:{requests}:waiting bad nonsense");
            redis.command("ZADD mote:1:{requests}:order 1 bad");
            redis.command("ZADD mote:1:{requests}:order 2 missing");
            assertThat(store.requests().waiting(10)).containsExactly(good);
            assertThat(redis.command("HLEN mote:1:{requests}:waiting")).isEqualTo(":1");
            assertThat(redis.command("ZCARD mote:1:{requests}:order")).isEqualTo(":1");
        }
    }

    private void waitForABlockedClient() {
        long until = System.nanoTime() + BACK_MAX.toNanos();
        String blocked = "EVAL \"if string.find(redis.call('INFO','clients'),'blocked_clients:0') then return 0 end"
                + " return 1\" 0";
        while (!redis.command(blocked).equals(":1")) {
            assertThat(System.nanoTime()).isLessThan(until);
            LockSupport.parkNanos(10_000_000);
        }
    }

    @Test
    void closesTwiceAndFailsCallsAfterwards() throws StoreException {
        CollectorRegistry registry = new CollectorRegistry();
        RedisStore store = RedisStore.connect(redis.settings(), PoolClock.SYSTEM, registry);
        store.close();
        store.close();
        assertThat(store.connected()).isFalse();
        assertThatThrownBy(() -> store.journalMarks().heartbeat()).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.workStream().read(0, WorkStream.START, 1, Duration.ofSeconds(1)))
                .isInstanceOf(StoreException.class);
        RedisStore.connect(redis.settings(), PoolClock.SYSTEM, registry).close();
    }

    @Test
    void callsAreBoundedWhenRedisHangs() throws StoreException {
        RedisSettings settings = new RedisSettings(redis.uri(), Optional.empty(), "devnet", 1, Duration.ofMillis(300));
        try (RedisStore store = connect(settings)) {
            redis.command("CLIENT PAUSE 2000");
            long started = System.nanoTime();
            assertThatThrownBy(() -> store.journalMarks().heartbeat())
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("300 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofMillis(1_500));
            untilItWorks(() -> store.journalMarks().heartbeat());
        }
    }

    @Test
    void loadsScriptsAgainWhenRedisForgotThem() throws StoreException {
        try (RedisStore store = redis.store()) {
            store.journalMarks().publish(Map.of(SOURCE, 1L));
            assertThat(redis.command("SCRIPT FLUSH")).isEqualTo("+OK");
            store.journalMarks().publish(Map.of(SOURCE, 2L));
            assertThat(store.journalMarks().mark(SOURCE)).hasValue(2);
        }
    }

    @Test
    void refusesAStoreOfAnotherNetworkOrShardCountOrLayout() throws StoreException {
        redis.store().close();
        RedisSettings main = new RedisSettings(redis.uri(), Optional.empty(), "main", 1, Duration.ofSeconds(2));
        assertThatThrownBy(() -> connect(main))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("belongs to network devnet, this pool to main");
        RedisSettings wide = new RedisSettings(redis.uri(), Optional.empty(), "devnet", 4, Duration.ofSeconds(2));
        assertThatThrownBy(() -> connect(wide))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("created with 1 shards, configured are 4");
        redis.command("HSET mote:1:{pool}:identity schema 7");
        assertThatThrownBy(redis::store).isInstanceOf(StoreException.class).hasMessageContaining("layout 7");
    }

    @Test
    void refusesAServerThatEvictsKeys() {
        redis.command("CONFIG SET maxmemory-policy allkeys-lru");
        assertThatThrownBy(redis::store)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("CONFIG SET maxmemory-policy noeviction");
        assertThat(redis.command("EXISTS mote:1:{pool}:identity")).isEqualTo(":0");
        redis.command("CONFIG SET maxmemory-policy noeviction");
    }

    @Test
    void refusesAServerThatBecomesAnotherWhileConnected() throws StoreException {
        try (RedisStore store = redis.store()) {
            redis.restart();
            redis.command("HSET mote:1:{pool}:identity schema 1 network main shards 1");
            untilItWorks(() -> {
                try {
                    store.journalMarks().heartbeat();
                    throw new AssertionError("another network's store was used");
                } catch (StoreException e) {
                    if (!String.valueOf(e.getMessage()).contains("belongs to network main")) {
                        throw e;
                    }
                }
            });
            assertThat(store.connected()).isFalse();
        }
    }

    @Test
    void refusesOldServersAndReplicas() {
        assertThat(ServerCheck.checkServer("redis_version:6.0.16\r\nrole:master\r\nmaxmemory_policy:noeviction", "x:1"))
                .isInstanceOfSatisfying(
                        ServerCheck.Refused.class,
                        refused -> assertThat(refused.message()).contains("6.0.16", "6.2 or newer"));
        assertThat(ServerCheck.checkServer("redis_version:7.2.4\r\nrole:slave\r\nmaxmemory_policy:noeviction", "x:1"))
                .isInstanceOfSatisfying(
                        ServerCheck.Refused.class,
                        refused -> assertThat(refused.message()).contains("replica"));
        assertThat(ServerCheck.checkServer("redis_version:8.0\r\nrole:master\r\nmaxmemory_policy:noeviction", "x:1"))
                .isInstanceOf(ServerCheck.Fits.class);
    }

    @Test
    void opensWithoutRedisAndUsesItWhenItComes() throws StoreException {
        redis.kill();
        assertThatThrownBy(redis::store).isInstanceOf(StoreException.class).hasMessageContaining("no connection");
        try (RedisStore store = RedisStore.open(redis.settings(), PoolClock.SYSTEM, new CollectorRegistry())) {
            assertThat(store.connected()).isFalse();
            redis.restart();
            untilItWorks(() -> store.journalMarks().publish(Map.of(SOURCE, 9L)));
            assertThat(store.connected()).isTrue();
        }
    }

    @Test
    void usesThePasswordAndNeverShowsIt() throws StoreException {
        redis.command("CONFIG SET requirepass quiet-word");
        assertThatThrownBy(redis::store).isInstanceOf(StoreException.class).hasMessageContaining("NOAUTH");
        RedisSettings settings =
                new RedisSettings(redis.uri(), Optional.of("quiet-word"), "devnet", 1, Duration.ofSeconds(2));
        try (RedisStore store = connect(settings)) {
            assertThat(store.connected()).isTrue();
        }
        assertThat(settings.toString()).doesNotContain("quiet-word");
        RedisSettings wrong = new RedisSettings(
                "redis://:quiet-word-2@" + redis.uri().substring("redis://".length()),
                Optional.empty(),
                "devnet",
                1,
                Duration.ofSeconds(2));
        assertThatThrownBy(() -> connect(wrong))
                .isInstanceOf(StoreException.class)
                .message()
                .doesNotContain("quiet-word");
        assertThat(wrong.toString()).doesNotContain("quiet-word");
    }

    @Test
    void aFullRedisFailsWritesWhole() throws StoreException {
        try (RedisStore store = redis.store()) {
            redis.command("CONFIG SET maxmemory 1");
            assertThatThrownBy(() -> store.journalMarks().publish(Map.of(SOURCE, 1L)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("OOM");
            redis.command("CONFIG SET maxmemory 0");
            assertThat(store.journalMarks().mark(SOURCE)).isEmpty();
            store.journalMarks().publish(Map.of(SOURCE, 1L));
        }
    }
}
