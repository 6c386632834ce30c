package org.motepool.dashboards.view;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.motepool.core.account.AccountId;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.preference.SignedText;
import org.motepool.core.time.PoolClock;
import org.motepool.store.Balances;
import org.motepool.store.ChainStatus;
import org.motepool.store.History;
import org.motepool.store.History.Subject;
import org.motepool.store.Payments;
import org.motepool.store.Preferences;
import org.motepool.store.ReadModels;
import org.motepool.store.Statements;
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
    /** Payments on the list and in APIs. */
    public static final int PAYMENTS_MAX = 100;
    /** Blocks of one finder on the finder's page. */
    private static final int OWN_BLOCKS_MAX = 20;
    /** Accounts remembered; one that falls out is only read again. */
    private static final int ACCOUNTS_REMEMBERED_MAX = 2_000;

    /** A device is to be seen on the page within 2 s of its authorize. */
    private static final Duration FRESH = Duration.ofMillis(500);
    /** History moves once a minute. */
    private static final Duration SETTLED = Duration.ofSeconds(5);
    /** Long rates of many workers cost many looks. */
    private static final Duration RATES_KEPT = Duration.ofSeconds(30);
    /** Workers of one account whose long rates are looked up. */
    public static final int RATED_WORKERS_MAX = 200;

    private static final int SERIES_REMEMBERED_MAX = 2_000;
    private static final int RATES_REMEMBERED_MAX = 200;
    private static final int PLANS_REMEMBERED_MAX = 200;

    private final Store store;
    private final Network network;
    private final PoolClock clock;
    private final ExecutorService threads;
    private final ShortMemory<String, PoolView> pool;
    private final ShortMemory<PayoutAddress, AccountView> accounts;
    private final ShortMemory<SeriesKey, Series> series;
    private final ShortMemory<AccountId, Map<Subject, Rates>> rates;
    private final ShortMemory<String, Optional<ReadModels.Plan>> plans;
    private final ShortMemory<String, List<Payments.Payment>> payments;

    /**
     * Does not close {@code store}.
     *
     * @param network of the pool
     */
    public Views(Store store, Network network, PoolClock clock) {
        this.network = network;
        this.store = store;
        this.clock = clock;
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("dashboard-read-", 0).factory());
        this.pool = new ShortMemory<>(1, FRESH, clock, threads, key -> readPool());
        this.accounts = new ShortMemory<>(ACCOUNTS_REMEMBERED_MAX, FRESH, clock, threads, this::readAccount);
        this.series = new ShortMemory<>(SERIES_REMEMBERED_MAX, SETTLED, clock, threads, this::readSeries);
        this.rates = new ShortMemory<>(RATES_REMEMBERED_MAX, RATES_KEPT, clock, threads, this::readRates);
        this.plans = new ShortMemory<>(
                PLANS_REMEMBERED_MAX,
                SETTLED,
                clock,
                threads,
                hash -> store.readModels().plan(hash));
        this.payments = new ShortMemory<>(
                1, SETTLED, clock, threads, key -> store.payments().recent(PAYMENTS_MAX));
    }

    public PoolView pool() throws StoreException {
        return pool.get("pool");
    }

    public AccountView account(PayoutAddress address) throws StoreException {
        return accounts.get(address);
    }

    /** What the pool paid, newest first. */
    public List<Payments.Payment> payments() throws StoreException {
        return payments.get("payments");
    }

    /** Read anew each time: the next text is written by it, and goes on from the last that was accepted. */
    public SettingsView settings(PayoutAddress address) throws StoreException {
        return readSettings(address);
    }

    /** Read anew each time: few ask, and what they save should be of this moment. */
    public StatementView statement(PayoutAddress address, String network) throws StoreException {
        AccountId id = address.accountId();
        return new StatementView(
                network,
                address.canonical(),
                id,
                store.balances().read(id).orElse(Balances.Balance.ZERO),
                store.statements().lines(id, Statements.LINES_KEPT_MAX),
                store.statements().share(id),
                store.payments().parts(id, Payments.PARTS_KEPT_MAX),
                clock.epochMillis());
    }

    /** The closed slots of a span. */
    public Series series(Subject subject, Span span) throws StoreException {
        return series.get(new SeriesKey(subject, span));
    }

    /** How a block's reward is shared, empty while nobody knows. */
    public Optional<ReadModels.Plan> plan(String blockHash) throws StoreException {
        return plans.get(blockHash);
    }

    /** Long rates of the pool. */
    public Rates rates() throws StoreException {
        return rates(Subject.POOL);
    }

    /** Long rates of an account and of its first {@value #RATED_WORKERS_MAX} workers. */
    public Map<Subject, Rates> rates(PayoutAddress address) throws StoreException {
        return rates.get(address.accountId());
    }

    private Map<Subject, Rates> readRates(AccountId account) throws StoreException {
        Map<Subject, Rates> all = new HashMap<>();
        all.put(Subject.of(account), rates(Subject.of(account)));
        Set<String> names = new LinkedHashSet<>();
        for (Worker worker : Worker.merged(store.liveStats().workers(account), clock.epochMillis())) {
            names.add(worker.name());
        }
        for (String name : names.stream().limit(RATED_WORKERS_MAX).toList()) {
            all.put(Subject.of(account, name), rates(Subject.of(account, name)));
        }
        return Map.copyOf(all);
    }

    private Rates rates(Subject subject) throws StoreException {
        Series minutes = readSeries(new SeriesKey(subject, Span.HOURS_3));
        Series tens = readSeries(new SeriesKey(subject, Span.HOURS_24));
        Series hours = readSeries(new SeriesKey(subject, Span.DAYS_7));
        return new Rates(
                minutes.rateOfLast(15),
                minutes.rateOfLast(60),
                tens.rateOfLast(36),
                tens.rateOfLast(Span.HOURS_24.slots()),
                hours.rateOfLast(Span.DAYS_7.slots()));
    }

    private Series readSeries(SeriesKey key) throws StoreException {
        History.Resolution resolution = key.span().resolution();
        long to = resolution.startOf(clock.epochMillis());
        long from = to - (long) key.span().slots() * resolution.millis();
        return new Series(resolution, from, to, store.history().read(key.subject(), resolution, from, to));
    }

    private record SeriesKey(Subject subject, Span span) {}

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

    private SettingsView readSettings(PayoutAddress address) throws StoreException {
        Optional<Preferences.Standing> standing = store.preferences().read(address.accountId());
        return new SettingsView(
                address,
                network,
                store.balances()
                        .position()
                        .map(position -> position.journal().substring(0, SignedText.LEDGER_CHARACTERS)),
                standing.map(Preferences.Standing::lastNonce).orElse(0L),
                standing.map(Preferences.Standing::values).orElse(List.of()),
                standing.map(Preferences.Standing::waiting).orElse(List.of()),
                store.chainStatus().read().map(ChainStatus.View::minimumPayout).orElse(0L),
                store.readModels().noticeKey(),
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
                store.preferences().read(id).map(Preferences.Standing::waiting).orElse(List.of()),
                store.payments().parts(id, Payments.PARTS_KEPT_MAX),
                now);
    }
}
