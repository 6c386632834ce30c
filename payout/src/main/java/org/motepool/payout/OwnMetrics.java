package org.motepool.payout;

import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import java.util.Collections;
import java.util.List;

/** The metrics of one accountant within a registry; taken off it as a whole, so that a next one can begin. Thread-safe. */
final class OwnMetrics extends Collector implements AutoCloseable {
    private final CollectorRegistry all;
    private final CollectorRegistry own = new CollectorRegistry(true);

    OwnMetrics(CollectorRegistry all) {
        this.all = all;
        all.register(this);
    }

    /** Where the accountant registers. */
    CollectorRegistry registry() {
        return own;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        return Collections.list(own.metricFamilySamples());
    }

    @Override
    public void close() {
        all.unregister(this);
    }
}
