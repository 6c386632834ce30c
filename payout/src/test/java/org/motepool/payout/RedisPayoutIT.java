package org.motepool.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.motepool.payout.accountant.Fixtures.account;
import static org.motepool.payout.accountant.Fixtures.block;
import static org.motepool.payout.accountant.Fixtures.found;
import static org.motepool.payout.accountant.Fixtures.log;
import static org.motepool.payout.accountant.Fixtures.work;

import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.address.Network;
import org.motepool.core.money.Money;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.sharelog.LogRecord.BlockFound;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.accountant.Fixtures;
import org.motepool.payout.accountant.ScriptedChain;
import org.motepool.payout.journal.JournalException;
import org.motepool.store.Balances.Totals;
import org.motepool.store.Blocks;
import org.motepool.store.Store;
import org.motepool.store.StoreException;
import org.motepool.store.redis.TestRedis;

/** The running service with a real Redis. */
final class RedisPayoutIT {
    private static final Duration BOUND = Duration.ofSeconds(20);

    @TempDir
    private Path data;

    private final ScriptedChain chain = new ScriptedChain();

    @Test
    void creditsABlockAndRebuildsAnEmptiedRedisExactly() throws JournalException, StoreException {
        BlockFound found = found(1, 5, 1, 312_500_000, 100);
        chain.connect(found);
        try (TestRedis redis = TestRedis.start();
                Store store = redis.store();
                PayoutService service = start(store)) {
            append(store, work(log(1), 0, 100, Map.of(1, 100L, 2, 50L)));
            append(store, block(log(1), 100, 200, found));
            append(store, work(log(2), 0, 30, Map.of(3, 1L)));
            assertThat(service.settle(Map.of(log(1), 200L, log(2), 30L), BOUND)).isTrue();
            assertCredited(store, service);
            assertThatThrownBy(() -> start(store).close()).hasMessageContaining("another accountant");

            redis.restart();
            assertThat(settledWith(store, service)).isTrue();
            assertCredited(store, service);
            assertThat(store.journalMarks().mark(log(1)).orElse(0)).isEqualTo(200);
            assertThat(store.blocks().recent(5)).singleElement().satisfies(view -> {
                assertThat(view.state()).isEqualTo(Blocks.State.IMMATURE);
                assertThat(view.reward()).isEqualTo(Money.ofSatoshis(312_500_000));
            });
            assertThat(service.state().isReady()).isTrue();
        }
    }

    @Test
    void startsAgainOnItsJournalWithTheSameBalances() throws JournalException, StoreException {
        BlockFound found = found(1, 5, 1, 312_500_000, 100);
        chain.connect(found);
        try (TestRedis redis = TestRedis.start();
                Store store = redis.store()) {
            try (PayoutService service = start(store)) {
                append(store, work(log(1), 0, 100, Map.of(1, 100L, 2, 50L)));
                append(store, block(log(1), 100, 200, found));
                assertThat(service.settle(Map.of(log(1), 200L), BOUND)).isTrue();
            }
            try (PayoutService service = start(store)) {
                assertThat(service.settle(Map.of(log(1), 200L), BOUND)).isTrue();
                assertCredited(store, service);
                assertThat(service.settle(Map.of(log(7), 1L), Duration.ofMillis(300)))
                        .isFalse();
            }
        }
    }

    /** New work after the loss shows that the accountant is back at work. */
    private static boolean settledWith(Store store, PayoutService service) throws StoreException {
        long until = System.nanoTime() + BOUND.toNanos();
        boolean sent = false;
        while (!sent && System.nanoTime() < until) {
            try {
                append(store, work(log(2), 30, 60, Map.of(3, 1L)));
                sent = true;
            } catch (StoreException e) {
                // Redis has just come back: the client has not seen it yet.
                sent = false;
            }
        }
        return service.settle(Map.of(log(1), 200L, log(2), 60L), BOUND);
    }

    private static void assertCredited(Store store, PayoutService service) throws StoreException {
        Totals totals = store.balances().totals();
        assertThat(totals.miners()).isEqualTo(service.totals().miners());
        assertThat(totals.fee()).isEqualTo(service.totals().fee());
        assertThat(store.balances().read(account(1)).orElseThrow().immature()).isEqualTo(Money.ofSatoshis(206_250_000));
        assertThat(store.balances().read(account(2)).orElseThrow().immature()).isEqualTo(Money.ofSatoshis(103_125_000));
        assertThat(totals.miners().owed().plus(totals.fee().owed()))
                .isEqualTo(service.totals().rewards());
        assertThat(store.readModels().credits(account(1), 10)).singleElement().satisfies(credit -> {
            assertThat(credit.amount()).isEqualTo(Money.ofSatoshis(206_250_000));
        });
    }

    private PayoutService start(Store store) throws JournalException {
        PayoutSettings settings = PayoutSettings.of(data, Network.DEVNET, Fixtures.POOL_SCRIPT);
        return PayoutService.start(settings, chain, store, PoolClock.SYSTEM, new CollectorRegistry());
    }

    private static void append(Store store, WorkEntry entry) throws StoreException {
        store.workStream().append(0, entry.toBytes());
    }
}
