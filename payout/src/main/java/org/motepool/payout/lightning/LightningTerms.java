package org.motepool.payout.lightning;

/**
 * How payments over Lightning are made.
 *
 * @param most satoshis of one payment; larger ones go on the chain
 * @param inFlightMax satoshis of payments that have begun and not ended
 * @param feeBasisPointsMax what the way may cost, borne by the pool; one satoshi is allowed in any case
 */
public record LightningTerms(long most, long inFlightMax, int feeBasisPointsMax) {
    private static final long MILLIS = 1_000;

    public LightningTerms {
        if (most < 1 || inFlightMax < most || feeBasisPointsMax < 0 || feeBasisPointsMax > 10_000) {
            throw new IllegalArgumentException(
                    "no terms: " + most + " at once, " + inFlightMax + " in flight, fee " + feeBasisPointsMax);
        }
    }

    /** In millisatoshis. */
    long feeMax(long satoshis) {
        return Math.max(MILLIS, Math.multiplyExact(satoshis, feeBasisPointsMax) / 10);
    }
}
