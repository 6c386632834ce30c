package org.motepool.payout;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.motepool.chain.Chain;
import org.motepool.chain.wallet.Wallet;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.accountant.Accountant;
import org.motepool.payout.books.Books;
import org.motepool.payout.books.Snapshots;
import org.motepool.payout.books.Snapshots.Snapshot;
import org.motepool.payout.journal.FileJournal;
import org.motepool.payout.journal.Journal;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.notice.NoticeDesk;
import org.motepool.payout.payer.PayerLoop;
import org.motepool.payout.payer.PaymentBooks;
import org.motepool.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accountant as a running part of the pool: one thread, one journal, one lock. Thread-safe. When the journal cannot
 * be written, or a defect shows, the thread stops and {@link #state} says why; devices are not disturbed.
 */
public final class PayoutService implements Accounting {
    /** How long one read of the work stream waits for entries. */
    private static final Duration READ_WAIT = Duration.ofMillis(250);
    /** Pause while store or chain keep the accountant from reading. */
    private static final Duration PAUSE = Duration.ofMillis(100);
    /** How long closing waits for the turn under way. */
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(PayoutService.class);

    private final Journal journal;
    private final Accountant accountant;
    private final OwnMetrics metrics;
    private final Optional<NoticeDesk> notices;
    private final BooleanSupplier mayWork;
    private final Thread thread;
    private final Semaphore wake = new Semaphore(0);
    private final AtomicReference<@Nullable Settling> settling = new AtomicReference<>();
    private final Optional<PayerLoop> payers;
    private volatile boolean closing;
    private volatile String stopped = "";

    private PayoutService(
            Journal journal,
            Accountant accountant,
            Optional<PayersStart> payers,
            Optional<NoticeDesk> notices,
            OwnMetrics metrics,
            BooleanSupplier mayWork) {
        this.journal = journal;
        this.accountant = accountant;
        this.payers = payers.map(start -> start.start(accountant.payments()));
        this.metrics = metrics;
        this.notices = notices;
        this.mayWork = mayWork;
        this.thread = Thread.ofVirtual().name("payout-accountant").unstarted(this::run);
    }

    /**
     * Opens the journal, replays it and starts the accountant. Chain and store stay the caller's to close, after this.
     *
     * @throws JournalException when the journal is damaged, of another chain, or another accountant has it
     */
    public static PayoutService start(
            PayoutSettings settings, Chain chain, Store store, PoolClock clock, CollectorRegistry registry)
            throws JournalException {
        return start(settings, chain, Optional.empty(), store, clock, registry);
    }

    /**
     * Payers that run beside the accountant.
     *
     * @param wallet that miners are paid from; stays the caller's to close, after this
     */
    public record Payers(Wallet wallet, PayersStart start) {}

    /** Starts the payers on the books; they are closed with the accountant, before it. */
    @FunctionalInterface
    public interface PayersStart {
        PayerLoop start(PaymentBooks books);
    }

    /** The same with payers. */
    public static PayoutService start(
            PayoutSettings settings,
            Chain chain,
            Optional<Payers> payers,
            Store store,
            PoolClock clock,
            CollectorRegistry registry)
            throws JournalException {
        return start(settings, chain, payers, Optional.empty(), store, clock, registry, () -> true);
    }

    /**
     * The same for one of several payout processes.
     *
     * @param notices who tells owners what happens; stays the caller's to close, after this
     * @param mayWork asked before every turn: whether this process is the accountant at that moment
     */
    static PayoutService start(
            PayoutSettings settings,
            Chain chain,
            Optional<Payers> payers,
            Optional<NoticeDesk> notices,
            Store store,
            PoolClock clock,
            CollectorRegistry registry,
            BooleanSupplier mayWork)
            throws JournalException {
        long begin = clock.nanos();
        Replayed replayed = replay(settings);
        Books books = replayed.books;
        Journal journal = replayed.journal;
        OwnMetrics metrics = new OwnMetrics(registry);
        try {
            LOG.info(
                    "journal {}: {} records, read from record {} on in {} ms",
                    journal.id(),
                    journal.head().sequence(),
                    replayed.from + 1,
                    TimeUnit.NANOSECONDS.toMillis(clock.nanos() - begin));
            Accountant accountant = new Accountant(
                    settings, journal, books, chain, payers.map(Payers::wallet), store, clock, metrics.registry());
            accountant.begin();
            notices.ifPresent(desk -> {
                desk.begin(books);
                accountant.onDecision(desk);
                accountant.onJournaled(desk);
            });
            PayoutService service =
                    new PayoutService(journal, accountant, payers.map(Payers::start), notices, metrics, mayWork);
            service.thread.start();
            return service;
        } catch (JournalException | RuntimeException e) {
            metrics.close();
            journal.close();
            throw e;
        }
    }

    /** From the newest snapshot that fits, else from the first record. */
    private static Replayed replay(PayoutSettings settings) throws JournalException {
        Path directory = FileJournal.directoryIn(settings.dataDir());
        String network = settings.network().id();
        for (Path file : snapshots(directory)) {
            try {
                Snapshot start = Snapshots.read(file);
                if (start.windowBlocks() == settings.windowBlocks()) {
                    Journal journal = FileJournal.openFrom(
                            directory, settings.mirror(), network, start.at(), start.books()::visit);
                    return new Replayed(journal, start.books(), start.at().sequence());
                }
            } catch (JournalException | IOException | MalformedBytesException | RuntimeException e) {
                // What is really wrong with the journal shows when it is read from its first record.
                LOG.warn("snapshot {} is left out: {}", file, e.getMessage());
            }
        }
        Books books = new Books(settings.windowBlocks());
        Journal journal = FileJournal.open(directory, settings.mirror(), network, books::visit);
        return new Replayed(journal, books, 0);
    }

    private static List<Path> snapshots(Path directory) {
        try {
            return Snapshots.newestFirst(directory);
        } catch (IOException e) {
            LOG.warn("snapshots in {} cannot be listed: {}", directory, e.getMessage());
            return List.of();
        }
    }

    /** @param from number of the record that the books were known up to */
    private record Replayed(Journal journal, Books books, long from) {}

    private void run() {
        try {
            while (!closing) {
                if (!mayWork.getAsBoolean()) {
                    pause();
                    continue;
                }
                Settling asked = settling.get();
                boolean busy = accountant.turn(READ_WAIT, asked != null);
                if (asked != null && accountant.hasSettled(asked.ends)) {
                    asked.done.complete(true);
                }
                if (!busy && !accountant.status().isReading()) {
                    pause();
                }
            }
        } catch (JournalException | RuntimeException | Error e) {
            stopped = String.valueOf(e.getMessage());
            LOG.error("payout has stopped; shares wait in their logs until it is restarted", e);
        } finally {
            accountant.closePayments("the accountant has stopped");
        }
    }

    private void pause() {
        try {
            if (wake.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    /** How the accountant fares. */
    @Override
    public PayoutStatus state() {
        PayoutStatus seen = accountant.status();
        return thread.isAlive() ? seen : seen.stopped(stopped.isEmpty() ? "closed" : stopped);
    }

    @Override
    public Optional<String> stopped() {
        return Optional.of(stopped).filter(reason -> !reason.isEmpty());
    }

    /** Sums of the ledger. */
    @Override
    public PayoutTotals totals() {
        return accountant.totals();
    }

    /**
     * Waits until these logs are journaled up to their ends, every block among them is registered and the store shows
     * it. Cuts slices at once meanwhile. One caller at a time.
     *
     * @param ends log offset of each log's last CUT or BLOCK
     * @return false when the bound passed before
     */
    @Override
    public boolean settle(Map<LogShard, Long> ends, Duration bound) {
        Settling mine = new Settling(Map.copyOf(ends), new CompletableFuture<>());
        if (!settling.compareAndSet(null, mine)) {
            throw new IllegalStateException("someone else waits for payout to settle");
        }
        wake.release();
        try {
            return mine.done.get(bound.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            settling.set(null);
        }
    }

    /** Those that pay; empty where nothing is paid by this process. */
    @Override
    public Optional<PayerLoop> payers() {
        return payers;
    }

    /** Ends the turn under way, stops the thread and lets the journal go. */
    @Override
    public void close() {
        payers.ifPresent(PayerLoop::close);
        closing = true;
        wake.release();
        try {
            if (!thread.join(CLOSE_BOUND)) {
                LOG.warn("payout did not end its turn in {}; it is interrupted", CLOSE_BOUND);
                thread.interrupt();
                thread.join(CLOSE_BOUND);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        notices.ifPresent(NoticeDesk::end);
        metrics.close();
        journal.close();
    }

    /** @param done completes when the ends are reached */
    private record Settling(Map<LogShard, Long> ends, CompletableFuture<Boolean> done) {}
}
