package org.motepool.store.redis;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/** The doors on the redis-server of this machine, which is newer than the bundled one; left out where there is none. */
final class InstalledRedisTest extends DoorsContract {
    private static @Nullable TestRedis redis;

    @BeforeAll
    static void start() {
        redis = TestRedis.startInstalled().orElse(null);
        if (!"true".equalsIgnoreCase(System.getenv("CI"))) {
            Assumptions.assumeTrue(redis != null, "no redis-server is installed");
        }
    }

    @AfterAll
    static void end() {
        if (redis != null) {
            redis.close();
        }
    }

    @Override
    TestRedis redis() {
        if (redis == null) {
            throw new IllegalStateException("not started");
        }
        return redis;
    }
}
