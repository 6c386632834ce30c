package org.motepool.stratum.stats;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.motepool.store.LiveStats;
import org.motepool.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports changed workers and the node about once a second. A store that is away loses nothing but freshness. */
public final class StatsPublisher implements AutoCloseable {
    /** Workers of one publish: bounds the store's work of one step; the rest follows in the same second. */
    private static final int REPORTS_MAX = 2000;

    private static final Logger LOG = LoggerFactory.getLogger(StatsPublisher.class);

    private final StatsBook book;
    private final Optional<LiveStats> store;
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
            StratumMetrics metrics,
            String nodeId,
            Supplier<String> hashPath,
            IntSupplier connections) {
        this.book = book;
        this.store = store;
        this.metrics = metrics;
        this.nodeId = nodeId;
        this.hashPath = hashPath;
        this.connections = connections;
    }

    public void start() {
        var _ = timer.scheduleWithFixedDelay(this::publishSafely, 1, 1, TimeUnit.SECONDS);
    }

    private void publishSafely() {
        try {
            publish();
        } catch (RuntimeException e) {
            LOG.error("live statistics failed", e);
        }
    }

    /** One round; blocks. */
    synchronized void publish() {
        LiveStats.NodeReport node = book.node(nodeId, connections.getAsInt(), hashPath.get());
        metrics.workersActive.set(node.workers());
        metrics.accountsActive.set(node.accounts());
        metrics.bestDifficulty.set(node.best());
        List<LiveStats.WorkerReport> changed = book.takeChanged(nodeId);
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

    /** A last round, then the node's report is withdrawn. */
    @Override
    public void close() {
        // A round that is under way ends by itself: every call to the store is bounded.
        timer.shutdown();
        try {
            if (!timer.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("the last live statistics are still under way");
            }
            publishSafely();
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
