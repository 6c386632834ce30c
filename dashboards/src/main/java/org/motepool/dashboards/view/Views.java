package org.motepool.dashboards.view;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.motepool.core.account.AccountId;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.time.PoolClock;
import org.motepool.store.Balances;
import org.motepool.store.ReadModels;
import org.motepool.store.Store;
import org.motepool.store.StoreException;

/**
 * Reads the store for pages and APIs, at most once a second per subject. Thread-safe; the reads block.
 *
 * <p>It does not ask first whether the store is connected: a lost connection is found again by reading, and a role that
 * only reads would wait for ever.
 */
public final class Views implements AutoCloseable {
    /** Blocks on the long list and in APIs. */
    public static final int BLOCKS_MAX = 100;
    /** Blocks of one finder on the finder's page. */
    private static final int OWN_BLOCKS_MAX = 20;
    /** Accounts remembered; one that falls out is only read again. */
    private static final int ACCOUNTS_REMEMBERED_MAX = 2_000;

    private final Store store;
    private final PoolClock clock;
    private final ExecutorService threads;
    private final ShortMemory<String, PoolView> pool;
    private final ShortMemory<PayoutAddress, AccountView> accounts;

    /** Does not close {@code store}. */
    public Views(Store store, PoolClock clock) {
        this.store = store;
        this.clock = clock;
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("dashboard-read-", 0).factory());
        this.pool = new ShortMemory<>(1, clock, threads, key -> readPool());
        this.accounts = new ShortMemory<>(ACCOUNTS_REMEMBERED_MAX, clock, threads, this::readAccount);
    }

    public PoolView pool() throws StoreException {
        return pool.get("pool");
    }

    public AccountView account(PayoutAddress address) throws StoreException {
        return accounts.get(address);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private PoolView readPool() throws StoreException {
        return new PoolView(
                store.liveStats().nodes(),
                store.chainStatus().read(),
                store.blocks().recent(BLOCKS_MAX),
                store.blocks().counts(),
                store.balances().totals(),
                store.readModels().payoutState(),
                clock.epochMillis());
    }

    private AccountView readAccount(PayoutAddress address) throws StoreException {
        AccountId id = address.accountId();
        long now = clock.epochMillis();
        return new AccountView(
                address.canonical(),
                Worker.merged(store.liveStats().workers(id), now),
                store.balances().read(id).orElse(Balances.Balance.ZERO),
                store.readModels().credits(id, ReadModels.CREDITS_KEPT_MAX),
                store.blocks().recentOf(address.canonical(), OWN_BLOCKS_MAX),
                now);
    }
}
