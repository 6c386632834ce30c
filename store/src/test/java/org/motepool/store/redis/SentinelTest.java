package org.motepool.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
    private static final LogShard SOURCE = new LogShard(LogId.ofHex("44".repeat(16)), 0);

    @TempDir
    Path directory;

    private WatchedRedis redis;

    @BeforeEach
    void start() {
        redis = WatchedRedis.start(directory);
    }

    @AfterEach
    void end() {
        redis.close();
    }

    @Test
    void theStoreFollowsThePrimaryToTheServerThatSentinelPromotes() throws StoreException {
        RedisSettings settings = new RedisSettings(redis.uri(), Optional.empty(), "devnet", 1, Duration.ofSeconds(2));
        try (RedisStore store = RedisStore.connect(settings, PoolClock.SYSTEM, new CollectorRegistry())) {
            store.journalMarks().publish(Map.of(SOURCE, 1L));
            WatchedRedis.until(
                    "the replica has it",
                    () -> !redis.replica().answer("DBSIZE").startsWith(":0"));

            redis.primary().kill();
            assertThatThrownBy(() -> store.journalMarks().publish(Map.of(SOURCE, 2L)))
                    .isInstanceOf(StoreException.class);
            WatchedRedis.until("it goes on", () -> {
                try {
                    store.journalMarks().publish(Map.of(SOURCE, 3L));
                    return true;
                } catch (StoreException e) {
                    return false;
                }
            });

            assertThat(redis.replica().answer("INFO replication")).contains("role:master");
            assertThat(store.journalMarks().mark(SOURCE)).hasValue(3L);
        }
    }

    @Test
    void aSentinelThatKnowsNoSuchPrimaryIsNamedWithoutThePassword() {
        RedisSettings settings = new RedisSettings(
                "redis-sentinel://:quiet-word@127.0.0.1:" + redis.sentinel().port() + "#other",
                Optional.empty(),
                "devnet",
                1,
                Duration.ofSeconds(2));
        assertThatThrownBy(() -> RedisStore.connect(settings, PoolClock.SYSTEM, new CollectorRegistry())
                        .close())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("Sentinel 127.0.0.1:" + redis.sentinel().port() + "#other")
                .hasMessageNotContaining("quiet-word");
    }
}
