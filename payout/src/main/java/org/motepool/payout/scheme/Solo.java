package org.motepool.payout.scheme;

import java.math.BigInteger;
import java.util.Map;

/** The finder gets all, nobody else anything. */
public record Solo() implements RewardScheme {
    @Override
    public Weights weights(Iterable<SliceWork> newestFirst, int finder) {
        return Weights.of(Map.of(finder, BigInteger.ONE), 0, 0);
    }
}
