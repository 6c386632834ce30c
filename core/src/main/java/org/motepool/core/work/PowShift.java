package org.motepool.core.work;

/**
 * How many of a hash's first bits are ignored, in pool and simulated devices alike, so that few real hashes stand for
 * many nominal ones. 0 on every real chain; only the devnet and the bench network have more.
 *
 * @param bits 0 … 32
 */
public record PowShift(int bits) {
    public static final int BITS_MAX = 32;
    public static final PowShift NONE = new PowShift(0);

    public PowShift {
        if (bits < 0 || bits > BITS_MAX) {
            throw new IllegalArgumentException("pow-shift is 0 to " + BITS_MAX + ", not " + bits);
        }
    }

    /** What to keep of the hash's most significant 64 bits. */
    long mask() {
        return -1L >>> bits;
    }
}
