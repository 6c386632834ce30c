package org.motepool.payout.payer;

import java.util.ArrayList;
import java.util.List;
import org.motepool.chain.ChainException;
import org.motepool.chain.wallet.FeeRate;
import org.motepool.core.address.Network;
import org.motepool.core.money.Money;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.books.Books;
import org.motepool.payout.books.PayoutBook.OpenPayout;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalRecord.PayoutPlanned;
import org.motepool.payout.journal.PayoutLine;
import org.motepool.payout.journal.PayoutRail;
import org.motepool.payout.payer.PaymentPlanner.Decision;

/** Plans payments to everyone who is due, and journals them. Not thread-safe: the payer's. */
public final class PaymentRun {
    /** Of one run; the rest is for the next. */
    private static final int PAYMENTS_MAX = 2_000;

    private final Network network;
    private final long minimum;
    private final long lightning;
    private final FeeSource fees;
    private final PayoutTerms terms;
    private final PaymentBooks books;
    private final PoolClock clock;

    /**
     * @param minimum in satoshis
     * @param lightning most satoshis of one payment over Lightning, 0 where there is no payer for it
     */
    public PaymentRun(
            Network network,
            long minimum,
            long lightning,
            FeeSource fees,
            PayoutTerms terms,
            PaymentBooks books,
            PoolClock clock) {
        this.network = network;
        this.minimum = minimum;
        this.lightning = lightning;
        this.fees = fees;
        this.terms = terms;
        this.books = books;
        this.clock = clock;
    }

    /** Where the run learns what a transaction costs now. */
    @FunctionalInterface
    public interface FeeSource {
        FeeRate now() throws ChainException;
    }

    /**
     * What a run came to.
     *
     * @param payments their numbers
     * @param accounts that they pay
     * @param note empty, or what kept some from being planned
     */
    public record Outcome(List<Long> payments, int accounts, Money sum, String note) {
        public Outcome {
            payments = List.copyOf(payments);
        }
    }

    /** Plans whom there is to pay, and journals it; a reason why not all are is in the outcome. */
    public Outcome plan() throws ChainException, JournalException {
        String hold = books.hold();
        if (!hold.isEmpty()) {
            return new Outcome(List.of(), 0, Money.ZERO, "no money may leave: " + hold);
        }
        PaymentPlanner planner = new PaymentPlanner(new PaymentPlanner.Rules(network, minimum, fees.now(), lightning));
        List<Decision> decisions = books.ask(all -> planner.decide(PaymentPlanner.candidates(all, terms)));
        Planned planned = new Planned();
        for (List<PayoutLine> lines : PaymentPlanner.batches(decisions)) {
            if (!planned.add(PayoutRail.ONCHAIN, lines)) {
                break;
            }
        }
        for (PayoutLine line : PaymentPlanner.overLightning(decisions)) {
            if (planned.numbers.size() >= PAYMENTS_MAX || !planned.add(PayoutRail.LIGHTNING, List.of(line))) {
                break;
            }
        }
        return new Outcome(planned.numbers, planned.accounts, planned.sum, planned.note);
    }

    /** What a run has planned so far. */
    private final class Planned {
        private final List<Long> numbers = new ArrayList<>();
        private int accounts;
        private Money sum = Money.ZERO;
        private String note = "";

        /** False when the books have no more of what it is paid from. */
        boolean add(PayoutRail rail, List<PayoutLine> lines) throws JournalException {
            Money amount = sum(lines);
            Money left = books.ask(all -> unpromised(all, rail));
            if (amount.compareTo(left) > 0) {
                note = (note.isEmpty() ? "" : note + "; ") + "the next payment takes " + amount.satoshis()
                        + " satoshis, by the books " + rail.from() + " has " + left.satoshis()
                        + " that are promised to nobody";
                return false;
            }
            long number = books.ask(all -> all.payouts().last()) + 1;
            books.record(new PayoutPlanned(number, rail, lines, clock.epochMillis()));
            numbers.add(number);
            accounts += lines.size();
            sum = sum.plus(amount);
            return true;
        }
    }

    /** What there is by the books, less what payments under way will take. */
    private static Money unpromised(Books books, PayoutRail rail) {
        Money left = books.ledger().balance(rail.from());
        for (OpenPayout open : books.payouts().open()) {
            Money taken = sum(open.planned().lines());
            if (open.planned().rail() == rail) {
                left = taken.compareTo(left) > 0 ? Money.ZERO : left.minus(taken);
            }
        }
        return left;
    }

    private static Money sum(List<PayoutLine> lines) {
        return lines.stream().map(PayoutLine::sent).reduce(Money.ZERO, Money::plus);
    }
}
