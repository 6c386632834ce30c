package org.motepool.core.work;

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

    @Override
    public int compareTo(Level other) {
        return Integer.compare(value, other.value);
    }
}
