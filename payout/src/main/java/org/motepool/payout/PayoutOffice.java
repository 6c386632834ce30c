package org.motepool.payout;

import io.prometheus.client.CollectorRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.motepool.chain.Chain;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalInUseException;
import org.motepool.payout.notice.NoticeDesk;
import org.motepool.payout.payer.PayerLoop;
import org.motepool.store.AccountantLease;
import org.motepool.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accountant of a pool that may have several payout processes. Waits for the lease, keeps it, and has the {@link
 * PayoutService} work while it is held; after a time in which somebody else may have worked, the journal is read anew. One
 * that has stopped by itself, as when its journal cannot be written, lets the lease go for another process, for good.
 * Where the store is this process's own, there is no lease and nothing to wait for. Thread-safe.
 */
public final class PayoutOffice implements AutoCloseable {
    /** Between two looks whether there is something to open or close. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private static final Duration END_MAX = Duration.ofSeconds(15);
    private static final int NAME_BYTES = 4;

    private static final Logger LOG = LoggerFactory.getLogger(PayoutOffice.class);

    private final Opening opening;
    private final @Nullable Tenure tenure;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Semaphore wake = new Semaphore(0);
    private final Thread keeper = Thread.ofVirtual().name("payout-lease").unstarted(this::keep);
    private final Thread worker = Thread.ofVirtual().name("payout-office").unstarted(this::work);

    /** Counts up whenever what a service knows may be out of date. */
    private final AtomicLong term = new AtomicLong();

    private long servedTerm;
    private volatile @Nullable Accounting service;
    private volatile String waitsFor = "";
    private volatile String stopped = "";

    private PayoutOffice(Opening opening, @Nullable Tenure tenure) {
        this.opening = opening;
        this.tenure = tenure;
    }

    /** Opens the books. */
    interface Opening {
        Accounting open(BooleanSupplier mayWork) throws JournalException;
    }

    /**
     * Starts to work, or to wait. Chain, wallet and store stay the caller's to close, after this.
     *
     * @param notices who tells owners what happens, while this process is the accountant; stays the caller's to close
     * @param lease empty where the store is this process's own
     * @throws JournalException when it may work and the journal is damaged or of another chain; without a lease, also when
     *     another process has the journal
     */
    public static PayoutOffice start(
            PayoutSettings settings,
            Chain chain,
            Optional<PayoutService.Payers> payers,
            Optional<NoticeDesk> notices,
            Store store,
            Optional<AccountantLease> lease,
            PoolClock clock,
            CollectorRegistry registry)
            throws JournalException {
        Opening opening =
                mayWork -> PayoutService.start(settings, chain, payers, notices, store, clock, registry, mayWork);
        return start(
                opening, lease.map(each -> new Tenure(each, ownName(), clock)).orElse(null));
    }

    static PayoutOffice start(Opening opening, @Nullable Tenure tenure) throws JournalException {
        PayoutOffice office = new PayoutOffice(opening, tenure);
        office.begin();
        return office;
    }

    private static String ownName() {
        byte[] unique = new byte[NAME_BYTES];
        new SecureRandom().nextBytes(unique);
        return Tenure.holderName(hostName(), HexFormat.of().formatHex(unique));
    }

    private static @Nullable String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private void begin() throws JournalException {
        Tenure own = tenure;
        if (own == null) {
            service = opening.open(() -> true);
            return;
        }
        look(own);
        keeper.start();
        try {
            step(own);
        } catch (JournalInUseException e) {
            waitFor(String.valueOf(e.getMessage()));
        } catch (JournalException | RuntimeException e) {
            close();
            throw e;
        }
        worker.start();
    }

    private void keep() {
        Tenure own = tenure;
        try {
            while (own != null && !closing.await(Tenure.RENEW_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!stopped.isEmpty()) {
                    own.release();
                    return;
                }
                look(own);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Tenure own) {
        switch (own.look()) {
            case KEPT, UNKNOWN -> {}
            case BEGUN -> {
                term.incrementAndGet();
                LOG.info("this process is the pool's accountant now");
                wake.release();
            }
            case ELSEWHERE -> {
                if (service != null) {
                    term.incrementAndGet();
                    wake.release();
                }
                waitFor("another payout process has the lease (" + own.other() + ")");
            }
        }
    }

    private void waitFor(String what) {
        if (!what.equals(waitsFor)) {
            LOG.info("payout stands by: {}", what);
        }
        waitsFor = what;
    }

    private void work() {
        Tenure own = tenure;
        try {
            while (own != null && stopped.isEmpty() && closing.getCount() > 0) {
                try {
                    step(own);
                } catch (JournalInUseException e) {
                    // Its process has lost the lease and will let the journal go, or hangs.
                    waitFor(String.valueOf(e.getMessage()));
                } catch (JournalException | RuntimeException e) {
                    LOG.error("payout has stopped; shares wait in their logs until it is restarted", e);
                    stopped = String.valueOf(e.getMessage());
                }
                if (wake.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step(Tenure own) throws JournalException {
        long now = term.get();
        Accounting present = service;
        Optional<String> reason = present == null ? Optional.empty() : present.stopped();
        if (present != null && (servedTerm != now || reason.isPresent())) {
            service = null;
            present.close();
            present = null;
        }
        if (reason.isPresent()) {
            LOG.error("this process lets the accountant's lease go until it is restarted: {}", reason.get());
            stopped = reason.get();
            return;
        }
        if (present == null && own.holds()) {
            service = opening.open(() -> own.holds() && term.get() == now);
            servedTerm = now;
            waitsFor = "";
        }
    }

    /** How the accountant fares, or why it does not work here. */
    public PayoutStatus state() {
        Accounting present = service;
        if (present == null) {
            return stopped.isEmpty() ? PayoutStatus.idle(waiting(), true) : PayoutStatus.idle(stopped, false);
        }
        PayoutStatus seen = present.state();
        boolean lapsed = tenure != null && !tenure.holds();
        return lapsed && seen.halted().isEmpty() ? seen.halted(waiting()) : seen;
    }

    private String waiting() {
        return waitsFor.isEmpty() ? "the store does not answer, so the accountant's lease cannot be had" : waitsFor;
    }

    /** Sums of the ledger; zero while this process is not the accountant. */
    public PayoutTotals totals() {
        Accounting present = service;
        return present == null ? PayoutTotals.ZERO : present.totals();
    }

    /** Empty where miners are not paid, or not by this process. */
    public Optional<PayerLoop> payers() {
        Accounting present = service;
        return present == null ? Optional.empty() : present.payers();
    }

    /** See {@link PayoutService#settle}; waits for the lease too. */
    public boolean settle(Map<LogShard, Long> ends, Duration bound) {
        long until = System.nanoTime() + bound.toNanos();
        try {
            while (service == null && stopped.isEmpty()) {
                if (System.nanoTime() - until >= 0 || closing.await(50, TimeUnit.MILLISECONDS)) {
                    return false;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        Accounting present = service;
        return present != null && present.settle(ends, Duration.ofNanos(Math.max(1, until - System.nanoTime())));
    }

    /** Ends the work and lets the lease go. Idempotent. */
    @Override
    public void close() {
        closing.countDown();
        wake.release();
        join(worker);
        Accounting present = service;
        if (present != null) {
            present.close();
        }
        join(keeper);
        if (tenure != null) {
            tenure.release();
        }
    }

    private static void join(Thread thread) {
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        try {
            if (!thread.join(END_MAX)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
