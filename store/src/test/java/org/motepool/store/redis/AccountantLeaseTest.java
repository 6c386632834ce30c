package org.motepool.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.sharelog.LogId;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.time.FakeClock;
import org.motepool.store.AccountantLease;
import org.motepool.store.AccountantLease.Held;
import org.motepool.store.AccountantLease.Taken;
import org.motepool.store.StoreException;

/** One accountant at a time, on a real Redis. */
final class AccountantLeaseTest {
    private static TestRedis redis;
    private final FakeClock clock = new FakeClock(1_800_000_000L);
    private RedisStore store;

    @BeforeAll
    static void start() {
        redis = TestRedis.start();
    }

    @AfterAll
    static void end() {
        redis.close();
    }

    @BeforeEach
    void connect() throws StoreException {
        redis.command("FLUSHALL");
        store = RedisStore.connect(redis.settings(), clock, new CollectorRegistry());
    }

    @AfterEach
    void disconnect() {
        store.close();
    }

    @Test
    void oneHoldsTheLeaseUntilItEndsOrIsLetGo() throws StoreException {
        AccountantLease lease = store.accountantLease();
        long token = held(lease.take("first", Duration.ofMinutes(1)));
        assertThat(lease.take("first", Duration.ofMinutes(1))).isEqualTo(new Held(token, token));
        assertThat(lease.take("second", Duration.ofMinutes(1))).isInstanceOfSatisfying(Taken.class, taken -> {
            assertThat(taken.holder()).isEqualTo("first");
            assertThat(taken.left()).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
        });
        lease.release("second");
        assertThat(lease.take("second", Duration.ofMinutes(1))).isInstanceOf(Taken.class);
        lease.release("first");
        assertThat(lease.take("second", Duration.ofMinutes(1))).isInstanceOfSatisfying(Held.class, next -> {
            assertThat(next.token()).isGreaterThan(token);
            assertThat(next.former()).isEqualTo(token);
        });
    }

    @Test
    void anAccountantThatSleptThroughItsLeaseCannotMoveMarks() throws StoreException {
        LogShard log = new LogShard(new LogId(Bytes.copyOf(new byte[16])), 0);
        try (RedisStore successor = RedisStore.connect(redis.settings(), clock, new CollectorRegistry())) {
            held(store.accountantLease().take("sleeper", Duration.ofMinutes(1)));
            store.journalMarks().publish(Map.of(log, 5L));
            store.accountantLease().release("sleeper");
            held(successor.accountantLease().take("successor", Duration.ofMinutes(1)));
            successor.journalMarks().publish(Map.of(log, 9L));
            assertThatThrownBy(() -> store.journalMarks().publish(Map.of(log, 5L)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("another accountant has taken over");
            assertThat(store.journalMarks().mark(log)).hasValue(9);
        }
    }

    @Test
    void tokensRiseEvenWhereTheStoreForgotThem() throws StoreException {
        long token = held(store.accountantLease().take("one", Duration.ofMinutes(1)));
        redis.command("FLUSHALL");
        assertThat(store.accountantLease().take("one", Duration.ofMinutes(1)))
                .isInstanceOfSatisfying(Held.class, next -> {
                    assertThat(next.token()).isGreaterThan(token);
                    assertThat(next.former()).isZero();
                });
    }

    private static long held(AccountantLease.Answer answer) {
        assertThat(answer).isInstanceOf(Held.class);
        return ((Held) answer).token();
    }
}
