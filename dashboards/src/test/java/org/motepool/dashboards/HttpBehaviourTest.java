package org.motepool.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.motepool.core.time.PoolClock;
import org.motepool.dashboards.http.PortInUseException;

class HttpBehaviourTest {
    private PublicServer pool;

    @BeforeEach
    void start() throws IOException {
        pool = new PublicServer();
    }

    @AfterEach
    void stop() {
        pool.close();
    }

    @Test
    void everyReplyCarriesTheSecurityHeaders() throws Exception {
        List<HttpResponse<String>> replies = new ArrayList<>();
        for (String path : List.of(
                "/", "/blocks", "/users/x", "/users/" + Sample.address(1), "/no", "/api/pool", "/api/no", "/search")) {
            replies.add(pool.get(path));
        }
        replies.add(pool.web.ask("POST", "/"));
        replies.add(pool.web.ask("HEAD", "/"));
        pool.store.connected = false;
        pool.forget();
        replies.add(pool.get("/"));
        assertThat(replies).allSatisfy(reply -> {
            HttpHeaders headers = reply.headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                    .startsWith("default-src 'self'")
                    .contains("frame-ancestors 'none'");
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        });
    }

    @Test
    void whatIsNoRequestIsRefusedAndClosed() throws Exception {
        assertThat(pool.web.raw("\u0000\u0001garbage\r\n\r\n"))
                .startsWith("HTTP/1.")
                .contains("400 Bad Request")
                .contains("Content-Security-Policy");
        assertThat(pool.web.raw("GET /" + "a".repeat(10_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .contains("400 Bad Request");
        assertThat(pool.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void aPathThatCannotBeDecodedIsRefused() throws Exception {
        String reply = pool.web.raw("GET /users/%zz?address=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(reply)
                .contains("400 Bad Request")
                .contains("Content-Security-Policy")
                .doesNotContain("Exception");
    }

    @Test
    void unknownPathsAreNotFoundInTheReadersLanguage() throws Exception {
        assertThat(pool.get("/no").statusCode()).isEqualTo(404);
        assertThat(pool.get("/no").body()).contains("There is nothing here");
        assertThat(pool.get("/no", "Accept-Language", "pl,en;q=0.5").body()).contains("Tu nic nie ma");
        assertThat(pool.get("/api/no").statusCode()).isEqualTo(404);
        assertThat(pool.get("/api/no").body()).startsWith("{\"statusCode\":404");
    }

    @Test
    void onlyReadingIsAllowed() throws Exception {
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW")) {
            for (String path : List.of("/", "/api/pool", "/no")) {
                HttpResponse<String> reply = pool.web.ask(method, path);
                assertThat(reply.statusCode()).as(method + path).isEqualTo(405);
                assertThat(reply.headers().firstValue("Allow")).contains("GET, HEAD");
            }
        }
    }

    @Test
    void headIsGetWithoutABody() throws Exception {
        HttpResponse<String> get = pool.get("/api/pool");
        HttpResponse<String> head = pool.web.ask("HEAD", "/api/pool");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("ETag")).isEqualTo(get.headers().firstValue("ETag"));
        assertThat(head.headers().firstValue("Content-Length"))
                .isEqualTo(get.headers().firstValue("Content-Length"));
    }

    @Test
    void pagesVaryByAccept() throws Exception {
        HttpResponse<String> page = pool.get("/users/" + Sample.address(1), "Accept", "text/html");

        assertThat(page.headers().firstValue("Vary").orElse("")).contains("Accept");
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    }

    @Test
    void compressesForThoseWhoAsk() throws Exception {
        HttpResponse<String> page = pool.get("/", "Accept-Encoding", "gzip");
        HttpResponse<String> device = pool.get("/api/client/" + Sample.address(1));

        assertThat(page.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(device.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(device.headers().firstValue("Content-Length")).isPresent();
    }

    @Test
    void saysThatMiningGoesOnWhileTheStoreIsAway() throws Exception {
        pool.store.connected = false;
        assertAway();
        pool.store.connected = true;
        pool.store.refusing = true;
        pool.forget();
        assertAway();
        pool.store.refusing = false;
        pool.forget();
        assertThat(pool.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void waitsOnlyAMomentForASilentStore() throws Exception {
        pool.store.silence = new CountDownLatch(1);
        assertThat(pool.get("/").statusCode()).isEqualTo(503);
        pool.store.silence.countDown();
        pool.clock.advance(Duration.ofSeconds(11));
        assertThat(pool.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void aCrowdOfReadersCostsTheStoreOneLook() throws Exception {
        for (int i = 0; i < 50; i++) {
            assertThat(pool.get("/api/pool").statusCode()).isEqualTo(200);
        }
        assertThat(pool.store.looks).hasValue(1);
        pool.forget();
        pool.get("/api/pool");
        assertThat(pool.store.looks).hasValue(2);
    }

    @Test
    void aDefectOfOursShowsNoInnards() throws Exception {
        pool.store.broken = true;

        HttpResponse<String> reply = pool.get("/");

        assertThat(reply.statusCode()).isEqualTo(500);
        assertThat(reply.body()).doesNotContain("Exception").doesNotContain("org.motepool.dash");
    }

    @Test
    void aBusyPortIsNamed() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();

            assertThatThrownBy(() -> DashboardServer.start(
                            Sample.settings(port), pool.store, PoolClock.SYSTEM, new CollectorRegistry()))
                    .isInstanceOfSatisfying(PortInUseException.class, e -> {
                        assertThat(e.host()).isEqualTo("127.0.0.1");
                        assertThat(e.port()).isEqualTo(port);
                        assertThat(e).hasMessageContaining("127.0.0.1").hasMessageContaining(Integer.toString(port));
                    });
        }
    }

    @Test
    void startsAgainInTheSameProcessWithTheSameRegistry() throws Exception {
        int port = pool.server.port();
        pool.server.close();

        try (DashboardServer again =
                DashboardServer.start(Sample.settings(port), pool.store, pool.clock, pool.registry)) {
            assertThat(again.port()).isEqualTo(port);
        }
    }

    @Test
    void timesRequestsByRouteAndNeverByAddress() throws Exception {
        pool.get("/users/" + Sample.address(1));
        pool.get("/api/client/" + Sample.address(2));
        pool.get("/no/" + Sample.address(3));
        pool.web.ask("BREW", "/");

        assertThat(count("/users/:address", "GET", "2xx")).isEqualTo(1);
        assertThat(count("/api/client/:address", "GET", "2xx")).isEqualTo(1);
        assertThat(count("unknown", "GET", "4xx")).isEqualTo(1);
        assertThat(count("/", "other", "4xx")).isEqualTo(1);
    }

    @Test
    void namesTheReadersOwnHostWhereNoneIsConfigured() throws Exception {
        DashboardSettings settings = new DashboardSettings(
                "127.0.0.1",
                0,
                OptionalInt.empty(),
                "Test pool",
                "",
                List.of(new PoolPort(PoolPort.Kind.PLAIN, 3333)),
                org.motepool.core.address.Network.DEVNET,
                30);
        try (DashboardServer own = DashboardServer.start(settings, pool.store, pool.clock, new CollectorRegistry());
                Web web = new Web(own.port())) {
            assertThat(web.raw("GET /connect HTTP/1.1\r\nHost: pool.lan:8080\r\nConnection: close\r\n\r\n"))
                    .contains("stratum+tcp://pool.lan:3333");
            assertThat(web.raw("GET / HTTP/1.1\r\nHost: \"><b>\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 400")
                    .doesNotContain("\"><b>");
        }
    }

    private void assertAway() throws Exception {
        HttpResponse<String> page = pool.get("/users/" + Sample.address(1));
        HttpResponse<String> json = pool.get("/api/client/" + Sample.address(1));

        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body()).contains("Statistics are not reachable right now, mining goes on");
        assertThat(page.headers().firstValue("Retry-After")).isPresent();
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(json.statusCode()).isEqualTo(503);
        assertThat(json.body()).startsWith("{\"statusCode\":503");
    }

    private double count(String route, String method, String status) {
        Double value = pool.registry.getSampleValue(
                "mote_http_request_duration_seconds_count",
                new String[] {"route", "method", "status"},
                new String[] {route, method, status});
        return value == null ? 0 : value;
    }
}
