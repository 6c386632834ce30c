package org.motepool.payout.payer;

import java.math.BigInteger;
import org.motepool.core.preference.PreferenceValue;

/** The part of a payment that is left to the pool: whole satoshis, what is broken stays with the payee. Stateless. */
final class Donation {
    private static final int WHOLE = 10_000;

    private Donation() {}

    static void check(int basisPoints) {
        if (basisPoints < 0 || basisPoints > PreferenceValue.BASIS_POINTS_MAX) {
            throw new IllegalArgumentException("no part of a payment: " + basisPoints + " basis points");
        }
    }

    /** Rounded down. */
    static long of(long satoshis, int basisPoints) {
        return satoshis / WHOLE * basisPoints + satoshis % WHOLE * basisPoints / WHOLE;
    }

    /** Least amount of which, without the donation, so many satoshis are left. */
    static long leastFor(long left, int basisPoints) {
        // Of n, the part that is kept is n (1 - p) rounded up; it reaches the amount as soon as n (1 - p) > amount - 1.
        return BigInteger.valueOf(left - 1)
                .multiply(BigInteger.valueOf(WHOLE))
                .divide(BigInteger.valueOf(WHOLE - (long) basisPoints))
                .add(BigInteger.ONE)
                .longValueExact();
    }
}
