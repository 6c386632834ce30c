package org.motepool.dashboards.http;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Histogram;

/** Times requests by route template, method and status class: closed sets all three. */
public final class RequestMetrics implements AutoCloseable {
    private static final double NANOS_PER_SECOND = 1e9;

    private final CollectorRegistry registry;
    private final Histogram durations;

    public RequestMetrics(CollectorRegistry registry) {
        this.registry = registry;
        this.durations = Histogram.build()
                .name("mote_http_request_duration_seconds")
                .help("Time from a request's head to its reply's end of the public pages and APIs.")
                .labelNames("route", "method", "status")
                .buckets(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5)
                .register(registry);
    }

    void observe(String route, String method, int status, long nanos) {
        String known = method.equals("GET") || method.equals("HEAD") ? method : "other";
        durations.labels(route, known, status / 100 + "xx").observe(nanos / NANOS_PER_SECOND);
    }

    /** Takes the metric out of the registry, so that another server of this process may use it. */
    @Override
    public void close() {
        registry.unregister(durations);
    }
}
