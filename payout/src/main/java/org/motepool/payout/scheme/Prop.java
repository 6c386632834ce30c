package org.motepool.payout.scheme;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/**
 * Proportional: all work since the pool's last block counts alike. Pays hoppers who leave long rounds, so it is for closed
 * test chains only. Not wired.
 *
 * @param lastBlockSlice last slice before the pool's block before this one, 0 for none
 */
public record Prop(long lastBlockSlice) implements RewardScheme {
    @Override
    public Weights weights(Iterable<SliceWork> newestFirst, int finder) {
        Map<Integer, BigInteger> sums = new HashMap<>();
        long first = 0;
        long last = 0;
        for (SliceWork slice : newestFirst) {
            if (slice.number() <= lastBlockSlice) {
                break;
            }
            last = last == 0 ? slice.number() : last;
            first = slice.number();
            for (SliceWork.Cell cell : slice.cells()) {
                sums.merge(cell.account(), BigInteger.valueOf(cell.workUnits()), BigInteger::add);
            }
        }
        return sums.isEmpty() ? new Solo().weights(newestFirst, finder) : Weights.of(sums, first, last);
    }
}
