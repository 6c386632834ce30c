package org.motepool.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.sharelog.LogId;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.time.PoolClock;
import org.motepool.store.StoreException;

/** A real primary with a replica, and a Sentinel that promotes the replica when the primary dies. */
final class SentinelTest {
    private static final Duration FAILOVER_MAX = Duration.ofSeconds(60);
    private static final LogShard SOURCE = new LogShard(LogId.ofHex("44".repeat(16)), 0);

    @TempDir
    Path directory;

    private TestRedis primary;
    private TestRedis replica;
    private TestRedis sentinel;

    @BeforeEach
    void start() throws IOException {
        primary = TestRedis.start();
        replica = TestRedis.start("--replicaof", "127.0.0.1", Integer.toString(primary.port()));
        Path config = directory.resolve("sentinel.conf");
        Files.writeString(config, """
                port 0
                sentinel monitor pool 127.0.0.1 %d 1
                sentinel down-after-milliseconds pool 1000
                sentinel failover-timeout pool 5000
                """.formatted(primary.port()));
        sentinel = TestRedis.startSentinel(config);
        until("the replica follows", () -> replica.answer("INFO replication").contains("master_link_status:up"));
        until(
                "the Sentinel knows it",
                () -> sentinel.answer("SENTINEL replicas pool").contains("" + replica.port()));
    }

    @AfterEach
    void end() {
        sentinel.close();
        replica.close();
        primary.close();
    }

    @Test
    void theStoreFollowsThePrimaryToTheServerThatSentinelPromotes() throws StoreException {
        RedisSettings settings = new RedisSettings(
                "redis-sentinel://127.0.0.1:" + sentinel.port() + "#pool",
                Optional.empty(),
                "devnet",
                1,
                Duration.ofSeconds(2));
        try (RedisStore store = RedisStore.connect(settings, PoolClock.SYSTEM, new CollectorRegistry())) {
            store.journalMarks().publish(Map.of(SOURCE, 1L));
            until("the replica has it", () -> !replica.answer("DBSIZE").startsWith(":0"));

            primary.kill();
            assertThatThrownBy(() -> store.journalMarks().publish(Map.of(SOURCE, 2L)))
                    .isInstanceOf(StoreException.class);
            until("it goes on", () -> {
                try {
                    store.journalMarks().publish(Map.of(SOURCE, 3L));
                    return true;
                } catch (StoreException e) {
                    return false;
                }
            });

            assertThat(replica.answer("INFO replication")).contains("role:master");
            assertThat(store.journalMarks().mark(SOURCE)).hasValue(3L);
        }
    }

    @Test
    void aSentinelThatKnowsNoSuchPrimaryIsNamedWithoutThePassword() {
        RedisSettings settings = new RedisSettings(
                "redis-sentinel://:quiet-word@127.0.0.1:" + sentinel.port() + "#other",
                Optional.empty(),
                "devnet",
                1,
                Duration.ofSeconds(2));
        assertThatThrownBy(() -> RedisStore.connect(settings, PoolClock.SYSTEM, new CollectorRegistry())
                        .close())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("Sentinel 127.0.0.1:" + sentinel.port() + "#other")
                .hasMessageNotContaining("quiet-word");
    }

    private interface Condition {
        boolean holds();
    }

    private static void until(String what, Condition condition) {
        long until = System.nanoTime() + FAILOVER_MAX.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("in vain waited that " + what);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }
}
