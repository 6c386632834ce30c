package org.motepool.payout.payer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.motepool.chain.wallet.OutPoint;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.money.Money;
import org.motepool.payout.books.Accounts;
import org.motepool.payout.books.PayoutBook.OpenPayout;
import org.motepool.payout.journal.JournalRecord.PayoutMoved;
import org.motepool.payout.journal.PayoutState;
import org.motepool.payout.payer.TransactionMaker.Draft;
import org.motepool.payout.payer.TransactionMaker.Line;

/**
 * A payment on the chain as the journal has it. Immutable.
 *
 * @param lines what it pays, network fee included, in the order of the record
 * @param drafts from FUNDED on, oldest first; from STORED on each may be in anybody's hands, and all spend common coins
 */
record Underway(long number, PayoutState state, List<Line> lines, List<Draft> drafts) {
    Underway {
        lines = List.copyOf(lines);
        drafts = List.copyOf(drafts);
    }

    /** @throws MalformedBytesException when the journal holds what no payer wrote */
    static Underway of(OpenPayout payout, Accounts accounts) throws MalformedBytesException {
        List<Line> lines = payout.planned().lines().stream()
                .map(line ->
                        new Line(accounts.address(line.account()), line.sent().satoshis()))
                .toList();
        List<Draft> drafts = new ArrayList<>();
        for (PayoutMoved move : payout.moves()) {
            switch (move.to()) {
                case FUNDED, STORED -> drafts.add(draft(move));
                case SIGNED -> drafts.set(drafts.size() - 1, draft(move));
                case PLANNED, SENT, CONFIRMED, ABANDONED -> {}
            }
        }
        if (payout.state() != PayoutState.PLANNED && drafts.isEmpty()) {
            throw new MalformedBytesException(
                    "payment " + payout.planned().number() + " is " + payout.state() + " and has no transaction");
        }
        return new Underway(payout.planned().number(), payout.state(), lines, drafts);
    }

    private static Draft draft(PayoutMoved move) throws MalformedBytesException {
        return new Draft(
                ChainPayment.parse(move.detail()),
                move.networkFee().satoshis(),
                move.charges().stream().map(Money::satoshis).toList());
    }

    long satoshis() {
        return lines.stream().mapToLong(Line::satoshis).reduce(0, Math::addExact);
    }

    Draft newest() {
        return drafts.getLast();
    }

    /** Everything that any of its transactions spends. */
    Set<OutPoint> coins() {
        Set<OutPoint> coins = new HashSet<>();
        drafts.forEach(draft -> coins.addAll(draft.payment().places()));
        return coins;
    }

    /** Transactions that were or may have been sent. */
    List<Draft> sendable() {
        return state == PayoutState.STORED || state == PayoutState.SENT
                ? drafts.stream().filter(draft -> draft.payment().isSigned()).toList()
                : List.of();
    }
}
