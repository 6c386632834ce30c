package org.motepool.stratum.stats;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.motepool.core.work.Level;

/** The running counts of one worker, or of the node. Every method is synchronized: sessions on several loops share it. */
final class ShareCounters {
    private final SlidingWindow window;
    private final Map<RejectReason, AtomicLong> rejected = new EnumMap<>(RejectReason.class);
    private long accepted;
    private long acceptedWork;
    private double best;
    private double bestToday;
    private long today;

    ShareCounters(long nowSeconds) {
        window = new SlidingWindow(nowSeconds);
    }

    /** @param day since 1970, by UTC; as in {@link #totals} */
    synchronized void accept(Level level, double difficulty, long nowSeconds, long day) {
        accepted++;
        acceptedWork += level.workUnits();
        best = Math.max(best, difficulty);
        bestToday = day == today ? Math.max(bestToday, difficulty) : difficulty;
        today = day;
        window.add(nowSeconds, level.workUnits());
    }

    synchronized void reject(RejectReason reason) {
        rejected.computeIfAbsent(reason, _ -> new AtomicLong()).incrementAndGet();
    }

    synchronized Totals totals(long nowSeconds, long day) {
        Map<String, Long> byLabel = new TreeMap<>();
        rejected.forEach((reason, count) -> byLabel.put(reason.label(), count.get()));
        return new Totals(
                accepted,
                byLabel,
                acceptedWork,
                window.shares(nowSeconds),
                window.work(nowSeconds),
                window.seconds(nowSeconds),
                best,
                day == today ? bestToday : 0);
    }

    /**
     * One consistent reading.
     *
     * @param bestToday highest difficulty of a share of this day, 0 without one
     */
    record Totals(
            long accepted,
            Map<String, Long> rejected,
            long acceptedWork,
            long windowShares,
            long windowWork,
            int windowSeconds,
            double best,
            double bestToday) {
        Totals {
            rejected = Map.copyOf(rejected);
        }
    }
}
