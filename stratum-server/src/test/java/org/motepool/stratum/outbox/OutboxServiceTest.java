package org.motepool.stratum.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.time.PoolClock;
import org.motepool.store.StoreException;
import org.motepool.store.redis.RedisStore;
import org.motepool.store.redis.TestRedis;

/** The outbox as it runs, with a Redis that comes and goes. */
final class OutboxServiceTest {
    private static final Duration ALL_THERE_MAX = Duration.ofSeconds(20);

    @TempDir
    private Path shares;

    private interface Check {
        boolean holds() throws StoreException;
    }

    private static void waitUntil(String what, Check check) {
        long until = System.nanoTime() + ALL_THERE_MAX.toNanos();
        while (true) {
            try {
                if (check.holds()) {
                    return;
                }
            } catch (StoreException e) {
                assertThat(e).isNotNull();
            }
            assertThat(System.nanoTime()).as(what).isLessThan(until);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private OutboxService start(TestLog log, RedisStore store, CollectorRegistry registry) throws Exception {
        return OutboxService.start(
                new OutboxSettings(shares, TestLog.CHAIN, 0, Duration.ZERO),
                log.log(),
                log.directory(),
                store,
                PoolClock.SYSTEM,
                registry);
    }

    @Test
    void everythingArrivesThoughRedisIsKilledAndEmptied() throws Exception {
        try (TestRedis redis = TestRedis.start();
                RedisStore store = redis.store();
                TestLog former = new TestLog(shares);
                TestLog log = new TestLog(shares)) {
            former.shares(3);
            former.end();
            log.shares(5);
            OutboxService service = start(log, store, new CollectorRegistry());
            waitUntil("the first entries arrive", () -> Stream.highWater(store, log.source(), 0) > 0);
            long journaled = Stream.highWater(store, log.source(), 0);
            store.journalMarks().publish(Map.of(log.source(), journaled));

            redis.kill();
            log.shares(5);
            redis.restart();
            waitUntil("the accountant publishes its marks again", () -> {
                store.journalMarks().publish(Map.of(log.source(), journaled));
                return true;
            });
            log.shares(5);
            log.end();
            waitUntil(
                    "no gap behind the mark",
                    () -> Stream.highWater(store, log.source(), journaled)
                            == log.log().forcedOffset());
            waitUntil(
                    "the former log too",
                    () -> Stream.highWater(store, former.source(), 0)
                            == former.log().forcedOffset());
            service.close();
        }
    }

    @Test
    void closeSendsWhatIsLeft() throws Exception {
        try (TestRedis redis = TestRedis.start();
                RedisStore store = redis.store();
                TestLog log = new TestLog(shares)) {
            CollectorRegistry registry = new CollectorRegistry();
            OutboxService service = start(log, store, registry);
            log.shares(20);
            log.end();
            service.close();
            assertThat(Stream.highWater(store, log.source(), 0))
                    .isEqualTo(log.log().forcedOffset());
            start(log, store, registry).close();
        }
    }

    @Test
    void closesInTimeWithoutRedisAndTheNextStartSendsAll() throws Exception {
        TestLog log = new TestLog(shares);
        try (TestRedis redis = TestRedis.start();
                RedisStore store = redis.store();
                TestLog next = new TestLog(shares)) {
            redis.kill();
            OutboxService service = start(log, store, new CollectorRegistry());
            log.shares(3);
            log.end();
            long started = System.nanoTime();
            service.close();
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(15));

            redis.restart();
            try (OutboxService again = start(next, store, new CollectorRegistry())) {
                assertThat(again).isNotNull();
                waitUntil(
                        "the dead log is drained",
                        () -> Stream.highWater(store, log.source(), 0)
                                == log.log().forcedOffset());
            }
        }
    }
}
