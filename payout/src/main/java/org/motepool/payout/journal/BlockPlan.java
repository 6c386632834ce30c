package org.motepool.payout.journal;

import java.math.BigInteger;
import java.util.List;
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
 */
public record BlockPlan(
        Money gross,
        int feeBasisPoints,
        Money fee,
        int windowBlocks,
        long firstSlice,
        long lastSlice,
        BigInteger totalWeight,
        List<PlannedCredit> credits) {
    public BlockPlan {
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

    /** @param account its index */
    public record PlannedCredit(int account, BigInteger weight, Money amount) {
        public PlannedCredit {
            if (account < 0 || weight.signum() <= 0) {
                throw new IllegalArgumentException("a credit has an account and a weight");
            }
        }
    }
}
