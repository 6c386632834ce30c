package org.motepool.core.hash;

import java.math.BigInteger;
import org.motepool.core.bytes.Bytes;

/**
 * A 256-bit double-SHA-256 value: a block hash, a transaction id, a merkle node.
 *
 * <p>Kept in internal order (as hashed and as it stands in a block header). Display order, what people and RPC write, is
 * the reverse. As a number it is little-endian over the internal bytes. Immutable.
 */
public final class Hash256 implements Comparable<Hash256> {
    public static final int BYTES = 32;
    public static final Hash256 ZERO = new Hash256(Bytes.copyOf(new byte[BYTES]));

    private final Bytes internal;

    private Hash256(Bytes internal) {
        this.internal = internal;
    }

    public static Hash256 ofInternal(byte[] source, int offset) {
        return new Hash256(Bytes.copyOf(source, offset, BYTES));
    }

    public static Hash256 ofInternal(byte[] source) {
        return ofInternal(Bytes.copyOf(source));
    }

    public static Hash256 ofInternal(Bytes source) {
        if (source.size() != BYTES) {
            throw new IllegalArgumentException("a hash has 32 bytes, not " + source.size());
        }
        return new Hash256(source);
    }

    /** Parses 64 hex digits in display order; throws IllegalArgumentException. */
    public static Hash256 ofDisplayHex(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException("a hash has 64 hex digits, not " + hex.length());
        }
        return ofInternal(reversed(Bytes.ofHex(hex).toArray()));
    }

    public Bytes internal() {
        return internal;
    }

    public void copyTo(byte[] target, int offset) {
        internal.copyTo(target, offset);
    }

    public String toDisplayHex() {
        return Bytes.copyOf(reversed(internal.toArray())).toHex();
    }

    public BigInteger toNumber() {
        return new BigInteger(1, reversed(internal.toArray()));
    }

    private static byte[] reversed(byte[] source) {
        byte[] reversed = new byte[source.length];
        for (int i = 0; i < source.length; i++) {
            reversed[i] = source[source.length - 1 - i];
        }
        return reversed;
    }

    /** Order of the numbers. */
    @Override
    public int compareTo(Hash256 other) {
        for (int i = BYTES - 1; i >= 0; i--) {
            int difference = Integer.compare(internal.at(i) & 0xff, other.internal.at(i) & 0xff);
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash256 that && internal.equals(that.internal);
    }

    @Override
    public int hashCode() {
        return internal.hashCode();
    }

    @Override
    public String toString() {
        return toDisplayHex();
    }
}
