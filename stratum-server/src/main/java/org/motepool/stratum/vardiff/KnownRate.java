package org.motepool.stratum.vardiff;

import org.motepool.core.work.Level;

/**
 * What a connection knew of its device when it ended: enough for the next one to go on.
 *
 * @param level that it worked at
 * @param shares that tell the rate, counted as {@link RateEstimate} does
 * @param exposure in which they came: seconds per hash
 */
public record KnownRate(Level level, double shares, double exposure) {
    public KnownRate {
        if (!(shares >= 0 && shares <= 2 * RateEstimate.PAST_SHARES_MAX)) {
            throw new IllegalArgumentException(
                    "shares are 0 to " + 2 * RateEstimate.PAST_SHARES_MAX + ", not " + shares);
        }
        if (!(exposure > 0 && exposure < 1e9)) {
            throw new IllegalArgumentException("exposure is positive, not " + exposure);
        }
    }
}
