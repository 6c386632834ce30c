package org.motepool.payout.books;

import java.util.Optional;
import org.motepool.core.money.Money;
import org.motepool.payout.journal.BlockPlan;
import org.motepool.payout.journal.JournalRecord.BlockRegistered;
import org.motepool.payout.journal.JournalRecord.Standing;

/**
 * A registered block as it stands now.
 *
 * @param registered as journaled; old and settled ones have lost their plan here, the journal keeps it
 */
public record KnownBlock(BlockRegistered registered, Standing standing, Money gross, Money fee) {
    static KnownBlock of(BlockRegistered registered) {
        return new KnownBlock(
                registered,
                registered.standing(),
                registered.gross(),
                registered.plan().map(BlockPlan::fee).orElse(Money.ZERO));
    }

    KnownBlock moved(Standing to) {
        return new KnownBlock(registered, to, gross, fee);
    }

    /** Its plan is credited now. */
    public boolean isCredited() {
        return standing == Standing.IMMATURE || standing == Standing.MATURE;
    }

    /** Forgets the plan. */
    KnownBlock slim() {
        BlockRegistered r = registered;
        BlockRegistered slim = new BlockRegistered(
                r.range(),
                r.hash(),
                r.height(),
                r.nbits(),
                r.scheme(),
                r.finder(),
                r.worker(),
                r.at(),
                Standing.REFUSED,
                r.reason(),
                Optional.empty(),
                r.finderPaid());
        return new KnownBlock(slim, standing, gross, fee);
    }
}
