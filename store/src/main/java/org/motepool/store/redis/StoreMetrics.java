package org.motepool.store.redis;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the store counts of itself; {@code door} is one of the doors' names. Thread-safe. */
final class StoreMetrics implements AutoCloseable {
    private final CollectorRegistry registry;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Histogram duration;
    private final Counter failures;
    private final Gauge up;

    StoreMetrics(CollectorRegistry registry) {
        this.registry = registry;
        duration = Histogram.build("mote_store_request_duration_seconds", "Time until the store answered")
                .labelNames("door")
                .buckets(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
                .register(registry);
        failures = Counter.build(
                        "mote_store_request_failures_total", "Calls that the store did not answer as it should")
                .labelNames("door")
                .register(registry);
        up = Gauge.build("mote_store_up", "1 while the connection to the store is open")
                .register(registry);
    }

    void answered(String door, long nanos) {
        duration.labels(door).observe(nanos / 1e9);
    }

    void failed(String door) {
        failures.labels(door).inc();
    }

    void up(boolean connected) {
        up.set(connected ? 1 : 0);
    }

    /** Takes them off the registry, so that a store can be opened again in the same process. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            registry.unregister(duration);
            registry.unregister(failures);
            registry.unregister(up);
        }
    }
}
