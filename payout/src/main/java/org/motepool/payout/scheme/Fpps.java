package org.motepool.payout.scheme;

import java.math.BigInteger;
import java.util.List;
import org.motepool.core.money.Money;

/**
 * Full pay per share: PPS in which a block is worth its subsidy and the mean fees of the last blocks. What the mean's
 * division leaves is carried to the next. Not wired yet.
 *
 * @param pps that buys
 */
public record Fpps(Pps pps) {
    /** Blocks that a mean may be of. */
    public static final int BLOCKS_MAX = 10_000;

    /**
     * Mean fees of blocks.
     *
     * @param fees of the last blocks, at least one
     * @param carry left by the mean before, zero at first, less than the number of blocks then
     */
    public static Mean mean(List<Money> fees, BigInteger carry) {
        if (fees.isEmpty() || fees.size() > BLOCKS_MAX || carry.signum() < 0) {
            throw new IllegalArgumentException("not a mean: of " + fees.size() + " blocks, carried " + carry);
        }
        BigInteger sum = fees.stream().map(Money::toFractions).reduce(carry, BigInteger::add);
        BigInteger[] parts = sum.divideAndRemainder(BigInteger.valueOf(fees.size()));
        return new Mean(Money.ofFractions(parts[0]), parts[1]);
    }

    /** Buys work at subsidy and mean fees. */
    public Pps.Purchase buy(Money subsidy, Mean fees, BigInteger tau, long workUnits, BigInteger carry) {
        return pps.buy(subsidy.plus(fees.amount), tau, workUnits, carry);
    }

    /** @param carry remainder of the division, in 10^-12 satoshi times the number of blocks */
    public record Mean(Money amount, BigInteger carry) {}
}
