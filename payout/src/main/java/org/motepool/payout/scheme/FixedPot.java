package org.motepool.payout.scheme;

import java.math.BigInteger;
import java.util.Map;
import org.motepool.core.money.Money;

/**
 * A known amount per day, funded beforehand, shared by the day's work: income for devices on a chain where a block is out
 * of their reach. Never more than what is in the pot. Linear in work, so nothing is gained by coming and going.
 *
 * @param daily what a day shares while the pot lasts
 */
public record FixedPot(Money daily) {
    /** What a day shares of a pot that holds so much. */
    public Money share(Money pot) {
        return daily.compareTo(pot) <= 0 ? daily : pot;
    }

    /**
     * @param workUnits of the day, by account index
     * @param firstSlice of the day
     * @param lastSlice of the day
     */
    public static Weights weights(Map<Integer, BigInteger> workUnits, long firstSlice, long lastSlice) {
        return Weights.of(workUnits, firstSlice, lastSlice);
    }
}
