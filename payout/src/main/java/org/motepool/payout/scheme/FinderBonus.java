package org.motepool.payout.scheme;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.motepool.core.money.Money;

/**
 * PPLNS with a bonus for the finder: a mix of two linear schemes, so nothing is gained by hopping. Not wired yet.
 *
 * @param pplns by which the rest is shared
 * @param basisPoints of the reward that are the finder's, 0 … 10000
 */
public record FinderBonus(Pplns pplns, int basisPoints) {
    private static final BigInteger BASIS_POINTS = BigInteger.valueOf(10_000);

    public FinderBonus {
        if (basisPoints < 0 || basisPoints > 10_000) {
            throw new IllegalArgumentException("a bonus is 0 to 10000 basis points, not " + basisPoints);
        }
    }

    /** floor(R * basisPoints / 10000), to the 10^-12 satoshi. */
    public Money bonus(Money reward) {
        return Money.ofFractions(
                reward.toFractions().multiply(BigInteger.valueOf(basisPoints)).divide(BASIS_POINTS));
    }

    /**
     * Credits by account index; they add up to the reward.
     *
     * @param newestFirst sealed work, the slice before the block first
     * @param finder account index
     * @param order of accounts in the split
     */
    public Map<Integer, Money> credits(
            Money reward, Iterable<SliceWork> newestFirst, int finder, Comparator<Integer> order) {
        Money bonus = bonus(reward);
        Map<Integer, Money> credits =
                new HashMap<>(Credits.of(reward.minus(bonus), pplns.weights(newestFirst, finder), order));
        credits.merge(finder, bonus, Money::plus);
        return credits;
    }
}
