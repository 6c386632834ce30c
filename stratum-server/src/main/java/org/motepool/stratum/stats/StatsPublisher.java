package org.motepool.stratum.stats;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.motepool.store.History;
import org.motepool.store.LiveStats;
import org.motepool.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports changed workers and the node about once a second. A store that is away loses nothing but freshness. */
public final class StatsPublisher implements AutoCloseable {
    /**
     * Reports sent in one round, and so a second: a storm of devices is not also one of reports. Where more change, each is
     * as many seconds old as there are thousands of them.
     */
    static final int REPORTS_ROUND_MAX = 1_000;

    /** Of one publish, when all go out at the end: bounds the store's work of one step. */
    private static final int REPORTS_MAX = 2_000;

    /** Entries of history sent in one round, and so a second. */
    private static final int MINUTES_ROUND_MAX = 4_000;

    /** Entries of history that wait for a store that is away; the oldest go first. */
    private static final int MINUTES_MAX = 400_000;

    private static final Logger LOG = LoggerFactory.getLogger(StatsPublisher.class);

    private final StatsBook book;
    private final Optional<LiveStats> store;
    private final Optional<History> history;
    private final Deque<History.Entry> minutes = new ArrayDeque<>();
    private long minute;
    private final StratumMetrics metrics;
    private final String nodeId;
    private final Supplier<String> hashPath;
    private final IntSupplier connections;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("stratum-stats").factory());
    private boolean away;

    public StatsPublisher(
            StatsBook book,
            Optional<LiveStats> store,
            Optional<History> history,
            StratumMetrics metrics,
            String nodeId,
            Supplier<String> hashPath,
            IntSupplier connections) {
        this.book = book;
        this.store = store;
        this.history = history;
        this.metrics = metrics;
        this.nodeId = nodeId;
        this.hashPath = hashPath;
        this.connections = connections;
    }

    public void start() {
        var _ = timer.scheduleWithFixedDelay(() -> publishSafely(REPORTS_ROUND_MAX), 1, 1, TimeUnit.SECONDS);
    }

    private void publishSafely(int max) {
        try {
            publish(max);
        } catch (RuntimeException e) {
            LOG.error("live statistics failed", e);
        }
    }

    /**
     * One round; blocks.
     *
     * @param max of workers' reports
     */
    synchronized void publish(int max) {
        LiveStats.NodeReport node = book.node(nodeId, connections.getAsInt(), hashPath.get());
        metrics.workersActive.set(node.workers());
        metrics.accountsActive.set(node.accounts());
        metrics.bestDifficulty.set(node.best());
        List<LiveStats.WorkerReport> changed = book.takeChanged(nodeId, max);
        publishChanged(node, changed);
        publishMinutes(false);
    }

    /** Takes the minutes that are over and sends what fits this round; what the store did not take is sent again. */
    private void publishMinutes(boolean alsoOpen) {
        if (history.isEmpty()) {
            return;
        }
        long now = book.minute();
        if (now != minute || alsoOpen) {
            minute = now;
            minutes.addAll(book.takeMinutes(nodeId, alsoOpen));
            while (minutes.size() > MINUTES_MAX) {
                // A gap in a picture; shares and money are elsewhere.
                minutes.removeFirst();
            }
        }
        if (minutes.isEmpty()) {
            return;
        }
        List<History.Entry> some = minutes.stream().limit(MINUTES_ROUND_MAX).toList();
        try {
            history.get().add(some);
            some.forEach(entry -> minutes.removeFirst());
        } catch (StoreException e) {
            LOG.debug("{} minutes of history wait for the store: {}", minutes.size(), e.getMessage());
        }
    }

    private void publishChanged(LiveStats.NodeReport node, List<LiveStats.WorkerReport> changed) {
        if (store.isEmpty()) {
            return;
        }
        int from = 0;
        try {
            do {
                int to = Math.min(changed.size(), from + REPORTS_MAX);
                store.get().publish(node, changed.subList(from, to));
                from = to;
            } while (from < changed.size());
            away = false;
        } catch (StoreException e) {
            book.markChanged(changed.subList(from, changed.size()));
            if (!away) {
                LOG.warn("live statistics wait for the store: {}", e.getMessage());
            }
            away = true;
        }
    }

    private synchronized void closeHistory() {
        publishMinutes(true);
        for (int left = minutes.size(); left > 0; left -= MINUTES_ROUND_MAX) {
            publishMinutes(false);
        }
    }

    /** A last round, then the node's report is withdrawn. */
    @Override
    public void close() {
        // A round that is under way ends by itself: every call to the store is bounded.
        timer.shutdown();
        try {
            if (!timer.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("the last live statistics are still under way");
            }
            publishSafely(Integer.MAX_VALUE);
            closeHistory();
            if (store.isPresent()) {
                store.get().withdraw(nodeId);
            }
        } catch (StoreException e) {
            LOG.warn("this node's live statistics could not be withdrawn, they will expire: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
