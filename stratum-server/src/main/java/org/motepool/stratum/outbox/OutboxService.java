package org.motepool.stratum.outbox;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Path;
import org.motepool.core.time.PoolClock;
import org.motepool.store.Store;
import org.motepool.validator.log.ShareLog;

/**
 * Sends all work of this node, of the log that this process writes and of those that former processes left, and deletes
 * what was kept long enough. Thread-safe. It needs no store to start; while there is none, work waits in the logs.
 */
public final class OutboxService implements AutoCloseable {
    private final OutboxMetrics metrics;
    private final Outbox outbox;
    private final DrainLogs drain;
    private final KeptLogs kept;

    private OutboxService(OutboxMetrics metrics, Outbox outbox, DrainLogs drain, KeptLogs kept) {
        this.metrics = metrics;
        this.outbox = outbox;
        this.drain = drain;
        this.kept = kept;
    }

    /**
     * Starts all.
     *
     * @param liveDirectory where {@code live} has its segments
     * @throws IOException when the log's directory cannot be written, or the store has no such shard
     */
    public static OutboxService start(
            OutboxSettings settings,
            ShareLog live,
            Path liveDirectory,
            Store store,
            PoolClock clock,
            CollectorRegistry metrics)
            throws IOException {
        int shard = LogNotes.shardOf(
                liveDirectory, settings.shard(), store.workStream().shards());
        OutboxMetrics counters = new OutboxMetrics(metrics);
        SentLog own = SentLog.live(live, liveDirectory, shard);
        Outbox outbox = new Outbox(own, store, clock, counters);
        DrainLogs drain = new DrainLogs(settings, liveDirectory, store, clock, counters);
        KeptLogs kept = new KeptLogs(settings, own, store, clock);
        outbox.start();
        drain.start();
        kept.start();
        return new OutboxService(counters, outbox, drain, kept);
    }

    /** Ends all, after a last sending. Close the share log before it, and the store after it. Idempotent. */
    @Override
    public void close() {
        kept.close();
        outbox.close();
        drain.close();
        metrics.close();
    }
}
