package org.motepool.payout.books;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motepool.core.money.Money;
import org.motepool.payout.journal.JournalRecord.PayoutMoved;
import org.motepool.payout.journal.JournalRecord.PayoutPlanned;
import org.motepool.payout.journal.PayoutLine;
import org.motepool.payout.ledger.LedgerAccount.Miner;
import org.motepool.payout.ledger.LedgerAccount.Part;
import org.motepool.payout.ledger.LedgerAccount.Pool;
import org.motepool.payout.ledger.Step;
import org.motepool.payout.ledger.Transfer;

/**
 * What a payment does to the ledger: available → paying → paid, or back. What its owner leaves to the pool becomes the pool's
 * when the rest was paid, so an abandoned payment gives it back with the rest.
 */
final class PayoutSteps {
    private PayoutSteps() {}

    static Step plan(PayoutPlanned planned) {
        return new Step(planned.lines().stream()
                .map(line -> new Transfer(
                        new Miner(line.account(), Part.AVAILABLE),
                        new Miner(line.account(), Part.PAYING),
                        line.amount()))
                .toList());
    }

    /** The step of a move; none where only the payment itself goes on. */
    static Optional<Step> move(PayoutPlanned planned, PayoutMoved moved) {
        return switch (moved.to()) {
            case CONFIRMED -> Optional.of(confirm(planned, moved));
            case ABANDONED -> Optional.of(plan(planned).reversed());
            case PLANNED, FUNDED, SIGNED, STORED, SENT -> Optional.empty();
        };
    }

    /** What was charged to accounts covers the network's fee; what it does not cover is the pool's expense. */
    private static Step confirm(PayoutPlanned planned, PayoutMoved moved) {
        Pool from = planned.rail().from();
        List<Transfer> transfers = new ArrayList<>(3 * planned.lines().size() + 1);
        transfers.add(new Transfer(Pool.NETWORK_FEE, from, moved.networkFee()));
        for (int i = 0; i < planned.lines().size(); i++) {
            PayoutLine line = planned.lines().get(i);
            Miner paying = new Miner(line.account(), Part.PAYING);
            Money charge =
                    moved.charges().isEmpty() ? Money.ZERO : moved.charges().get(i);
            transfers.add(new Transfer(paying, from, line.sent().minus(charge)));
            transfers.add(new Transfer(paying, Pool.NETWORK_FEE, charge));
            if (!line.donated().isZero()) {
                transfers.add(new Transfer(paying, Pool.FEE_AVAILABLE, line.donated()));
            }
        }
        return new Step(transfers);
    }
}
