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

    ShareCounters(long nowSeconds) {
        window = new SlidingWindow(nowSeconds);
    }

    synchronized void accept(Level level, double difficulty, long nowSeconds) {
        accepted++;
        acceptedWork += level.workUnits();
        best = Math.max(best, difficulty);
        window.add(nowSeconds, level.workUnits());
    }

    synchronized void reject(RejectReason reason) {
        rejected.computeIfAbsent(reason, _ -> new AtomicLong()).incrementAndGet();
    }

    synchronized Totals totals(long nowSeconds) {
        Map<String, Long> byLabel = new TreeMap<>();
        rejected.forEach((reason, count) -> byLabel.put(reason.label(), count.get()));
        return new Totals(
                accepted,
                byLabel,
                acceptedWork,
                window.shares(nowSeconds),
                window.work(nowSeconds),
                window.seconds(nowSeconds),
                best);
    }

    /** One consistent reading. */
    record Totals(
            long accepted,
            Map<String, Long> rejected,
            long acceptedWork,
            long windowShares,
            long windowWork,
            int windowSeconds,
            double best) {
        Totals {
            rejected = Map.copyOf(rejected);
        }
    }
}
