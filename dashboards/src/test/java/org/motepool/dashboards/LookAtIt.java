package org.motepool.dashboards;

import io.prometheus.client.CollectorRegistry;
import java.util.concurrent.CountDownLatch;
import org.motepool.core.time.FakeClock;

/** Serves the sample until it is stopped, to look at it in a browser: not a test. */
final class LookAtIt {
    private LookAtIt() {}

    public static void main(String[] arguments) throws Exception {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8080;
        FakeStore store = Sample.store();
        DashboardSettings settings = Sample.settings(port);
        try (DashboardServer server =
                DashboardServer.start(settings, store, new FakeClock(Sample.NOW_SECONDS), new CollectorRegistry())) {
            System.out.println("http://127.0.0.1:" + server.port() + "/users/" + Sample.address(1));
            new CountDownLatch(1).await();
        }
    }
}
