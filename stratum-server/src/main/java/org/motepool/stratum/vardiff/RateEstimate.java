package org.motepool.stratum.vardiff;

import org.motepool.core.work.Level;

/**
 * What is known of a device's hash rate. Owned by the event loop of its connection.
 *
 * <p><b>The estimate.</b> Shares of level k come by chance, rate/2^k of them a second. So all that matters of the past is
 * two numbers: how many shares came (n) and the <i>exposure</i> e = Σ seconds/2^k, the time in which they came, each second
 * counted by how easy its shares were. After that the rate is known as well as the distribution Gamma(n + ½, e) says (that is
 * Bayes' rule for a Poisson count where nothing was known before, with Jeffreys' prior): about n/e, give or take a part 1/√n
 * of it. Few shares leave it wide, many make it narrow, and silence lowers it, since then e grows and n does not. The
 * exposure counts hashes and not shares, so a change of level loses nothing.
 *
 * <p><b>The change.</b> A device that was throttled, woke up or lost a chip is not what it was, and its past must not be
 * averaged in. So the newest shares are kept apart, and two stories are compared: one rate for all, or one for the past and
 * another for the newest. Once the second explains what was seen e^9 times better (the generalised likelihood ratio of two
 * Poisson counts), the past is forgotten. The newest are the last few shares, or none, the silence since the last one: so the
 * same test sees a flood (many shares in no time) and a silence (no share in the time of nine).
 */
final class RateEstimate {
    /** Shares that the past counts for at most: more would be more exact than devices are steady. */
    static final double PAST_SHARES_MAX = 96;

    /** Newest shares kept apart from the past. */
    private static final int NEWEST_SHARES_MAX = 32;

    /** Logarithm of the ratio above. A steady device reaches it by chance less than once in a day. */
    private static final double CHANGE_LIKELIHOOD = 9;

    /**
     * Silence since the last change counts for so many intervals of the level in force. It is clear by then that the level
     * is too high; and a device that slept all night must not have a night's silence to make up for.
     */
    private static final double SILENT_INTERVALS_MAX = 4;

    /** What is counted before the first share: half a one is Jeffreys' rule, the least that lets silence tell something. */
    private static final double PRIOR_SHARES = 0.5;

    /** Shares are read in bunches: none counts for less time. */
    private static final double SHARE_SECONDS_MIN = 0.001;

    private double pastShares;
    private double pastExposure;
    private double newestShares;
    private double newestExposure;
    /** The part of the newest since the last share. */
    private double silence;

    /** Time passed for a device that works at this level, and was to prove a share in each interval. */
    void passed(double seconds, Level level, double intervalSeconds) {
        double passed = seconds / level.hashesAsDouble();
        newestExposure += passed;
        silence += passed;
        forgetIfChanged();
        if (shares() == 0) {
            double most = SILENT_INTERVALS_MAX * intervalSeconds / level.hashesAsDouble();
            newestExposure = Math.min(newestExposure, Math.max(0, most - pastExposure));
            silence = newestExposure;
        }
    }

    /** A share of the level in force was proven. */
    void share(Level level) {
        if (shares() == 0) {
            // The silence so far is a past of its own: what follows it may be something else.
            settle();
        }
        newestShares++;
        newestExposure += SHARE_SECONDS_MIN / level.hashesAsDouble();
        silence = 0;
        forgetIfChanged();
        if (newestShares >= NEWEST_SHARES_MAX) {
            settle();
        }
    }

    /** Back to knowing nothing. */
    void forget() {
        known(0, 0);
    }

    /** Takes over what was known before. */
    void known(double shares, double exposure) {
        pastShares = shares;
        pastExposure = exposure;
        newestShares = 0;
        newestExposure = 0;
        silence = 0;
    }

    private void settle() {
        double kept = Math.min(1, PAST_SHARES_MAX / (shares() + Double.MIN_NORMAL));
        known(kept * shares(), kept * exposure());
    }

    private void forgetIfChanged() {
        double together = likelihood(shares(), exposure());
        if (likelihood(shares(), exposure() - silence) - together > CHANGE_LIKELIHOOD) {
            double still = silence;
            forget();
            newestExposure = still;
            silence = still;
        } else if (likelihood(pastShares, pastExposure) + likelihood(newestShares, newestExposure) - together
                > CHANGE_LIKELIHOOD) {
            pastShares = 0;
            pastExposure = 0;
        }
    }

    /** Log-likelihood of a Poisson count at the rate that fits it best, without what cancels in a ratio. */
    private static double likelihood(double shares, double exposure) {
        return shares == 0 ? 0 : shares * Math.log(shares / Math.max(exposure, Double.MIN_NORMAL));
    }

    /** Shares that tell the present rate. */
    double shares() {
        return pastShares + newestShares;
    }

    double exposure() {
        return pastExposure + newestExposure;
    }

    /**
     * Hashes a second that the rate lies below with the probability of a standard normal below {@code deviations}: 0 gives
     * the middle, -2 a rate that it almost surely exceeds.
     */
    double quantile(double deviations) {
        // Wilson and Hilferty: the cube root of a Gamma is nearly normal.
        double shape = shares() + PRIOR_SHARES;
        double root = 1 - 1 / (9 * shape) + deviations / (3 * Math.sqrt(shape));
        return root <= 0 ? 0 : shape * root * root * root / Math.max(exposure(), Double.MIN_NORMAL);
    }
}
