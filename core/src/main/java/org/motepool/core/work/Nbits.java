package org.motepool.core.work;

import java.math.BigInteger;
import java.util.HexFormat;

/**
 * A network target in Bitcoin's compact form, as it stands in a block header.
 *
 * @param value the 32 bits; the header holds them little-endian, text shows them as 8 hex digits
 */
public record Nbits(int value) {
    private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(256);

    public Nbits {
        if (expand(value).signum() <= 0 || expand(value).compareTo(LIMIT) >= 0) {
            throw new IllegalArgumentException("nbits %08x is not a target between 1 and 2^256 - 1".formatted(value));
        }
    }

    /** Parses 8 hex digits; throws IllegalArgumentException. */
    public static Nbits ofHex(String hex) {
        if (hex.length() != 8) {
            throw new IllegalArgumentException("nbits has 8 hex digits, not " + hex.length());
        }
        // Not Integer.parseUnsignedInt: it takes a sign and the digits of other scripts.
        return new Nbits(HexFormat.fromHexDigits(hex));
    }

    /** The largest compact target that is not above {@code target}. */
    public static Nbits notAbove(BigInteger target) {
        int size = (target.bitLength() + 7) / 8;
        BigInteger mantissa = size <= 3 ? target.shiftLeft(8 * (3 - size)) : target.shiftRight(8 * (size - 3));
        if (mantissa.testBit(23)) {
            mantissa = mantissa.shiftRight(8);
            size++;
        }
        return new Nbits(size << 24 | mantissa.intValueExact());
    }

    private static BigInteger expand(int value) {
        int size = value >>> 24;
        BigInteger mantissa = BigInteger.valueOf(value & 0x7f_ffff);
        BigInteger target = size <= 3 ? mantissa.shiftRight(8 * (3 - size)) : mantissa.shiftLeft(8 * (size - 3));
        return (value & 0x80_0000) != 0 ? target.negate() : target;
    }

    public Target target() {
        return Target.of(expand(value));
    }

    /** Target + 1: the weight of one work unit in a score, see the reward schemes. */
    public BigInteger tau() {
        return expand(value).add(BigInteger.ONE);
    }

    public String toHex() {
        return "%08x".formatted(value);
    }

    /** The difficulty as people quote it, for display only. */
    public double displayDifficulty() {
        return Target.DIFFICULTY_ONE.toNumber().doubleValue() / expand(value).doubleValue();
    }

    @Override
    public String toString() {
        return toHex();
    }
}
