package org.motepool.dashboards.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.motepool.core.time.PoolClock;
import org.motepool.dashboards.api.JsonText;
import org.motepool.dashboards.http.Question;
import org.motepool.dashboards.http.Reply;
import org.motepool.dashboards.http.Route;
import org.motepool.dashboards.http.WebServer;
import org.motepool.dashboards.management.HealthChecks.Trouble;
import org.motepool.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Liveness, readiness, metrics and the admin API of one process, whatever its role. Thread-safe. */
public final class ManagementServer implements AutoCloseable {
    /** By a name of its own, so that it is never silenced with the rest. */
    private static final Logger AUDIT = LoggerFactory.getLogger("org.motepool.audit");

    private static final int AUDIT_CHARACTERS_MAX = 500;

    private final WebServer server;
    private final ExecutorService checking;
    private final MetricsPage metrics;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ManagementServer(WebServer server, ExecutorService checking, MetricsPage metrics) {
        this.server = server;
        this.checking = checking;
        this.metrics = metrics;
    }

    /**
     * Starts to listen. Adds the JVM's and the process's own metrics to {@code registry} until it closes.
     *
     * @param status what {@code mote status} shows; may block for a moment
     * @throws org.motepool.dashboards.http.PortInUseException when another program has the port
     * @throws IOException when it cannot listen, or the token file cannot be made or read; the message says which
     */
    public static ManagementServer start(
            ManagementSettings settings,
            HealthChecks checks,
            CollectorRegistry registry,
            Supplier<? extends JsonNode> status)
            throws IOException {
        return start(settings, checks, registry, List.of(AdminAction.reading("status", parameters -> status.get())));
    }

    /** The same with an admin API of so many actions. */
    public static ManagementServer start(
            ManagementSettings settings, HealthChecks checks, CollectorRegistry registry, List<AdminAction> actions)
            throws IOException {
        AdminToken token = AdminToken.fromFile(settings.tokenFile());
        ExecutorService checking = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("health-check-", 0).factory());
        HealthReport health = new HealthReport(checks, checking);
        MetricsPage metrics = new MetricsPage(registry);
        List<Route> routes = new ArrayList<>(List.of(
                new Route(
                        "/livez",
                        question ->
                                plain(200, JsonNodeFactory.instance.objectNode().put("status", "live"))),
                new Route("/readyz", question -> ready(health)),
                new Route("/metrics", question -> metrics.reply())));
        for (AdminAction action : actions) {
            routes.add(new Route(action.path(), action.changes(), question -> admin(question, token, action)));
        }
        try {
            WebServer server = WebServer.start(
                    "management",
                    settings.bind(),
                    settings.port(),
                    routes,
                    ManagementServer::problem,
                    Optional.empty(),
                    PoolClock.SYSTEM);
            return new ManagementServer(server, checking, metrics);
        } catch (IOException e) {
            checking.shutdownNow();
            metrics.close();
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
        checking.shutdownNow();
        metrics.close();
    }

    private static Reply ready(HealthReport health) {
        Map<String, Optional<Trouble>> found = health.ask();
        boolean ready = found.values().stream().allMatch(Optional::isEmpty);
        return plain(ready ? 200 : 503, HealthReport.json(found));
    }

    /** Every call is logged, allowed or not: who did what with what, never with which token. */
    private static Reply admin(Question question, AdminToken token, AdminAction action) throws StoreException {
        boolean allowed = token.isIn(question.authorization());
        AUDIT.info(
                "admin call {} {} from {}: {}",
                question.path(),
                allowed ? withWhat(question) : "",
                question.remote(),
                allowed ? "taken" : "refused");
        if (!allowed) {
            return problem(question, 401).header("WWW-Authenticate", "Bearer realm=\"motepool\"");
        }
        try {
            return plain(200, action.doing().answer(question.parameters()));
        } catch (AdminAction.Refusal e) {
            return plain(
                    400,
                    JsonNodeFactory.instance.objectNode().put("status", 400).put("message", e.getMessage()));
        }
    }

    /** In a fixed order, on one line, cut where it is long. */
    private static String withWhat(Question question) {
        String text = new TreeMap<>(question.parameters()).toString().replaceAll("\\p{Cntrl}", "?");
        return text.substring(0, Math.min(text.length(), AUDIT_CHARACTERS_MAX));
    }

    private static Reply problem(Question question, int status) {
        String message = switch (status) {
            case 401 -> "send the token of the admin token file as Authorization: Bearer TOKEN";
            case 404 -> "here are /livez, /readyz, /metrics and the admin API under /admin/";
            case 405 -> "ask with the method that the Allow header names";
            case 503 -> "too many requests at once, or the store is away";
            default -> "the request could not be answered; see the log";
        };
        return plain(
                status,
                JsonNodeFactory.instance.objectNode().put("status", status).put("message", message));
    }

    private static Reply plain(int status, JsonNode json) {
        return Reply.json(status, JsonText.of(json) + "\n").header("Cache-Control", "no-store");
    }
}
