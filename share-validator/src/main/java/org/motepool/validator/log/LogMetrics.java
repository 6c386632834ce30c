package org.motepool.validator.log;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;

/** What the share log tells about itself. Thread-safe. */
final class LogMetrics implements AutoCloseable {
    private static final double NANOS_PER_SECOND = 1e9;

    private final CollectorRegistry registry;
    private final Histogram forceDuration;
    private final Counter forces;
    private final Counter failures;
    private final Gauge pendingShares;

    LogMetrics(CollectorRegistry registry) {
        this.registry = registry;
        forceDuration = Histogram.build(
                        "mote_sharelog_force_duration_seconds", "Time to force what was gathered to disk.")
                .buckets(.0002, .0005, .001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5)
                .register(registry);
        forces = Counter.build("mote_sharelog_forces_total", "Successful forces of the share log.")
                .register(registry);
        failures = Counter.build(
                        "mote_sharelog_failures_total", "Times that what was gathered could not be written or forced.")
                .register(registry);
        pendingShares = Gauge.build("mote_sharelog_pending_shares", "Shares that wait to be forced.")
                .register(registry);
    }

    void forced(long nanos) {
        forceDuration.observe(nanos / NANOS_PER_SECOND);
        forces.inc();
    }

    void failed() {
        failures.inc();
    }

    void pending(int shares) {
        pendingShares.set(shares);
    }

    /** Takes them from the registry again, so that the next log of this process can register. */
    @Override
    public void close() {
        registry.unregister(forceDuration);
        registry.unregister(forces);
        registry.unregister(failures);
        registry.unregister(pendingShares);
    }
}
