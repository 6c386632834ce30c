package org.motepool.payout.scheme;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The one division in the system: shares an amount by weights so that nothing is lost or made. Each part is less than
 * one unit away from its exact share, and a weight of zero gets nothing.
 */
public final class Split {
    private Split() {}

    /**
     * Shares {@code amount}, in any unit, by cumulative sums: part i is floor(R * S_i / W) - floor(R * S_(i-1) / W).
     *
     * @param weights not negative, their sum positive; of accounts, in ascending order of account id
     * @return as many parts as weights, their sum is {@code amount}
     */
    public static List<BigInteger> split(BigInteger amount, List<BigInteger> weights) {
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("cannot share less than nothing: " + amount);
        }
        BigInteger total = BigInteger.ZERO;
        for (BigInteger weight : weights) {
            if (weight.signum() < 0) {
                throw new IllegalArgumentException("a weight is not negative: " + weight);
            }
            total = total.add(weight);
        }
        if (total.signum() == 0) {
            throw new IllegalArgumentException("there is no weight to share by");
        }
        List<BigInteger> parts = new ArrayList<>(weights.size());
        BigInteger sum = BigInteger.ZERO;
        BigInteger before = BigInteger.ZERO;
        for (BigInteger weight : weights) {
            sum = sum.add(weight);
            BigInteger until = amount.multiply(sum).divide(total);
            parts.add(until.subtract(before));
            before = until;
        }
        return parts;
    }
}
