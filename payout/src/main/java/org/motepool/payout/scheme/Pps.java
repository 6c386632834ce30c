package org.motepool.payout.scheme;

import java.math.BigInteger;
import org.motepool.core.money.Money;

/**
 * Pay per share: each work unit is bought at once for what a block pays on average, and the pool carries the luck. What the
 * division leaves is kept per account and added to the next purchase; the denominator never changes, so what is kept stays
 * right under new difficulties. Not wired yet.
 *
 * @param feeBasisPoints the pool's part, 0 … 10000
 */
public record Pps(int feeBasisPoints) {
    private static final BigInteger BASIS_POINTS = BigInteger.valueOf(10_000);
    /** 10000 * 2^240: of every purchase. */
    private static final BigInteger DENOMINATOR = BASIS_POINTS.shiftLeft(240);

    public Pps {
        if (feeBasisPoints < 0 || feeBasisPoints > 10_000) {
            throw new IllegalArgumentException("a fee is 0 to 10000 basis points, not " + feeBasisPoints);
        }
    }

    /**
     * Buys work.
     *
     * @param gross reward of one block
     * @param tau network target + 1 of the work's time
     * @param carry left by the account's purchase before, zero at first
     */
    public Purchase buy(Money gross, BigInteger tau, long workUnits, BigInteger carry) {
        if (workUnits < 0 || tau.signum() <= 0 || carry.signum() < 0 || carry.compareTo(DENOMINATOR) >= 0) {
            throw new IllegalArgumentException("not a purchase: " + workUnits + " wu, carried " + carry);
        }
        BigInteger numerator = gross.toFractions()
                .multiply(BASIS_POINTS.subtract(BigInteger.valueOf(feeBasisPoints)))
                .multiply(tau)
                .multiply(BigInteger.valueOf(workUnits))
                .add(carry);
        BigInteger[] parts = numerator.divideAndRemainder(DENOMINATOR);
        return new Purchase(Money.ofFractions(parts[0]), parts[1]);
    }

    /** @param carry for the account's next purchase, less than one 10^-12 satoshi */
    public record Purchase(Money credit, BigInteger carry) {}
}
