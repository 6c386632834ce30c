package org.motepool.dashboards;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.motepool.core.time.PoolClock;
import org.motepool.dashboards.http.RequestMetrics;
import org.motepool.dashboards.http.Route;
import org.motepool.dashboards.http.WebServer;
import org.motepool.dashboards.live.LiveEvents;
import org.motepool.dashboards.page.ProblemPage;
import org.motepool.dashboards.page.Site;
import org.motepool.dashboards.preference.PreferenceCounter;
import org.motepool.dashboards.view.Views;
import org.motepool.store.Store;

/** The public page and APIs. Reads from the store and leaves requests there, nothing else; keeps answering, with 503, while that is away. Thread-safe. */
public final class DashboardServer implements AutoCloseable {
    private final Views views;
    private final RequestMetrics metrics;
    private final LiveEvents live;
    private final WebServer server;
    private final Optional<WebServer> devices;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DashboardServer(
            Views views, RequestMetrics metrics, LiveEvents live, WebServer server, Optional<WebServer> devices) {
        this.views = views;
        this.metrics = metrics;
        this.live = live;
        this.server = server;
        this.devices = devices;
    }

    /**
     * Starts to listen; does not wait for the store, and does not close it later.
     *
     * @throws org.motepool.dashboards.http.PortInUseException when another program has a port
     * @throws IOException when it cannot listen for another reason, which the message names
     */
    public static DashboardServer start(
            DashboardSettings settings, Store store, PoolClock clock, CollectorRegistry registry) throws IOException {
        Views views = new Views(store, settings.network(), clock);
        RequestMetrics metrics = new RequestMetrics(registry);
        LiveEvents live = new LiveEvents(views, clock, registry);
        ApiRoutes api = new ApiRoutes(settings, views, clock);
        PreferenceCounter counter = new PreferenceCounter(store, clock);
        Site site = new Site(settings.poolName(), settings.network(), settings.ports(), settings.keepDays());
        PageRoutes pages = new PageRoutes(settings, site, views, api);
        Optional<WebServer> devices = Optional.empty();
        try {
            if (settings.devicePort().isPresent()) {
                devices = Optional.of(WebServer.start(
                        "device-api",
                        settings.bind(),
                        settings.devicePort().getAsInt(),
                        deviceRoutes(api),
                        List.of(),
                        true,
                        (question, status) -> ApiRoutes.problem(status, ProblemPage.title(status)),
                        Optional.of(metrics),
                        clock));
            }
            List<Route> all = new ArrayList<>(pages.all());
            all.addAll(api.forDevices(false));
            all.addAll(api.own());
            all.addAll(new PreferenceRoutes(api, views, counter).all());
            all.addAll(new SettingsRoutes(pages, api, views, counter, site).all());
            WebServer server = WebServer.start(
                    "dashboard",
                    settings.bind(),
                    settings.port(),
                    all,
                    List.of(pages.events(live)),
                    false,
                    pages::problem,
                    Optional.of(metrics),
                    clock);
            return new DashboardServer(views, metrics, live, server, devices);
        } catch (IOException e) {
            devices.ifPresent(WebServer::close);
            live.close();
            metrics.close();
            views.close();
            throw e;
        }
    }

    /** The dialects and small formats, and the other dialect's account, which there is never a page. */
    private static List<Route> deviceRoutes(ApiRoutes api) {
        List<Route> routes = new ArrayList<>(api.forDevices(true));
        routes.add(api.users());
        return routes;
    }

    /** The port that it listens on, also when any was asked for. */
    public int port() {
        return server.port();
    }

    /** The port of the plain listener for devices; empty where there is none. */
    public OptionalInt devicePort() {
        return devices.isPresent() ? OptionalInt.of(devices.get().port()) : OptionalInt.empty();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        live.close();
        devices.ifPresent(WebServer::close);
        server.close();
        metrics.close();
        views.close();
    }
}
