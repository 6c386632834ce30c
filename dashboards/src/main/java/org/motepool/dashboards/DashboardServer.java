package org.motepool.dashboards;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.motepool.core.time.PoolClock;
import org.motepool.dashboards.http.RequestMetrics;
import org.motepool.dashboards.http.WebServer;
import org.motepool.dashboards.view.Views;
import org.motepool.store.Store;

/** The public page and APIs. Reads only from the store; keeps answering, with 503, while that is away. Thread-safe. */
public final class DashboardServer implements AutoCloseable {
    private final Views views;
    private final RequestMetrics metrics;
    private final WebServer server;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DashboardServer(Views views, RequestMetrics metrics, WebServer server) {
        this.views = views;
        this.metrics = metrics;
        this.server = server;
    }

    /**
     * Starts to listen; does not wait for the store, and does not close it later.
     *
     * @throws org.motepool.dashboards.http.PortInUseException when another program has the port
     * @throws IOException when it cannot listen for another reason, which the message names
     */
    public static DashboardServer start(
            DashboardSettings settings, Store store, PoolClock clock, CollectorRegistry registry) throws IOException {
        Views views = new Views(store, clock);
        RequestMetrics metrics = new RequestMetrics(registry);
        PublicRoutes routes = new PublicRoutes(settings, views, clock.epochMillis());
        try {
            WebServer server = WebServer.start(
                    "dashboard",
                    settings.bind(),
                    settings.port(),
                    routes.all(),
                    routes::problem,
                    Optional.of(metrics),
                    clock);
            return new DashboardServer(views, metrics, server);
        } catch (IOException e) {
            metrics.close();
            views.close();
            throw e;
        }
    }

    /** The port that it listens on, also when any was asked for. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        server.close();
        metrics.close();
        views.close();
    }
}
