package org.motepool.chain.wallet;

import java.math.BigDecimal;

/**
 * What a transaction pays for its room in a block.
 *
 * @param perKvb satoshis for 1,000 virtual bytes
 */
public record FeeRate(long perKvb) implements Comparable<FeeRate> {
    /** Far above what any chain ever asked for: 100,000 satoshis a virtual byte. */
    public static final long PER_KVB_MAX = 100_000_000;

    private static final int VBYTES = 1000;
    private static final int DECIMALS = 3;

    public FeeRate {
        if (perKvb < 1 || perKvb > PER_KVB_MAX) {
            throw new IllegalArgumentException("a fee rate is 1 to " + PER_KVB_MAX + " satoshis a kvB, not " + perKvb);
        }
    }

    /**
     * Parses satoshis a virtual byte with up to three decimals, as people write it.
     *
     * @throws IllegalArgumentException when it is none, or out of range
     */
    public static FeeRate parse(String satoshisPerVbyte) {
        if (!satoshisPerVbyte.matches("[0-9]{1,6}(\\.[0-9]{1,3})?")) {
            throw new IllegalArgumentException("not a fee rate in satoshis a virtual byte: " + satoshisPerVbyte);
        }
        return new FeeRate(
                new BigDecimal(satoshisPerVbyte).movePointRight(DECIMALS).longValueExact());
    }

    /** The fee of so many virtual bytes, rounded up. */
    public long of(long vbytes) {
        return Math.ceilDiv(Math.multiplyExact(perKvb, vbytes), VBYTES);
    }

    public FeeRate max(FeeRate other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public FeeRate min(FeeRate other) {
        return compareTo(other) <= 0 ? this : other;
    }

    @Override
    public int compareTo(FeeRate other) {
        return Long.compare(perKvb, other.perKvb);
    }

    /** Satoshis a virtual byte, as nodes take it. */
    @Override
    public String toString() {
        return BigDecimal.valueOf(perKvb, DECIMALS).toPlainString();
    }
}
