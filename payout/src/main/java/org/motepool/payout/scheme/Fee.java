package org.motepool.payout.scheme;

import java.math.BigInteger;
import org.motepool.core.money.Money;

/** The pool's part of a reward, taken before it is shared. */
public final class Fee {
    private static final BigInteger BASIS_POINTS = BigInteger.valueOf(10_000);

    private Fee() {}

    /** floor(gross * basisPoints / 10000), to the 10^-12 satoshi. */
    public static Money of(Money gross, int basisPoints) {
        if (basisPoints < 0 || basisPoints > 10_000) {
            throw new IllegalArgumentException("a fee is 0 to 10000 basis points, not " + basisPoints);
        }
        return Money.ofFractions(
                gross.toFractions().multiply(BigInteger.valueOf(basisPoints)).divide(BASIS_POINTS));
    }
}
