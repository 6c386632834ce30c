package org.motepool.payout.journal;

import java.math.BigInteger;
import java.util.List;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;

/**
 * How one block's reward is shared. Checks itself: credits and fee make up the reward to the last 10^-12 satoshi.
 *
 * @param gross what the coinbase pays to the pool's script
 * @param feeBasisPoints the pool's fee in force when the block was found
 * @param fee the pool's part
 * @param windowBlocks PPLNS window in expected blocks
 * @param firstSlice oldest slice that counted, 0 for none
 * @param lastSlice newest slice that counted, 0 for none
 * @param totalWeight sum of the credits' weights
 * @param credits in ascending order of account id, each account once
 * @param root of the tree of all that, see {@link org.motepool.core.statement.PlanTree}; {@link #NO_ROOT} in old records
 */
public record BlockPlan(
        Money gross,
        int feeBasisPoints,
        Money fee,
        int windowBlocks,
        long firstSlice,
        long lastSlice,
        BigInteger totalWeight,
        List<PlannedCredit> credits,
        Bytes root) {
    /** Of a record that was written before plans had roots. */
    public static final Bytes NO_ROOT = Bytes.copyOf(new byte[Hash256.BYTES]);

    public BlockPlan {
        if (root.size() != Hash256.BYTES) {
            throw new IllegalArgumentException("a root has 32 bytes, not " + root.size());
        }
        credits = List.copyOf(credits);
        BigInteger sum = fee.toFractions();
        BigInteger weights = BigInteger.ZERO;
        for (PlannedCredit credit : credits) {
            sum = sum.add(credit.amount().toFractions());
            weights = weights.add(credit.weight());
        }
        if (!sum.equals(gross.toFractions())) {
            throw new IllegalArgumentException("credits and fee make " + sum + ", the reward is " + gross);
        }
        if (!weights.equals(totalWeight)) {
            throw new IllegalArgumentException("weights make " + weights + ", not " + totalWeight);
        }
    }

    /** The same, with its root. */
    public BlockPlan withRoot(Bytes treeRoot) {
        return new BlockPlan(
                gross, feeBasisPoints, fee, windowBlocks, firstSlice, lastSlice, totalWeight, credits, treeRoot);
    }

    /** @param account its index */
    public record PlannedCredit(int account, BigInteger weight, Money amount) {
        public PlannedCredit {
            if (account < 0 || weight.signum() <= 0) {
                throw new IllegalArgumentException("a credit has an account and a weight");
            }
        }
    }
}
