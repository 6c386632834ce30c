package org.motepool.dashboards.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.dashboards.Web;
import org.motepool.dashboards.http.PortInUseException;
import org.motepool.dashboards.management.HealthChecks.Trouble;

class ManagementServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private final AtomicReference<Optional<Trouble>> trouble = new AtomicReference<>(Optional.empty());
    private final CollectorRegistry registry = new CollectorRegistry();
    private ManagementServer server;
    private Web web;

    @BeforeEach
    void start() throws IOException {
        server = start(HealthChecks.none().with("store", trouble::get).with("log", Optional::empty));
        web = new Web(server.port());
    }

    @AfterEach
    void stop() {
        web.close();
        server.close();
    }

    @Test
    void readinessFollowsItsChecksAndTellsHowToMend() throws Exception {
        assertThat(web.get("/readyz").statusCode()).isEqualTo(200);

        trouble.set(Optional.of(new Trouble("Redis does not answer", "start it, or set store.url")));
        HttpResponse<String> away = web.get("/readyz");
        JsonNode body = JSON.readTree(away.body());

        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(body.at("/checks/store/trouble").textValue()).isEqualTo("Redis does not answer");
        assertThat(body.at("/checks/store/mend").textValue()).isEqualTo("start it, or set store.url");
        assertThat(body.at("/checks/log/ok").booleanValue()).isTrue();
        assertThat(web.get("/livez").statusCode()).isEqualTo(200);

        trouble.set(Optional.empty());
        assertThat(web.get("/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void aCheckThatHangsOrFailsIsATrouble() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        HealthChecks checks = HealthChecks.none()
                .with("hangs", () -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return Optional.empty();
                })
                .with("fails", () -> {
                    throw new IllegalStateException("broken");
                });
        try (ManagementServer other = start(checks);
                Web asking = new Web(other.port())) {
            JsonNode body = JSON.readTree(asking.get("/readyz").body());

            assertThat(body.at("/checks/hangs/trouble").textValue()).contains("did not answer");
            assertThat(body.at("/checks/fails/trouble").textValue()).contains("broken");
        }
    }

    @Test
    void metricsCanBeScraped() throws Exception {
        Counter.build("mote_test_total", "Of this test.").register(registry).inc();

        HttpResponse<String> scrape = web.get("/metrics");

        assertThat(scrape.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(scrape.body()).contains("\nmote_test_total 1.0\n").contains("\njvm_memory_bytes_used{");
        assertThat(scrape.body().lines())
                .allMatch(line -> line.matches("# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .*")
                        || line.matches("[a-zA-Z_:][a-zA-Z0-9_:]*(\\{([a-zA-Z_]\\w*=\"[^\"]*\",?)*})?"
                                + " ([-+0-9.eE]+|NaN|[+-]Inf)( [0-9]+)?"));
        assertThat(scrape.body()).doesNotContain("address=").doesNotContain("worker=");
    }

    @Test
    void changesOnlyByPostWithTheTokenAndSaysWhatItRefuses() throws Exception {
        ManagementSettings settings =
                new ManagementSettings(ManagementSettings.BIND_DEFAULT, 0, directory.resolve("admin-token"));
        AtomicReference<String> done = new AtomicReference<>("");
        AdminAction action = AdminAction.changing("do", parameters -> {
            String what = parameters.getOrDefault("what", "");
            if (what.isEmpty()) {
                throw new AdminAction.Refusal("say what");
            }
            done.set(what);
            return JsonNodeFactory.instance.objectNode().put("done", what);
        });
        try (ManagementServer other = ManagementServer.start(
                        settings, HealthChecks.none(), new CollectorRegistry(), List.of(action));
                Web asking = new Web(other.port())) {
            String owner = "Bearer "
                    + Files.readString(directory.resolve("admin-token")).strip();
            assertThat(asking.get("/admin/do?what=a", "Authorization", owner).statusCode())
                    .isEqualTo(405);
            assertThat(asking.ask("POST", "/admin/do?what=a").statusCode()).isEqualTo(401);
            assertThat(done.get()).isEmpty();
            HttpResponse<String> refused = asking.ask("POST", "/admin/do", "Authorization", owner);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(JSON.readTree(refused.body()).path("message").textValue())
                    .isEqualTo("say what");
            assertThat(asking.ask("POST", "/admin/do?what=a%20b", "Authorization", owner)
                            .body())
                    .contains("\"done\":\"a b\"");
            assertThat(done.get()).isEqualTo("a b");
        }
    }

    @Test
    void statusNeedsTheToken() throws Exception {
        String token = Files.readString(directory.resolve("admin-token")).strip();

        assertThat(web.get("/admin/status").statusCode()).isEqualTo(401);
        assertThat(web.get("/admin/status").headers().firstValue("WWW-Authenticate"))
                .isPresent();
        assertThat(web.get("/admin/status", "Authorization", "Bearer " + token + "x")
                        .statusCode())
                .isEqualTo(401);
        assertThat(web.get("/admin/status", "Authorization", "Basic " + token).statusCode())
                .isEqualTo(401);
        assertThat(web.get("/admin/status", "Authorization", "Bearer ").statusCode())
                .isEqualTo(401);
        assertThat(web.get("/admin/status?token=" + token).statusCode()).isEqualTo(401);

        HttpResponse<String> allowed = web.get("/admin/status", "Authorization", "Bearer " + token);
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(allowed.body()).isEqualTo("{\"role\":\"all\"}\n");
        assertThat(allowed.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void theTokenIsItsOwnersAlone() throws Exception {
        Path file = directory.resolve("admin-token");
        String token = Files.readString(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(token.strip()).hasSizeGreaterThanOrEqualTo(43);
        start(HealthChecks.none()).close();
        assertThat(Files.readString(file)).isEqualTo(token);
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aTokenThatCouldBeGuessedIsRefusedAtStart() throws Exception {
        Files.writeString(directory.resolve("admin-token"), "secret\n");

        assertThatThrownBy(() -> start(HealthChecks.none()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("admin-token")
                .hasMessageContaining("delete the file");
    }

    @Test
    void aBusyPortIsNamedAndLeavesTheRegistryClean() throws Exception {
        CollectorRegistry clean = new CollectorRegistry();
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ManagementSettings busy =
                    new ManagementSettings("127.0.0.1", other.getLocalPort(), directory.resolve("admin-token"));

            assertThatThrownBy(() -> ManagementServer.start(
                            busy, HealthChecks.none(), clean, JsonNodeFactory.instance::objectNode))
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageContaining(Integer.toString(other.getLocalPort()));
        }
        assertThat(clean.metricFamilySamples().hasMoreElements()).isFalse();
    }

    private ManagementServer start(HealthChecks checks) throws IOException {
        ManagementSettings settings =
                new ManagementSettings(ManagementSettings.BIND_DEFAULT, 0, directory.resolve("admin-token"));
        // One process has one management server; these tests start several, each with metrics of its own.
        CollectorRegistry own = server == null ? registry : new CollectorRegistry();
        return ManagementServer.start(
                settings,
                checks,
                own,
                () -> JsonNodeFactory.instance.objectNode().put("role", "all"));
    }
}
