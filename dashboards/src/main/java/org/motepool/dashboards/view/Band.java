package org.motepool.dashboards.view;

/**
 * Adds up independent rates and how well they are known. A rate r told by n equal shares has a spread of r/√n; spreads add
 * as squares, so a few large rates known badly are not hidden behind many small ones known well.
 */
final class Band {
    private double rate;
    private double variance;

    Band add(double hashesPerSecond, long shares) {
        rate += hashesPerSecond;
        if (shares > 0) {
            variance += hashesPerSecond * hashesPerSecond / shares;
        }
        return this;
    }

    /** So many equal shares would tell the sum as well. */
    long shares() {
        return variance == 0 ? 0 : Math.round(rate * rate / variance);
    }
}
