package org.motepool.pool.wiring;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.Version;
import org.motepool.validator.hash.HasherChoice;

/** What runs here and since when, as metrics. Thread-safe. */
final class BuildInfo {
    /** The commit, set by the launcher of a checkout; elsewhere nobody knows it. */
    private static final String REVISION = System.getProperty("mote.revision", "unknown");

    private final Gauge gauge;
    private final Gauge raced;

    BuildInfo(CollectorRegistry registry, PoolClock clock) {
        gauge = Gauge.build(
                        "mote_build_info", "What runs here; always 1. simd: how larger batches of shares are hashed.")
                .labelNames("version", "revision", "java", "simd")
                .register(registry);
        raced = Gauge.build(
                        "mote_raced_shares_per_second",
                        "Shares of 4 branches that one thread hashed in the race at start; 0 where there was none.")
                .labelNames("hasher")
                .register(registry);
        Gauge.build("mote_start_timestamp_seconds", "When this process started the pool.")
                .register(registry)
                .set(clock.epochSeconds());
        set("scalar");
    }

    /** To be told once the share hasher is chosen. */
    void setSimd(HasherChoice.Choice choice) {
        set(choice.path());
        raced.labels("scalar").set(choice.scalarPerSecond());
        raced.labels("vector").set(choice.vectorPerSecond());
    }

    private synchronized void set(String simd) {
        gauge.clear();
        gauge.labels(Version.TEXT, REVISION, Runtime.version().toString(), simd).set(1);
    }
}
