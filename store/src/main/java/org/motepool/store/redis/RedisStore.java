package org.motepool.store.redis;

import io.prometheus.client.CollectorRegistry;
import org.motepool.core.time.PoolClock;
import org.motepool.store.AccountantLease;
import org.motepool.store.Balances;
import org.motepool.store.Bans;
import org.motepool.store.Blocks;
import org.motepool.store.ChainStatus;
import org.motepool.store.History;
import org.motepool.store.JournalMarks;
import org.motepool.store.LiveStats;
import org.motepool.store.Payments;
import org.motepool.store.Preferences;
import org.motepool.store.ReadModels;
import org.motepool.store.Requests;
import org.motepool.store.Sessions;
import org.motepool.store.Statements;
import org.motepool.store.Store;
import org.motepool.store.StoreException;
import org.motepool.store.WorkStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store on a Redis server. Thread-safe; every call blocks for the settings' timeout at most, so virtual threads call
 * it. When Redis goes away, calls fail with {@link StoreException} until it is back; nothing has to be reopened.
 */
public final class RedisStore implements Store {
    private static final Logger LOG = LoggerFactory.getLogger(RedisStore.class);

    private final RedisLink link;
    private final StoreMetrics metrics;
    private final RedisWorkStream workStream;
    private final JournalMarks journalMarks;
    private final AccountantLease accountantLease;
    private final Balances balances;
    private final Blocks blocks;
    private final LiveStats liveStats;
    private final History history;
    private final ChainStatus chainStatus;
    private final ReadModels readModels;
    private final Statements statements;
    private final Payments payments;
    private final Bans bans;
    private final Sessions sessions;
    private final Requests requests;
    private final Preferences preferences;

    private RedisStore(RedisSettings settings, PoolClock clock, CollectorRegistry registry) {
        metrics = new StoreMetrics(registry);
        link = new RedisLink(settings, clock, metrics);
        workStream = new RedisWorkStream(link);
        Fence fence = new Fence();
        journalMarks = new RedisJournalMarks(link, fence);
        accountantLease = new RedisAccountantLease(link, fence);
        balances = new RedisBalances(link);
        blocks = new RedisBlocks(link);
        liveStats = new RedisLiveStats(link);
        history = new RedisHistory(link);
        chainStatus = new RedisChainStatus(link);
        readModels = new RedisReadModels(link);
        statements = new RedisStatements(link);
        payments = new RedisPayments(link);
        bans = new RedisBans(link);
        sessions = new RedisSessions(link);
        requests = new RedisRequests(link);
        preferences = new RedisPreferences(link);
    }

    /**
     * Connects, checks the server, and creates the store in it if there is none.
     *
     * @throws StoreException when Redis does not answer or cannot be used: the message says how to mend it
     */
    public static RedisStore connect(RedisSettings settings, PoolClock clock, CollectorRegistry metrics)
            throws StoreException {
        RedisStore store = new RedisStore(settings, clock, metrics);
        try {
            store.link.ready();
            store.link.keepReady();
            return store;
        } catch (StoreException e) {
            store.close();
            throw e;
        }
    }

    /**
     * Like {@link #connect}, but a Redis that does not answer is waited for behind the doors: for roles that must work
     * without it.
     *
     * @throws StoreException when Redis answers and cannot be used
     */
    public static RedisStore open(RedisSettings settings, PoolClock clock, CollectorRegistry metrics)
            throws StoreException {
        RedisStore store = new RedisStore(settings, clock, metrics);
        try {
            store.link.ready();
        } catch (StoreException e) {
            if (store.link.refused()) {
                store.close();
                throw e;
            }
            LOG.warn("starting without the store, it is used as soon as it answers: {}", e.getMessage());
        }
        store.link.keepReady();
        return store;
    }

    @Override
    public WorkStream workStream() {
        return workStream;
    }

    @Override
    public JournalMarks journalMarks() {
        return journalMarks;
    }

    /** Of all payout processes around this Redis. */
    public AccountantLease accountantLease() {
        return accountantLease;
    }

    @Override
    public Balances balances() {
        return balances;
    }

    @Override
    public Blocks blocks() {
        return blocks;
    }

    @Override
    public LiveStats liveStats() {
        return liveStats;
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public ChainStatus chainStatus() {
        return chainStatus;
    }

    @Override
    public ReadModels readModels() {
        return readModels;
    }

    @Override
    public Payments payments() {
        return payments;
    }

    @Override
    public Bans bans() {
        return bans;
    }

    @Override
    public Sessions sessions() {
        return sessions;
    }

    @Override
    public Requests requests() {
        return requests;
    }

    @Override
    public Preferences preferences() {
        return preferences;
    }

    @Override
    public Statements statements() {
        return statements;
    }

    @Override
    public boolean connected() {
        return link.connected();
    }

    @Override
    public long interruptions() {
        return link.interruptions();
    }

    @Override
    public void close() {
        link.close();
        metrics.close();
    }
}
