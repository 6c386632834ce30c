package org.motepool.payout.scheme;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/**
 * Pay per last N shares, where N is a score: work counts with the network target at the time of the share, so that no
 * change of difficulty can be gained from. Whole slices, newest first; of the slice that crosses the window's end, a
 * part. While the window is not full, the work there is takes all; with no work at all the finder does.
 *
 * @param windowScore score that fills the window; one expected block is 2^240
 */
public record Pplns(BigInteger windowScore) implements RewardScheme {
    private static final BigInteger BLOCK_SCORE = BigInteger.ONE.shiftLeft(240);

    public Pplns {
        if (windowScore.signum() <= 0) {
            throw new IllegalArgumentException("a window holds work");
        }
    }

    /** A window of so many expected blocks. */
    public static Pplns ofBlocks(int blocks) {
        return new Pplns(BLOCK_SCORE.multiply(BigInteger.valueOf(blocks)));
    }

    @Override
    public Weights weights(Iterable<SliceWork> newestFirst, int finder) {
        Map<Integer, BigInteger> full = new HashMap<>();
        BigInteger total = BigInteger.ZERO;
        long first = 0;
        long last = 0;
        for (SliceWork slice : newestFirst) {
            if (slice.score().signum() == 0) {
                continue;
            }
            BigInteger rest = windowScore.subtract(total);
            if (rest.signum() == 0) {
                break;
            }
            last = last == 0 ? slice.number() : last;
            first = slice.number();
            if (slice.score().compareTo(rest) > 0) {
                return Weights.of(withBoundary(full, slice, rest), first, last);
            }
            slice.addTo(full, BigInteger.ONE);
            total = total.add(slice.score());
        }
        return total.signum() == 0 ? new Solo().weights(newestFirst, finder) : Weights.of(full, first, last);
    }

    /** s * full + r * boundary: whole numbers for what would be full + boundary * r / s. */
    private static Map<Integer, BigInteger> withBoundary(
            Map<Integer, BigInteger> full, SliceWork boundary, BigInteger rest) {
        Map<Integer, BigInteger> weights = new HashMap<>();
        full.forEach((account, score) -> weights.put(account, score.multiply(boundary.score())));
        boundary.addTo(weights, rest);
        return weights;
    }
}
