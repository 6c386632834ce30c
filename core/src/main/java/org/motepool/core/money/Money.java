package org.motepool.core.money;

import java.math.BigInteger;

/**
 * An amount of the coin, never negative: whole satoshis and 10^-12 parts of one.
 *
 * @param satoshis 0 … 2^53 - 1, exact in a Lua number and in JSON
 * @param fraction 0 … 10^12 - 1, in 10^-12 satoshi
 */
public record Money(long satoshis, long fraction) implements Comparable<Money> {
    public static final long FRACTIONS_PER_SATOSHI = 1_000_000_000_000L;
    public static final long SATOSHIS_MAX = (1L << 53) - 1;
    public static final Money ZERO = new Money(0, 0);

    private static final BigInteger F = BigInteger.valueOf(FRACTIONS_PER_SATOSHI);

    public Money {
        if (satoshis < 0 || satoshis > SATOSHIS_MAX) {
            throw new ArithmeticException("satoshis out of range: " + satoshis);
        }
        if (fraction < 0 || fraction >= FRACTIONS_PER_SATOSHI) {
            throw new ArithmeticException("fraction out of range: " + fraction);
        }
    }

    public static Money ofSatoshis(long satoshis) {
        return new Money(satoshis, 0);
    }

    /** From a whole number of 10^-12 satoshi; throws ArithmeticException out of range. */
    public static Money ofFractions(BigInteger fractions) {
        BigInteger[] parts = fractions.divideAndRemainder(F);
        return new Money(parts[0].longValueExact(), parts[1].longValueExact());
    }

    /** The amount as a whole number of 10^-12 satoshi. */
    public BigInteger toFractions() {
        return BigInteger.valueOf(satoshis).multiply(F).add(BigInteger.valueOf(fraction));
    }

    public Money plus(Money other) {
        long sum = fraction + other.fraction;
        long carry = sum >= FRACTIONS_PER_SATOSHI ? 1 : 0;
        return new Money(
                Math.addExact(Math.addExact(satoshis, other.satoshis), carry), sum - carry * FRACTIONS_PER_SATOSHI);
    }

    /** Throws ArithmeticException when the result would be below zero. */
    public Money minus(Money other) {
        long difference = fraction - other.fraction;
        long borrow = difference < 0 ? 1 : 0;
        return new Money(satoshis - other.satoshis - borrow, difference + borrow * FRACTIONS_PER_SATOSHI);
    }

    public boolean isZero() {
        return satoshis == 0 && fraction == 0;
    }

    /** Parses what {@link #toString} writes; a fraction part may be shorter or absent; IllegalArgumentException else. */
    public static Money parse(String text) {
        int dot = text.indexOf('.');
        String whole = dot < 0 ? text : text.substring(0, dot);
        String part = dot < 0 ? "" : text.substring(dot + 1);
        if (!whole.matches("[0-9]{1,16}")
                || part.length() > 12
                || !part.matches("[0-9]*")
                || dot == text.length() - 1) {
            throw new IllegalArgumentException("not an amount in satoshis: " + text);
        }
        long satoshis = Long.parseLong(whole);
        if (satoshis > SATOSHIS_MAX) {
            throw new IllegalArgumentException("more satoshis than can be: " + text);
        }
        return new Money(satoshis, Long.parseLong(part + "0".repeat(12 - part.length())));
    }

    @Override
    public int compareTo(Money other) {
        int whole = Long.compare(satoshis, other.satoshis);
        return whole != 0 ? whole : Long.compare(fraction, other.fraction);
    }

    /** Satoshis with exactly 12 decimals. */
    @Override
    public String toString() {
        String digits = Long.toString(FRACTIONS_PER_SATOSHI + fraction).substring(1);
        return satoshis + "." + digits;
    }
}
