package org.motepool.stratum.stats;

import org.motepool.store.LiveStats;

/** Adds up devices of one family and class. Rates add; their spreads add as squares. Not thread-safe. */
final class FamilySum {
    private static final double HASHES_PER_WORK_UNIT = 65_536;

    private int workers;
    private double rate;
    private double variance;
    private double best;

    void add(ShareCounters.Totals totals) {
        workers++;
        double own = totals.windowWork() * HASHES_PER_WORK_UNIT / Math.max(1, totals.windowSeconds());
        rate += own;
        variance += totals.windowShares() == 0 ? 0 : own * own / totals.windowShares();
        best = Math.max(best, totals.best());
    }

    LiveStats.FamilyReport report(String family, String deviceClass) {
        return new LiveStats.FamilyReport(
                family, deviceClass, workers, rate, variance == 0 ? 0 : Math.round(rate * rate / variance), best);
    }
}
