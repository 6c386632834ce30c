package org.motepool.payout.books;

import java.util.ArrayList;
import java.util.List;
import org.motepool.payout.journal.BlockPlan;
import org.motepool.payout.journal.BlockPlan.PlannedCredit;
import org.motepool.payout.journal.JournalRecord.Standing;
import org.motepool.payout.ledger.LedgerAccount.Miner;
import org.motepool.payout.ledger.LedgerAccount.Part;
import org.motepool.payout.ledger.LedgerAccount.Pool;
import org.motepool.payout.ledger.Step;
import org.motepool.payout.ledger.Transfer;

/** What a block's change of standing does to the ledger. */
final class BlockSteps {
    private BlockSteps() {}

    /** The step from one standing to another; throws IllegalStateException for a way that no block goes. */
    static Step move(BlockPlan plan, Standing from, Standing to) {
        return switch (from) {
            case IMMATURE ->
                switch (to) {
                    case MATURE -> mature(plan);
                    case ORPHANED -> credit(plan).reversed();
                    case IMMATURE, REFUSED -> throw noWay(from, to);
                };
            case ORPHANED -> {
                if (to != Standing.IMMATURE) {
                    throw noWay(from, to);
                }
                yield credit(plan);
            }
            case MATURE, REFUSED -> throw noWay(from, to);
        };
    }

    static Step credit(BlockPlan plan) {
        List<Transfer> transfers = new ArrayList<>(plan.credits().size() + 1);
        for (PlannedCredit credit : plan.credits()) {
            transfers.add(
                    new Transfer(Pool.IMMATURE_COINBASE, new Miner(credit.account(), Part.IMMATURE), credit.amount()));
        }
        transfers.add(new Transfer(Pool.IMMATURE_COINBASE, Pool.FEE_IMMATURE, plan.fee()));
        return new Step(transfers);
    }

    private static Step mature(BlockPlan plan) {
        List<Transfer> transfers = new ArrayList<>(plan.credits().size() + 2);
        transfers.add(new Transfer(Pool.WALLET, Pool.IMMATURE_COINBASE, plan.gross()));
        for (PlannedCredit credit : plan.credits()) {
            transfers.add(new Transfer(
                    new Miner(credit.account(), Part.IMMATURE),
                    new Miner(credit.account(), Part.AVAILABLE),
                    credit.amount()));
        }
        transfers.add(new Transfer(Pool.FEE_IMMATURE, Pool.FEE_AVAILABLE, plan.fee()));
        return new Step(transfers);
    }

    private static IllegalStateException noWay(Standing from, Standing to) {
        return new IllegalStateException("a block does not go from " + from + " to " + to);
    }
}
