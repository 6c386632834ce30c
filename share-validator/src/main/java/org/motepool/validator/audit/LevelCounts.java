package org.motepool.validator.audit;

import java.math.BigInteger;
import org.motepool.core.work.Level;

/** How many shares there were of each level: sums that cannot overflow, whatever a log claims. Not thread-safe. */
final class LevelCounts {
    private final long[] counts = new long[Level.HIGHEST + 1];

    void add(int level) {
        counts[level]++;
    }

    void add(LevelCounts other) {
        for (int k = Level.LOWEST; k <= Level.HIGHEST; k++) {
            counts[k] += other.counts[k];
        }
    }

    long shares() {
        long sum = 0;
        for (int k = Level.LOWEST; k <= Level.HIGHEST; k++) {
            sum += counts[k];
        }
        return sum;
    }

    /** Units of 2^16 hashes. */
    BigInteger workUnits() {
        BigInteger sum = BigInteger.ZERO;
        for (int k = Level.LOWEST; k <= Level.HIGHEST; k++) {
            sum = sum.add(BigInteger.valueOf(counts[k]).shiftLeft(k - Level.LOWEST));
        }
        return sum;
    }
}
