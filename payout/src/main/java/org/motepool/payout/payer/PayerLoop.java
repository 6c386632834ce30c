package org.motepool.payout.payer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.motepool.chain.ChainException;
import org.motepool.core.money.Money;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.books.PayoutBook.OpenPayout;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.payer.PaymentRun.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The payers as a running part of the pool, on a virtual thread: plans when it is time, or when asked, and brings every
 * payment on. Thread-safe. It stops when the accountant does.
 */
public final class PayerLoop implements AutoCloseable {
    /** How long closing waits for the step under way. */
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(10);

    /** From one run that could not plan all to the next. */
    private static final Duration RETRY = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(PayerLoop.class);

    private final PaymentBooks books;
    private final List<Payer> payers;
    private final Plan plan;
    private final PoolClock clock;
    private final Thread thread;
    private final Semaphore wake = new Semaphore(0);
    private final AtomicReference<@Nullable CompletableFuture<Outcome>> asked = new AtomicReference<>();
    private long lastRun;
    private long notBefore;
    private volatile String note = "";
    private volatile boolean closing;

    /**
     * What is planned, and when.
     *
     * @param poll between two looks at payments under way
     */
    public record Plan(PaymentRun run, RunSchedule schedule, Duration poll) {}

    private PayerLoop(List<Payer> payers, Plan plan, PaymentBooks books, PoolClock clock) {
        this.payers = List.copyOf(payers);
        this.plan = plan;
        this.books = books;
        this.clock = clock;
        this.lastRun = clock.epochMillis();
        this.notBefore = clock.nanos();
        this.thread = Thread.ofVirtual().name("payout-payer").unstarted(this::loop);
    }

    public static PayerLoop start(List<Payer> payers, Plan plan, PaymentBooks books, PoolClock clock) {
        PayerLoop loop = new PayerLoop(payers, plan, books, clock);
        loop.thread.start();
        return loop;
    }

    private void loop() {
        try {
            lastRun = books.ask(all -> all.payouts().lastAt() == 0
                    ? lastRun
                    : Math.min(lastRun, all.payouts().lastAt()));
            while (!closing) {
                turn();
                pause();
            }
        } catch (JournalException e) {
            if (!closing) {
                LOG.error("payments have stopped with the accountant: {}", e.getMessage());
            }
        } catch (RuntimeException | Error e) {
            note = "payments have stopped: " + e;
            LOG.error("payments have stopped", e);
        } finally {
            closing = true;
            CompletableFuture<Outcome> waiting = asked.getAndSet(null);
            if (waiting != null) {
                waiting.completeExceptionally(new IllegalStateException("payments have stopped"));
            }
        }
    }

    private void turn() throws JournalException {
        advance();
        CompletableFuture<Outcome> request = asked.getAndSet(null);
        boolean due = plan.schedule.isDue(lastRun, clock.epochMillis()) && clock.nanos() - notBefore >= 0;
        if (request != null || due) {
            notBefore = clock.nanos() + RETRY.toNanos();
            Outcome run = run();
            if (request != null) {
                request.complete(run);
            }
            advance();
        }
    }

    private Outcome run() throws JournalException {
        try {
            Outcome outcome = plan.run.plan();
            if (outcome.note().isEmpty()) {
                lastRun = clock.epochMillis();
            }
            told(outcome.note());
            LOG.info(
                    "payout run: {} payments, {} accounts, {} satoshis",
                    outcome.payments().size(),
                    outcome.accounts(),
                    outcome.sum().satoshis());
            return outcome;
        } catch (ChainException | IllegalStateException e) {
            told(String.valueOf(e.getMessage()));
            return new Outcome(List.of(), 0, Money.ZERO, String.valueOf(e.getMessage()));
        }
    }

    private void told(String reason) {
        if (!reason.isEmpty() && !reason.equals(note)) {
            LOG.warn("payout run: {}", reason);
        }
        note = reason;
    }

    private void advance() throws JournalException {
        List<OpenPayout> open = books.ask(all -> all.payouts().open());
        for (Payer payer : payers) {
            payer.advance(open.stream()
                    .filter(payout -> payout.planned().rail() == payer.rail())
                    .toList());
        }
    }

    private void pause() {
        try {
            if (wake.tryAcquire(plan.poll.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    /**
     * Plans at once, whatever the schedule says.
     *
     * @return what it came to; empty when that takes longer, and it will be done
     */
    public Optional<Outcome> runNow(Duration bound) {
        CompletableFuture<Outcome> mine = new CompletableFuture<>();
        CompletableFuture<Outcome> before = asked.compareAndExchange(null, mine);
        CompletableFuture<Outcome> first = before == null ? mine : before;
        wake.release();
        try {
            return Optional.of(first.get(closing ? 0 : bound.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(new Outcome(List.of(), 0, Money.ZERO, "payments have stopped"));
        }
    }

    /** What keeps payments, or the next run, from going on; by payment, 0 for the run. */
    public Map<Long, String> troubles() {
        Map<Long, String> all = new TreeMap<>();
        if (!note.isEmpty()) {
            all.put(0L, note);
        }
        payers.forEach(payer -> all.putAll(payer.troubles()));
        return all;
    }

    /** Lets the step under way end. */
    @Override
    public void close() {
        closing = true;
        wake.release();
        try {
            if (!thread.join(CLOSE_BOUND)) {
                thread.interrupt();
                if (!thread.join(CLOSE_BOUND)) {
                    LOG.warn("payments did not stop in {}; the journal has what they need to go on", CLOSE_BOUND);
                }
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
