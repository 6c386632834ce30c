package org.motepool.pool.wiring;

import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.util.Optional;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.Failure;
import org.motepool.pool.config.PoolConfig;
import org.motepool.pool.redis.EmbeddedRedis;
import org.motepool.pool.redis.EmbeddedRedisException;
import org.motepool.store.StoreException;
import org.motepool.store.redis.RedisSettings;
import org.motepool.store.redis.RedisStore;

/** Connects to the Redis that the settings name, or runs one. */
final class StoreOpener {
    private StoreOpener() {}

    static RedisStore open(PoolConfig config, PoolClock clock, CollectorRegistry registry, Closer closer)
            throws Failure {
        try {
            Optional<String> external = config.redis().url();
            String url = external.isPresent()
                    ? external.get()
                    : embedded(config.data().resolve("redis"), closer);
            RedisSettings settings = new RedisSettings(
                    url,
                    Optional.empty(),
                    config.redis().authority(),
                    config.network().id(),
                    config.redis().shards(),
                    RedisSettings.TIMEOUT_DEFAULT);
            // Mining goes on without Redis; a store of ours has to be there, or something is wrong with this machine.
            return closer.add(
                    "store",
                    external.isPresent()
                            ? RedisStore.open(settings, clock, registry)
                            : RedisStore.connect(settings, clock, registry));
        } catch (StoreException | EmbeddedRedisException | IllegalArgumentException e) {
            throw new Failure(Failure.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private static String embedded(Path directory, Closer closer) throws EmbeddedRedisException {
        return closer.add("embedded Redis", EmbeddedRedis.start(directory)).url();
    }
}
