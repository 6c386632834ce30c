package org.motepool.core.work;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/**
 * A 256-bit ceiling: a hash, read as a little-endian number over its internal bytes, passes when it is not above it.
 *
 * @param w3 the most significant 64 bits, unsigned; then w2, w1 and the least significant w0
 */
public record Target(long w3, long w2, long w1, long w0) {
    public static final int HASH_BYTES = 32;
    public static final Target DIFFICULTY_ONE = of(BigInteger.valueOf(0xffff).shiftLeft(208));

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Throws IllegalArgumentException outside 0 … 2^256 - 1. */
    public static Target of(BigInteger number) {
        if (number.signum() < 0 || number.bitLength() > 256) {
            throw new IllegalArgumentException("a target has 256 bits");
        }
        return new Target(
                number.shiftRight(192).longValue(),
                number.shiftRight(128).longValue(),
                number.shiftRight(64).longValue(),
                number.longValue());
    }

    /**
     * Tells whether a hash passes. Allocates nothing.
     *
     * @param hash holds the hash in internal order
     * @param offset where it starts
     * @param shift how many of its first (most significant) bits are ignored; none on real chains
     */
    public boolean accepts(byte[] hash, int offset, PowShift shift) {
        long h3 = (long) LONG.get(hash, offset + 24) & shift.mask();
        if (h3 != w3) {
            return Long.compareUnsigned(h3, w3) < 0;
        }
        long h2 = (long) LONG.get(hash, offset + 16);
        if (h2 != w2) {
            return Long.compareUnsigned(h2, w2) < 0;
        }
        long h1 = (long) LONG.get(hash, offset + 8);
        if (h1 != w1) {
            return Long.compareUnsigned(h1, w1) < 0;
        }
        return Long.compareUnsigned((long) LONG.get(hash, offset), w0) <= 0;
    }

    public BigInteger toNumber() {
        return word(w3).shiftLeft(192)
                .or(word(w2).shiftLeft(128))
                .or(word(w1).shiftLeft(64))
                .or(word(w0));
    }

    private static BigInteger word(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }

    @Override
    public String toString() {
        return "%016x%016x%016x%016x".formatted(w3, w2, w1, w0);
    }
}
