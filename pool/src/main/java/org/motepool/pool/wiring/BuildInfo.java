package org.motepool.pool.wiring;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import org.motepool.validator.hash.HasherChoice;

/** What runs here, as labels of a metric that is always 1. Thread-safe. */
final class BuildInfo {
    private final Gauge gauge;
    private final Gauge raced;

    BuildInfo(CollectorRegistry registry) {
        gauge = Gauge.build(
                        "mote_build_info", "What runs here; always 1. simd: how larger batches of shares are hashed.")
                .labelNames("java", "simd")
                .register(registry);
        raced = Gauge.build(
                        "mote_raced_shares_per_second",
                        "Shares of 4 branches that one thread hashed in the race at start; 0 where there was none.")
                .labelNames("hasher")
                .register(registry);
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
        gauge.labels(Runtime.version().toString(), simd).set(1);
    }
}
