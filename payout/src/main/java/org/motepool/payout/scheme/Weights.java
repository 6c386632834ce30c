package org.motepool.payout.scheme;

import java.math.BigInteger;
import java.util.Map;

/**
 * By what a reward is shared, and from which slices it comes.
 *
 * @param byAccount positive weights by account index
 * @param total their sum, positive
 * @param firstSlice number of the oldest slice that counts, 0 when none does; a part of it may count
 * @param lastSlice number of the newest slice that counts, 0 when none does
 */
public record Weights(Map<Integer, BigInteger> byAccount, BigInteger total, long firstSlice, long lastSlice) {
    public Weights {
        byAccount = Map.copyOf(byAccount);
        if (byAccount.isEmpty() || total.signum() <= 0) {
            throw new IllegalArgumentException("there is no weight to share by");
        }
    }

    static Weights of(Map<Integer, BigInteger> byAccount, long firstSlice, long lastSlice) {
        BigInteger total = byAccount.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
        return new Weights(byAccount, total, firstSlice, lastSlice);
    }
}
