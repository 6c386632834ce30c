package org.motepool.dashboards.management;

import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import io.prometheus.client.hotspot.BufferPoolsExports;
import io.prometheus.client.hotspot.ClassLoadingExports;
import io.prometheus.client.hotspot.GarbageCollectorExports;
import io.prometheus.client.hotspot.MemoryPoolsExports;
import io.prometheus.client.hotspot.StandardExports;
import io.prometheus.client.hotspot.ThreadExports;
import io.prometheus.client.hotspot.VersionInfoExports;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.motepool.dashboards.http.Reply;

/** The registry as Prometheus reads it, with the metrics of JVM and process. Thread-safe. */
final class MetricsPage implements AutoCloseable {
    private final CollectorRegistry registry;
    private final List<Collector> process = List.of(
            new StandardExports(),
            new MemoryPoolsExports(),
            new BufferPoolsExports(),
            new GarbageCollectorExports(),
            new ThreadExports(),
            new ClassLoadingExports(),
            new VersionInfoExports());

    MetricsPage(CollectorRegistry registry) {
        this.registry = registry;
        process.forEach(registry::register);
    }

    Reply reply() {
        StringWriter text = new StringWriter();
        try {
            TextFormat.write004(text, registry.metricFamilySamples());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Reply.of(200, TextFormat.CONTENT_TYPE_004, text.toString()).header("Cache-Control", "no-store");
    }

    @Override
    public void close() {
        process.forEach(registry::unregister);
    }
}
