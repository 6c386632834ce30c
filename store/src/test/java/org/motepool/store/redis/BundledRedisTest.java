package org.motepool.store.redis;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The doors on Redis 6.2, the oldest server that may carry the store. */
final class BundledRedisTest extends DoorsContract {
    private static TestRedis redis;

    @BeforeAll
    static void start() {
        redis = TestRedis.start();
    }

    @AfterAll
    static void end() {
        redis.close();
    }

    @Override
    TestRedis redis() {
        return redis;
    }
}
