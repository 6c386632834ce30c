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
import org.motepool.payout.ledger.LedgerAccount.Pool;
import org.motepool.payout.payer.PaymentPlanner.Decision;

/** Plans payments to everyone who is due, and journals them. Not thread-safe: the payer's. */
public final class PaymentRun {
    private final Network network;
    private final long minimum;
    private final FeeSource fees;
    private final PayoutTerms terms;
    private final PaymentBooks books;
    private final PoolClock clock;

    /** @param minimum in satoshis, for accounts that chose nothing */
    public PaymentRun(
            Network network, long minimum, FeeSource fees, PayoutTerms terms, PaymentBooks books, PoolClock clock) {
        this.network = network;
        this.minimum = minimum;
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

    Outcome plan() throws ChainException, JournalException {
        String hold = books.hold();
        if (!hold.isEmpty()) {
            return new Outcome(List.of(), 0, Money.ZERO, "no money may leave: " + hold);
        }
        PaymentPlanner planner = new PaymentPlanner(new PaymentPlanner.Rules(network, minimum, fees.now(), false));
        List<Decision> decisions = books.ask(all -> planner.decide(PaymentPlanner.candidates(all, terms)));
        List<Long> numbers = new ArrayList<>();
        int accounts = 0;
        Money sum = Money.ZERO;
        for (List<PayoutLine> lines : PaymentPlanner.batches(decisions)) {
            Money amount = sum(lines);
            Money left = books.ask(PaymentRun::unpromised);
            if (amount.compareTo(left) > 0) {
                return new Outcome(
                        numbers,
                        accounts,
                        sum,
                        "the next payment takes " + amount.satoshis() + " satoshis, by the books the wallet has "
                                + left.satoshis() + " that are promised to nobody");
            }
            long number = books.ask(all -> all.payouts().last()) + 1;
            books.record(new PayoutPlanned(number, PayoutRail.ONCHAIN, lines, clock.epochMillis()));
            numbers.add(number);
            accounts += lines.size();
            sum = sum.plus(amount);
        }
        return new Outcome(numbers, accounts, sum, "");
    }

    /** What the wallet has by the books, less what payments under way will take. */
    private static Money unpromised(Books books) {
        Money left = books.ledger().balance(Pool.WALLET);
        for (OpenPayout open : books.payouts().open()) {
            Money taken = sum(open.planned().lines());
            if (open.planned().rail() == PayoutRail.ONCHAIN) {
                left = taken.compareTo(left) > 0 ? Money.ZERO : left.minus(taken);
            }
        }
        return left;
    }

    private static Money sum(List<PayoutLine> lines) {
        return lines.stream().map(PayoutLine::amount).reduce(Money.ZERO, Money::plus);
    }
}
