package org.motepool.chain.node;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.util.concurrent.TimeUnit;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.core.time.PoolClock;

/** What Prometheus learns of the nodes. Methods are the few that the pool calls; nodes are numbered from 0. */
final class NodeMetrics {
    private static final double SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PoolClock clock;
    private final Histogram duration;
    private final Counter failures;
    private final Gauge up;
    private final Gauge lastSuccess;
    private final Gauge height;

    NodeMetrics(CollectorRegistry registry, PoolClock clock) {
        this.clock = clock;
        duration = Histogram.build(
                        "mote_node_request_duration_seconds", "Time of requests to nodes, long polls left out")
                .labelNames("method")
                .buckets(0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30)
                .register(registry);
        failures = Counter.build("mote_node_request_failures_total", "Requests that a node did not answer")
                .labelNames("method", "node")
                .register(registry);
        up = Gauge.build("mote_node_up", "1 while the node gives templates")
                .labelNames("node")
                .register(registry);
        lastSuccess = Gauge.build(
                        "mote_template_last_success_timestamp_seconds", "When the last template was handed to miners")
                .register(registry);
        height = Gauge.build("mote_template_height", "Height of the block that the last template would make")
                .register(registry);
    }

    void answered(String method, long nanos) {
        duration.labels(method).observe(nanos / SECOND_NANOS);
    }

    void failed(String method, int node) {
        failures.labels(method, Integer.toString(node)).inc();
    }

    void up(int node, boolean isUp) {
        up.labels(Integer.toString(node)).set(isUp ? 1 : 0);
    }

    void template(BlockTemplate template) {
        lastSuccess.set(clock.epochSeconds());
        height.set(template.height());
    }
}
