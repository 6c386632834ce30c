package org.motepool.core.work;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * How the miners of a proof of work count difficulties. The one place that turns levels into them and back: levels count
 * hashes and are the same everywhere.
 *
 * @param one the level announced to Stratum V1 as difficulty 1
 */
public record DifficultyScale(Level one) {
    static final DifficultyScale SHA256D = new DifficultyScale(new Level(32));
    static final DifficultyScale SCRYPT = new DifficultyScale(new Level(16));

    /** The target of difficulty 1 has these 16 bits and then zeros: a little less than the level's own. */
    private static final double TARGET_DIGITS = 0xffff;

    /**
     * What Stratum V1 is told, a plain decimal without exponent or trailing fraction (devices parse no more); at most 12
     * significant digits, exact.
     */
    public String announced(Level level) {
        int power = level.value() - one.value();
        if (power >= 0) {
            return BigInteger.ONE.shiftLeft(power).toString();
        }
        return BigDecimal.ONE
                .divide(new BigDecimal(BigInteger.ONE.shiftLeft(-power)))
                .toPlainString();
    }

    /** The same as a number, exact; for statistics, gauges and pages only. */
    public double of(Level level) {
        return Math.scalb(1.0, level.value() - one.value());
    }

    /** The highest level not above a difficulty, clamped to those that exist; throws when not positive. */
    public Level floor(BigDecimal difficulty) {
        if (difficulty.signum() <= 0) {
            throw new IllegalArgumentException("difficulty is positive");
        }
        // Out-of-range exponents would make the exact product below huge.
        long magnitude = (long) difficulty.precision() - difficulty.scale();
        if (magnitude > 20) {
            return Level.MAX;
        }
        if (magnitude < -20) {
            return Level.MIN;
        }
        return Level.floorOfHashes(
                difficulty.multiply(new BigDecimal(one.hashes())).toBigInteger().max(BigInteger.ONE));
    }

    /**
     * The difficulty that a hash reached, for display.
     *
     * @param hash holds the hash in internal order from {@code offset}
     */
    public double reached(byte[] hash, int offset, PowShift shift) {
        double number = 0;
        int ignored = shift.bits();
        for (int i = 31; i >= 0; i--) {
            int value = hash[offset + i] & 0xff;
            int cut = Math.min(8, ignored);
            ignored -= cut;
            number = number * 256 + (value & 0xff >>> cut);
        }
        return Math.scalb(TARGET_DIGITS, 240 - one.value()) / Math.max(1, number);
    }

    /** The level that has here the difficulty of {@code sha256d} among miners of SHA-256d; clamped to those that exist. */
    public Level like(Level sha256d) {
        return Level.clamped(sha256d.value() - SHA256D.one.value() + one.value());
    }
}
