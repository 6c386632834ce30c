package org.motepool.dashboards;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.motepool.core.time.FakeClock;

/** A public server with the sample in its store, and a client of it. */
final class PublicServer implements AutoCloseable {
    final FakeStore store;
    final FakeClock clock = new FakeClock(Sample.NOW_SECONDS);
    final CollectorRegistry registry = new CollectorRegistry();
    final DashboardServer server;
    final Web web;

    PublicServer() throws IOException {
        this(Sample.store());
    }

    PublicServer(FakeStore store) throws IOException {
        this.store = store;
        this.server = DashboardServer.start(Sample.settings(0), store, clock, registry);
        this.web = new Web(server.port());
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return web.get(path, headers);
    }

    /** Lets everything that was remembered grow old. */
    void forget() {
        clock.advance(Duration.ofSeconds(3));
    }

    @Override
    public void close() {
        web.close();
        server.close();
    }
}
