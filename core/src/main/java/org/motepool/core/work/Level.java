package org.motepool.core.work;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The share difficulty as a whole number: a share of level k has a hash ≤ 2^(256-k) - 1 and so proves 2^k hashes.
 *
 * @param value k, 16 … 66
 */
public record Level(int value) implements Comparable<Level> {
    public static final int LOWEST = 16;
    public static final int HIGHEST = 66;
    public static final Level MIN = new Level(LOWEST);
    public static final Level MAX = new Level(HIGHEST);
    /** The level announced to Stratum V1 as difficulty 1. */
    public static final Level DIFFICULTY_ONE = new Level(32);

    private static final Target[] TARGETS = new Target[HIGHEST + 1];

    static {
        for (int k = LOWEST; k <= HIGHEST; k++) {
            TARGETS[k] = Target.of(BigInteger.ONE.shiftLeft(256 - k).subtract(BigInteger.ONE));
        }
    }

    public Level {
        if (value < LOWEST || value > HIGHEST) {
            throw new IllegalArgumentException("level is 16 to 66, not " + value);
        }
    }

    /** The level nearest to {@code value} that exists. */
    public static Level clamped(int value) {
        return new Level(Math.clamp(value, LOWEST, HIGHEST));
    }

    /** Highest level that is not harder than so many expected hashes a share, clamped; at least 1 hash. */
    public static Level floorOfHashes(BigInteger hashes) {
        return clamped(hashes.bitLength() - 1);
    }

    /** The highest level not above a Stratum difficulty, clamped to those that exist; throws when not positive. */
    public static Level floorOfDifficulty(BigDecimal difficulty) {
        if (difficulty.signum() <= 0) {
            throw new IllegalArgumentException("difficulty is positive");
        }
        // Out-of-range exponents would make the exact product below huge.
        long magnitude = (long) difficulty.precision() - difficulty.scale();
        if (magnitude > 20) {
            return MAX;
        }
        if (magnitude < -20) {
            return MIN;
        }
        return floorOfHashes(difficulty
                .multiply(new BigDecimal(BigInteger.ONE.shiftLeft(32)))
                .toBigInteger()
                .max(BigInteger.ONE));
    }

    /** 2^(256-k) - 1. */
    public Target target() {
        return TARGETS[value];
    }

    /** Worth of one share, in work units of 2^16 hashes. */
    public long workUnits() {
        return 1L << (value - LOWEST);
    }

    /** Expected hashes of one share, 2^k. */
    public BigInteger hashes() {
        return BigInteger.ONE.shiftLeft(value);
    }

    /** Expected hashes of one share as a floating point number, exact; for statistics and gauges only. */
    public double hashesAsDouble() {
        return Math.scalb(1.0, value);
    }

    /**
     * What Stratum V1 is told: 2^(k-32), a plain decimal without exponent or trailing fraction (devices parse no more);
     * at most 12 significant digits, exact.
     */
    public String announcedDifficulty() {
        if (value >= 32) {
            return BigInteger.ONE.shiftLeft(value - 32).toString();
        }
        return BigDecimal.ONE
                .divide(new BigDecimal(BigInteger.ONE.shiftLeft(32 - value)))
                .toPlainString();
    }

    @Override
    public int compareTo(Level other) {
        return Integer.compare(value, other.value);
    }
}
