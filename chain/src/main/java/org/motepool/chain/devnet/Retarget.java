package org.motepool.chain.devnet;

import java.math.BigInteger;
import java.time.Duration;
import org.motepool.core.work.Level;
import org.motepool.core.work.Nbits;
import org.motepool.core.work.PowShift;

/**
 * The devnet's difficulty rule, a function of header times alone. Thread-safe.
 *
 * <p>After each block the target moves by e^((t - T') / 8T), where T is the block time and t the time of that block,
 * counted up to 2.7 T. T' is what such a capped time is on average when blocks come at T: without it, capping would make
 * blocks late. One block so moves the target by -11 … +25 %, and a change of hash rate is followed within about a dozen
 * blocks. When no block comes for 10 T, easier targets are allowed too, so that a chain whose devices left goes on.
 */
final class Retarget {
    /** Blocks after which most of a change has been followed. */
    private static final int DAMPING_BLOCKS = 8;
    /** Longest block time that counts, in thousandths of T; bounds the step to +25 %. */
    private static final int COUNTED_MAX = 2700;
    /** Mean of an exponential time capped at 2.7 of its mean: 1 - e^-2.7, in thousandths. */
    private static final int COUNTED_MEAN = 933;
    /** Block times without a block for each doubling of the target; chance alone makes one in 22,000 blocks wait so. */
    private static final int EASING_BLOCK_TIMES = 10;
    /** A night's sleep of the machine shall not drop the difficulty to nothing. */
    private static final int EASINGS_MAX = 6;

    private static final BigInteger ALL_HASHES = BigInteger.ONE.shiftLeft(256);

    private final long blockMillis;
    private final BigInteger targetMax;

    Retarget(Duration blockTime, PowShift shift) {
        blockMillis = blockTime.toMillis();
        // Above 2^(256-S) every hash passes, so easier targets would say less work than there is.
        targetMax = ALL_HASHES.shiftRight(Math.max(Level.LOWEST, shift.bits())).subtract(BigInteger.ONE);
    }

    /** The target that so many nominal hashes meet on average, or the easiest. */
    Nbits start(BigInteger hashesPerBlock) {
        return compact(ALL_HASHES.divide(hashesPerBlock));
    }

    private Nbits compact(BigInteger target) {
        return Nbits.notAbove(target.min(targetMax).max(BigInteger.ONE));
    }

    /** Expected nominal hashes of a block. */
    static BigInteger work(Nbits nbits) {
        return ALL_HASHES.divide(nbits.tau());
    }

    /** No block's target may be above this. */
    boolean withinLimit(Nbits nbits) {
        return nbits.target().toNumber().compareTo(targetMax) <= 0;
    }

    /** What the block after {@code parent} must have if it comes in time. */
    Nbits next(DevnetBlock parent) {
        Nbits now = parent.header().nbits();
        if (parent.resume().isPresent()) {
            return parent.resume().get().restart().orElse(now);
        }
        DevnetBlock before = parent.parent();
        // A header's time is when its job was made, so the first block after a start says nothing yet.
        if (before == null || before.height() == 0 || before.resume().isPresent()) {
            return now;
        }
        long millis = Math.clamp((parent.ntime() - before.ntime()) * 1000, 0, blockMillis * COUNTED_MAX / 1000);
        return compact(adjusted(now.target().toNumber(), millis * 1000 - blockMillis * COUNTED_MEAN));
    }

    /** Times e^(late / 8T) by its first Padé approximant; {@code late} in microseconds. */
    private BigInteger adjusted(BigInteger target, long late) {
        long twice = 2L * DAMPING_BLOCKS * blockMillis * 1000;
        return target.multiply(BigInteger.valueOf(twice + late)).divide(BigInteger.valueOf(twice - late));
    }

    /** What a template of {@code ntime} has: the easiest allowed. */
    Nbits next(DevnetBlock parent, int ntime) {
        return eased(next(parent), easings(parent, ntime));
    }

    /** Tells whether a block after {@code parent} may have these; harder ones of the same wait stay allowed. */
    boolean allows(DevnetBlock parent, int ntime, Nbits nbits) {
        Nbits base = next(parent);
        for (int step = easings(parent, ntime); step >= 0; step--) {
            if (eased(base, step).equals(nbits)) {
                return true;
            }
        }
        return false;
    }

    private int easings(DevnetBlock parent, int ntime) {
        long waited = (Integer.toUnsignedLong(ntime) - parent.restTime()) * 1000;
        return Math.clamp(waited / (EASING_BLOCK_TIMES * blockMillis), 0, EASINGS_MAX);
    }

    private Nbits eased(Nbits base, int doublings) {
        return doublings == 0 ? base : compact(base.target().toNumber().shiftLeft(doublings));
    }
}
