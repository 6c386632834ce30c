package org.motepool.payout.lightning;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.money.Money;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.books.PayoutBook.OpenPayout;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalRecord.PayoutMoved;
import org.motepool.payout.journal.PayoutRail;
import org.motepool.payout.journal.PayoutState;
import org.motepool.payout.lightning.LightningNode.Known;
import org.motepool.payout.payer.Payer;
import org.motepool.payout.payer.PaymentBooks;
import org.motepool.payout.payer.PayoutTerms;
import org.motepool.payout.payer.Troubles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pays over Lightning. An invoice with its payment hash is journaled, then that it goes to the node, then it is paid and
 * asked for by its hash until the node says what became of it. Unknown is not failed: only the same invoice is tried again,
 * and a node pays one hash at most once. Not thread-safe but for {@link #troubles}; what waits for others runs aside.
 */
public final class LightningPayer implements Payer {
    /** Payments at a time that wait for a payee's server or the node. */
    static final int JOBS_MAX = 10;
    /** Invoices asked for, or definite refusals of the node, before a payment is left for the next run. */
    static final int TRIES_MAX = 5;
    /** Longer than the node goes on with a payment whose caller has gone. */
    static final Duration QUIET = Duration.ofMinutes(2);
    /** From one try to the next. */
    static final Duration BACKOFF = Duration.ofMinutes(1);

    private static final long FRACTIONS_PER_MILLISATOSHI = Money.FRACTIONS_PER_SATOSHI / 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(LightningPayer.class);

    private final LightningNode node;
    private final InvoiceDesk invoices;
    private final LightningTerms terms;
    private final PayoutTerms choices;
    private final PaymentBooks books;
    private final PoolClock clock;
    private final Troubles troubles = new Troubles();
    private final Map<Long, FutureTask<Invoice>> asking = new HashMap<>();
    private final Map<Long, FutureTask<Optional<String>>> paying = new HashMap<>();
    private final Map<Long, Integer> failures = new HashMap<>();
    /** Before that, nothing is tried again. */
    private final Map<Long, Long> notBefore = new HashMap<>();

    public LightningPayer(
            LightningNode node,
            InvoiceDesk invoices,
            LightningTerms terms,
            PayoutTerms choices,
            PaymentBooks books,
            PoolClock clock) {
        this.node = node;
        this.invoices = invoices;
        this.terms = terms;
        this.choices = choices;
        this.books = books;
        this.clock = clock;
    }

    @Override
    public PayoutRail rail() {
        return PayoutRail.LIGHTNING;
    }

    @Override
    public Map<Long, String> troubles() {
        return troubles.all();
    }

    @Override
    public void advance(List<OpenPayout> open) throws JournalException {
        List<Long> numbers = open.stream().map(each -> each.planned().number()).toList();
        troubles.keepOnly(numbers);
        List.of(asking, paying, failures, notBefore).forEach(map -> map.keySet().retainAll(numbers));
        long inFlight = open.stream()
                .filter(each -> each.state() != PayoutState.PLANNED || asking.containsKey(number(each)))
                .mapToLong(LightningPayer::satoshis)
                .reduce(0, Math::addExact);
        for (OpenPayout payout : open) {
            try {
                boolean begins = payout.state() == PayoutState.PLANNED && !asking.containsKey(number(payout));
                if (begins) {
                    if (inFlight + satoshis(payout) > terms.inFlightMax() || !ask(payout)) {
                        continue;
                    }
                    inFlight += satoshis(payout);
                } else {
                    follow(payout);
                }
            } catch (LightningException | IllegalStateException e) {
                troubles.tell(number(payout), String.valueOf(e.getMessage()));
            } catch (MalformedBytesException e) {
                troubles.tell(number(payout), "the journal's record of it: " + e.getMessage());
            }
        }
    }

    /** Nobody is waited for. */
    boolean isIdle() {
        return asking.values().stream().allMatch(FutureTask::isDone)
                && paying.values().stream().allMatch(FutureTask::isDone);
    }

    private static long number(OpenPayout payout) {
        return payout.planned().number();
    }

    private static long satoshis(OpenPayout payout) {
        return payout.planned().lines().getFirst().sent().satoshis();
    }

    private void follow(OpenPayout payout) throws LightningException, JournalException, MalformedBytesException {
        switch (payout.state()) {
            case PLANNED -> takeInvoice(payout);
            case STORED -> stored(payout);
            case SENT -> sent(payout);
            case FUNDED, SIGNED, CONFIRMED, ABANDONED -> {}
        }
    }

    /** Begins to ask for an invoice; false when it is not the time to. */
    private boolean ask(OpenPayout payout) throws JournalException {
        long number = number(payout);
        if (!mayTry(number)) {
            return false;
        }
        int account = payout.planned().lines().getFirst().account();
        Optional<URI> url = books.ask(all -> choices.of(all, account).lightning());
        if (url.isEmpty()) {
            giveUp(payout, "its account does not want payments over Lightning any more");
            return false;
        }
        return begin(asking, number, () -> invoices.invoice(url.get(), satoshis(payout)));
    }

    private void takeInvoice(OpenPayout payout) throws JournalException {
        FutureTask<Invoice> task = asking.get(number(payout));
        if (task == null || !task.isDone()) {
            return;
        }
        asking.remove(number(payout));
        switch (task.state()) {
            case SUCCESS -> {
                Invoice invoice = task.resultNow();
                if (books.ask(all -> all.payouts().open()).stream().anyMatch(other -> hasHash(other, invoice))) {
                    failed(payout, "the payee's server gives an invoice that was given before");
                    return;
                }
                move(payout, PayoutState.STORED, invoice.toBytes());
                troubles.clear(number(payout));
            }
            default -> failed(payout, reason(task));
        }
    }

    /** An invoice that is another payment's too would end both with one. */
    private static boolean hasHash(OpenPayout payout, Invoice invoice) {
        return payout.planned().rail() == PayoutRail.LIGHTNING
                && payout.moves().stream()
                        .filter(move -> move.to() == PayoutState.STORED)
                        .anyMatch(move -> isOf(move, invoice));
    }

    private static boolean isOf(PayoutMoved move, Invoice invoice) {
        try {
            return Invoice.parse(move.detail()).paymentHash().equals(invoice.paymentHash());
        } catch (MalformedBytesException e) {
            return false;
        }
    }

    private void failed(OpenPayout payout, String reason) throws JournalException {
        long number = number(payout);
        troubles.tell(number, reason);
        later(number, BACKOFF);
        if (failures.merge(number, 1, Integer::sum) >= TRIES_MAX) {
            giveUp(payout, reason);
        }
    }

    /** It was not given to the node, or the node has refused it. */
    private void stored(OpenPayout payout) throws LightningException, JournalException, MalformedBytesException {
        Invoice invoice = invoice(payout);
        long tries = payout.moves().stream()
                .filter(move -> move.to() == PayoutState.SENT)
                .count();
        Known known = node.find(invoice.paymentHash());
        if (tries == 0 && known.status() != LightningNode.Status.NONE) {
            // The node was never told of this one.
            giveUp(payout, "the payee's server gave an invoice that was used before");
            return;
        }
        switch (known.status()) {
            case COMPLETE -> confirm(payout, invoice, known);
            case PENDING -> move(payout, PayoutState.SENT, Bytes.EMPTY);
            case NONE, FAILED -> {
                if (tries >= TRIES_MAX || invoice.expiresAt() <= clock.epochMillis() / 1_000) {
                    String last = troubles.all().getOrDefault(number(payout), "the invoice has expired");
                    giveUp(payout, tries + " tries, the last: " + last);
                } else if (mayTry(number(payout)) && paying.size() < JOBS_MAX) {
                    move(payout, PayoutState.SENT, Bytes.EMPTY);
                    pay(payout, invoice);
                }
            }
        }
    }

    private void pay(OpenPayout payout, Invoice invoice) {
        long feeMax = terms.feeMax(satoshis(payout));
        var _ = begin(paying, number(payout), () -> node.pay(invoice.bolt11(), feeMax));
    }

    private void sent(OpenPayout payout) throws LightningException, JournalException, MalformedBytesException {
        long number = number(payout);
        Invoice invoice = invoice(payout);
        FutureTask<Optional<String>> task = paying.get(number);
        if (task != null && !task.isDone()) {
            return;
        }
        paying.remove(number);
        boolean answered = task != null && task.state() == FutureTask.State.SUCCESS;
        if (!answered && (task != null || !notBefore.containsKey(number))) {
            // A restart, or no answer: the node may still be at it, so for a while no record of it means nothing.
            later(number, QUIET);
        }
        Known known = node.find(invoice.paymentHash());
        switch (known.status()) {
            case COMPLETE -> confirm(payout, invoice, known);
            case PENDING ->
                troubles.tell(number, "it is on its way; the payee, or someone between, has not settled it");
            case NONE, FAILED -> {
                Optional<String> refused = answered && task != null ? task.resultNow() : Optional.empty();
                if (refused.isPresent()) {
                    troubles.tell(number, refused.get());
                    move(payout, PayoutState.STORED, invoice.toBytes());
                    later(number, BACKOFF);
                } else if (task != null) {
                    troubles.tell(number, answered ? "the node says it is paid and does not know it" : reason(task));
                } else if (mayTry(number) && paying.size() < JOBS_MAX) {
                    pay(payout, invoice);
                }
            }
        }
    }

    private static String reason(FutureTask<?> task) {
        return switch (task.state()) {
            case FAILED -> String.valueOf(task.exceptionNow().getMessage());
            default -> "it was broken off";
        };
    }

    private boolean mayTry(long number) {
        String hold = books.hold();
        if (!hold.isEmpty()) {
            troubles.tell(number, "no money may leave: " + hold);
            return false;
        }
        return clock.nanos() - notBefore.getOrDefault(number, clock.nanos()) >= 0;
    }

    private void later(long number, Duration time) {
        notBefore.put(number, clock.nanos() + time.toNanos());
    }

    private static <T> boolean begin(Map<Long, FutureTask<T>> jobs, long number, Callable<T> job) {
        if (jobs.size() >= JOBS_MAX) {
            return false;
        }
        FutureTask<T> task = new FutureTask<>(job);
        jobs.put(number, task);
        Thread.ofVirtual().name("payout-lightning-" + number).start(task);
        return true;
    }

    private static Invoice invoice(OpenPayout payout) throws MalformedBytesException {
        PayoutMoved stored = payout.moves().reversed().stream()
                .filter(move -> move.to() == PayoutState.STORED)
                .findFirst()
                .orElseThrow(() -> new MalformedBytesException("it has no invoice"));
        return Invoice.parse(stored.detail());
    }

    private void confirm(OpenPayout payout, Invoice invoice, Known known) throws JournalException {
        long fee = Math.max(0, known.sentMillisatoshis() - invoice.millisatoshis());
        Money networkFee =
                Money.ofFractions(BigInteger.valueOf(fee).multiply(BigInteger.valueOf(FRACTIONS_PER_MILLISATOSHI)));
        record(payout, PayoutState.CONFIRMED, networkFee, invoice.paymentHash());
        LOG.info(
                "payment {}: {} satoshis over Lightning are final, the way cost {}",
                number(payout),
                satoshis(payout),
                networkFee);
    }

    /** Only while no node can be paying it: the amount is available again. */
    private void giveUp(OpenPayout payout, String reason) throws JournalException {
        LOG.warn("payment {} is left for the next run: {}", number(payout), reason);
        record(payout, PayoutState.ABANDONED, Money.ZERO, Bytes.EMPTY);
    }

    private void move(OpenPayout payout, PayoutState to, Bytes detail) throws JournalException {
        record(payout, to, Money.ZERO, detail);
    }

    private void record(OpenPayout payout, PayoutState to, Money networkFee, Bytes detail) throws JournalException {
        books.record(new PayoutMoved(
                number(payout), payout.state(), to, networkFee, List.of(), detail, clock.epochMillis()));
    }
}
