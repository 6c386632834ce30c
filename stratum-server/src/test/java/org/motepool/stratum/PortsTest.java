package org.motepool.stratum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.client.CollectorRegistry;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motepool.core.account.Scheme;
import org.motepool.core.time.FakeClock;
import org.motepool.core.work.Level;
import org.motepool.store.Bans;
import org.motepool.stratum.found.BlockListener;
import org.motepool.stratum.guard.IpNetwork;
import org.motepool.stratum.session.ListenerProfile;
import org.motepool.stratum.tls.CertificateException;
import org.motepool.stratum.tls.CertificateFiles;
import org.motepool.validator.hash.ScalarShareHasher;

/** One port for V1, TLS and WebSocket, on real sockets; and what listeners may do otherwise. */
class PortsTest {
    private static final Instant LATER =
            Instant.ofEpochSecond(ServerFixture.SECOND).plus(60, ChronoUnit.DAYS);
    private static final String LOOPBACK = "127.0.0.1";

    private final FakeShareLog log = new FakeShareLog();
    private final FakeClock clock = new FakeClock(ServerFixture.SECOND);
    private final FakeBans bans = new FakeBans();
    private final CollectorRegistry registry = new CollectorRegistry();

    @TempDir
    Path directory = Path.of("");

    private CertificateFiles files = Certificates.in(directory);

    @BeforeEach
    void certify() throws Exception {
        files = Certificates.in(directory);
    }

    private StratumServer start(Optional<CertificateFiles> certificate, List<String> origins, ListenerSettings... more)
            throws Exception {
        StratumSettings base = ServerFixture.settings();
        List<ListenerSettings> listeners = java.util.stream.Stream.concat(
                        base.listeners().stream(), List.of(more).stream())
                .toList();
        StratumSettings settings = new StratumSettings(
                listeners,
                certificate,
                origins,
                base.network(),
                base.payeeScript(),
                base.poolTag(),
                base.feeBasisPoints(),
                base.shareInterval(),
                base.fixedLevel(),
                base.nodeId(),
                base.eventLoops(),
                base.limits());
        StratumParts parts = new StratumParts(
                ServerFixture.chain(),
                log,
                new ScalarShareHasher(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(bans),
                Optional.empty(),
                clock,
                registry,
                BlockListener.NONE);
        return StratumServer.start(settings, parts, ServerFixture.recordedWork());
    }

    private StratumServer start() throws Exception {
        return start(Optional.empty(), List.of());
    }

    private StratumServer startWithCertificate(int serial) throws Exception {
        Certificates.write(files, Certificates.pair("EC"), serial, LATER);
        return start(Optional.of(files), List.of());
    }

    private static ListenerSettings listener(String name, boolean tlsOnly, String... proxies) {
        return new ListenerSettings(
                LOOPBACK,
                0,
                new ListenerProfile(name, Scheme.PPLNS, Optional.empty(), Optional.empty()),
                tlsOnly,
                List.of(proxies).stream().map(IpNetwork::parse).toList());
    }

    private static int port(StratumServer server, String listener) {
        return server.ports().get(listener);
    }

    private double metric(String name, String... labelsAndValues) {
        String[] labels = new String[labelsAndValues.length / 2];
        String[] values = new String[labels.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = labelsAndValues[2 * i];
            values[i] = labelsAndValues[2 * i + 1];
        }
        Double value = registry.getSampleValue(name, labels, values);
        return value == null ? 0 : value;
    }

    private double closed(String reason) {
        return metric("mote_stratum_connections_closed_total", "reason", reason);
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static SSLContext trusting() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        return context;
    }

    private static SSLSocket tls(int port, String... protocols) throws Exception {
        SSLSocket socket =
                (SSLSocket) trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        if (protocols.length > 0) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(protocols);
            socket.setSSLParameters(parameters);
        }
        socket.startHandshake();
        return socket;
    }

    private static int serial(SSLSocket socket) throws Exception {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                .getSerialNumber()
                .intValue();
    }

    private static void assertMines(Miner miner, String nonce) throws Exception {
        assertThat(miner.logIn("cpuminer/2.5.1")).contains("\"1f\"");
        assertThat(miner.submit("1f", "00000001", nonce)).contains("\"result\":true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void speaksV1InsideTlsOnTheSamePort(String protocol) throws Exception {
        try (StratumServer server = startWithCertificate(7);
                Miner plain = new Miner(server.port());
                Miner secret = new Miner(tls(server.port(), protocol))) {
            assertMines(secret, "da5d0af0");
            assertThat(plain.logIn("cpuminer/2.5.1")).contains("\"1f\"");
            assertThat(metric("mote_stratum_protocols_total", "listener", "main", "protocol", "tls_v1"))
                    .isEqualTo(1);
            assertThat(metric("mote_stratum_protocols_total", "listener", "main", "protocol", "v1"))
                    .isEqualTo(1);
            assertThat(metric("mote_certificate_expiry_timestamp_seconds")).isEqualTo(LATER.getEpochSecond());
        }
    }

    @Test
    void takesANewCertificateWithoutDroppingAnybody() throws Exception {
        Certificates.write(files, Certificates.pair("RSA"), 1, LATER);
        try (StratumServer server = start(Optional.of(files), List.of())) {
            SSLSocket before = tls(server.port());
            try (Miner old = new Miner(before)) {
                assertThat(serial(before)).isEqualTo(1);
                assertThat(old.logIn("cpuminer/2.5.1")).isNotEmpty();
                Certificates.write(files, Certificates.pair("EC"), 2, LATER.plusSeconds(5));
                server.certificate().orElseThrow().look();
                try (SSLSocket after = tls(server.port())) {
                    assertThat(serial(after)).isEqualTo(2);
                }
                assertThat(metric("mote_certificate_expiry_timestamp_seconds")).isEqualTo(LATER.getEpochSecond() + 5);
                assertThat(old.submit("1f", "00000001", "da5d0af0")).contains("\"result\":true");
            }
        }
    }

    @Test
    void keepsTheCertificateInUseWhereTheNewOneIsBad() throws Exception {
        KeyPair pair = Certificates.pair("EC");
        try (StratumServer server = startWithCertificate(3)) {
            String goodChain = Files.readString(files.chain());
            String goodKey = Files.readString(files.key());
            List<Runnable> harms = List.of(
                    () -> write(files.chain(), "junk"),
                    () -> write(files.chain(), ""),
                    () -> write(files.key(), "junk"),
                    () -> write(files.key(), goodKey.replace("PRIVATE KEY", "EC PRIVATE KEY")),
                    () -> write(files.key(), unchecked(() -> Certificates.key(pair.getPrivate()))),
                    () -> write(files.chain(), unchecked(() -> Certificates.certificate(pair, 9, LATER))),
                    () -> unchecked(() -> {
                        Certificates.write(files, pair, 9, Instant.ofEpochSecond(ServerFixture.SECOND - 1));
                        return "";
                    }),
                    () -> unchecked(() -> Files.deleteIfExists(files.key()) + ""));
            for (int i = 0; i < harms.size(); i++) {
                harms.get(i).run();
                server.certificate().orElseThrow().look();
                server.certificate().orElseThrow().look();
                try (SSLSocket client = tls(server.port())) {
                    assertThat(serial(client)).as("harm %d", i).isEqualTo(3);
                }
                assertThat(metric("mote_certificate_loads_total", "result", "refused"))
                        .as("harm %d is told once", i)
                        .isEqualTo(i + 1);
                write(files.chain(), goodChain);
                write(files.key(), goodKey);
                server.certificate().orElseThrow().look();
            }
            assertThat(metric("mote_certificate_loads_total", "result", "used")).isEqualTo(1);
        }
    }

    private static void write(Path file, String text) {
        unchecked(() -> Files.writeString(file, text).toString());
    }

    private static String unchecked(java.util.concurrent.Callable<String> action) {
        try {
            return action.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void doesNotStartWithABadCertificate() {
        assertThatThrownBy(() -> start(Optional.of(files), List.of()).close())
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("fullchain.pem")
                .hasMessageContaining("check the path");
    }

    @Test
    void closesTlsWhereThereIsNoCertificate() throws Exception {
        try (StratumServer server = start()) {
            assertThatThrownBy(() -> tls(server.port()).close()).isInstanceOf(java.io.IOException.class);
            await("it is counted", () -> closed("no_certificate") == 1);
        }
    }

    @Test
    void letsOnlyTlsInWhereThatIsAsked() throws Exception {
        Certificates.write(files, Certificates.pair("EC"), 1, LATER);
        try (StratumServer server = start(Optional.of(files), List.of(), listener("secret", true));
                Miner plain = new Miner(port(server, "secret"));
                Miner secret = new Miner(tls(port(server, "secret")))) {
            plain.send("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}\n");
            assertThat(plain.line()).isEqualTo(Transcript.CLOSED);
            await("it is counted", () -> closed("not_tls") == 1);
            assertMines(secret, "da5d0af0");
            await(
                    "it is counted by listener, family and class",
                    () -> metric("mote_stratum_connections", "listener", "secret", "family", "cpuminer", "class", "cpu")
                            == 1);
        }
    }

    @Test
    void closesAndCountsStratumV2() throws Exception {
        byte[] noise = HexFormat.of().parseHex("8f".repeat(64));
        try (StratumServer server = start();
                Miner v2 = new Miner(server.port())) {
            v2.send(noise);
            assertThat(v2.line()).isEqualTo(Transcript.CLOSED);
            await("it is counted", () -> closed("stratum_v2") == 1);
            assertThat(metric("mote_stratum_protocols_total", "listener", "main", "protocol", "v2"))
                    .isEqualTo(1);
        }
    }

    @Test
    void endsBrokenTls() throws Exception {
        try (StratumServer server = startWithCertificate(1);
                Miner broken = new Miner(server.port())) {
            broken.send(HexFormat.of().parseHex("160301000801000004ffffffff00ff"));
            while (!broken.line().equals(Transcript.CLOSED)) {
                // An alert, which is no line.
            }
            await("it is counted", () -> closed("bad_tls") == 1);
        }
    }

    /** A browser's side of a WebSocket, as java.net.http has it. */
    private static final class Browser implements WebSocket.Listener {
        final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
        final CompletableFuture<Integer> code = new CompletableFuture<>();
        private final StringBuilder part = new StringBuilder();

        static WebSocket open(String uri, Browser browser, String... headers) throws Exception {
            HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build();
            var builder = client.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(20));
            for (int i = 0; i < headers.length; i += 2) {
                if (headers[i].equals("protocol")) {
                    builder.subprotocols(headers[i + 1]);
                } else {
                    builder.header(headers[i], headers[i + 1]);
                }
            }
            return builder.buildAsync(URI.create(uri), browser).get(20, TimeUnit.SECONDS);
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                lines.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            lines.add("pong " + StandardCharsets.UTF_8.decode(message));
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            code.complete(status);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            code.completeExceptionally(error);
        }

        String next() throws Exception {
            String line = lines.poll(20, TimeUnit.SECONDS);
            return line == null ? Transcript.CLOSED : line;
        }
    }

    private static void mineAsABrowser(WebSocket socket, Browser browser) throws Exception {
        socket.sendText("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"phone/1\"]}", true)
                .get(20, TimeUnit.SECONDS);
        assertThat(browser.next()).startsWith("{\"id\":1,\"result\":[[[").endsWith("}");
        // In two frames of one message, with a newline that a bridge leaves in.
        socket.sendText("{\"id\":2,\"method\":\"mining.authorize\",", false).get(20, TimeUnit.SECONDS);
        socket.sendText("\"params\":[\"" + ServerFixture.USER + "\",\"x\"]}\n", true)
                .get(20, TimeUnit.SECONDS);
        assertThat(browser.next()).isEqualTo("{\"id\":2,\"result\":true,\"error\":null}");
        assertThat(browser.next()).isEqualTo(ServerFixture.DIFF);
        assertThat(browser.next()).isEqualTo(ServerFixture.JOB);
        socket.sendText(
                        "{\"id\":3,\"method\":\"mining.submit\",\"params\":[\"" + ServerFixture.USER
                                + "\",\"1f\",\"00000001\",\"66b2c3d4\",\"da5d0af0\"]}",
                        true)
                .get(20, TimeUnit.SECONDS);
        assertThat(browser.next()).isEqualTo("{\"id\":3,\"result\":true,\"error\":null}");
    }

    @Test
    void letsABrowserMineOverWebSocketOnTheSamePort() throws Exception {
        try (StratumServer server = start()) {
            Browser browser = new Browser();
            WebSocket socket = Browser.open(
                    "ws://127.0.0.1:" + server.port() + "/any",
                    browser,
                    "protocol",
                    "stratum",
                    "Origin",
                    "https://x.example");
            assertThat(socket.getSubprotocol()).isEqualTo("stratum");
            mineAsABrowser(socket, browser);
            socket.sendPing(ByteBuffer.wrap("hello".getBytes(StandardCharsets.UTF_8)))
                    .get(20, TimeUnit.SECONDS);
            assertThat(browser.next()).isEqualTo("pong hello");
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(20, TimeUnit.SECONDS);
            assertThat(browser.code.get(20, TimeUnit.SECONDS)).isEqualTo(WebSocket.NORMAL_CLOSURE);
            await("it is gone", () -> server.snapshot().connections() == 0);
        }
    }

    @Test
    @SuppressWarnings("try")
    void letsABrowserMineOverWebSocketInsideTls() throws Exception {
        Certificates.write(files, Certificates.pair("RSA"), 4, LATER);
        System.setProperty("jdk.internal.httpclient.disableHostnameVerification", "true");
        try (StratumServer server = start(Optional.of(files), List.of())) {
            Browser browser = new Browser();
            WebSocket socket = Browser.open("wss://127.0.0.1:" + server.port() + "/", browser);
            mineAsABrowser(socket, browser);
            assertThat(metric("mote_stratum_protocols_total", "listener", "main", "protocol", "tls_http"))
                    .isEqualTo(1);
            server.close();
            assertThat(browser.code.get(20, TimeUnit.SECONDS)).as("going away").isEqualTo(1001);
        }
    }

    @Test
    void closesAWebSocketWithACodeThatSaysWhy() throws Exception {
        try (StratumServer server = start()) {
            String uri = "ws://127.0.0.1:" + server.port() + "/";
            Browser large = new Browser();
            var _ = Browser.open(uri, large).sendText("{" + "x".repeat(5000), true);
            assertThat(large.code.get(20, TimeUnit.SECONDS)).isEqualTo(1009);
            Browser parts = new Browser();
            WebSocket many = Browser.open(uri, parts);
            for (int i = 0; i < 3; i++) {
                many.sendText("{" + "x".repeat(2000), false).get(20, TimeUnit.SECONDS);
            }
            assertThat(parts.code.get(20, TimeUnit.SECONDS)).isEqualTo(1009);
            Browser binary = new Browser();
            var _ = Browser.open(uri, binary).sendBinary(ByteBuffer.wrap(new byte[] {1}), true);
            assertThat(binary.code.get(20, TimeUnit.SECONDS)).isEqualTo(1003);
            Browser junk = new Browser();
            var _ = Browser.open(uri, junk).sendText("hello", true);
            assertThat(junk.code.get(20, TimeUnit.SECONDS)).isEqualTo(1008);
            await("all are gone", () -> server.snapshot().connections() == 0);
            assertThat(closed("internal")).isZero();
        }
    }

    @Test
    void letsPagesOfOtherSitesNotMineWhereThatIsAsked() throws Exception {
        try (StratumServer server = start(Optional.empty(), List.of("https://pool.example"))) {
            String uri = "ws://127.0.0.1:" + server.port() + "/";
            assertThat(Browser.open(uri, new Browser(), "Origin", "https://POOL.example"))
                    .isNotNull();
            assertThat(Browser.open(uri, new Browser())).as("no browser").isNotNull();
            assertThatThrownBy(() -> Browser.open(uri, new Browser(), "Origin", "https://evil.example"))
                    .cause()
                    .isInstanceOfSatisfying(
                            WebSocketHandshakeException.class,
                            e -> assertThat(e.getResponse().statusCode()).isEqualTo(403));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello",
                "GET / HTTP/1.1\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n",
                "GET / HTTP/1.1\r\nA: b\u0001\u0002\r\n: x\r\n\r\n",
            })
    void answersOtherHttpWith400AndCloses(String request) throws Exception {
        try (StratumServer server = start();
                Miner browser = new Miner(server.port())) {
            browser.send(request);
            assertThat(browser.line()).isEqualTo("HTTP/1.1 400 Bad Request");
            while (!browser.line().equals(Transcript.CLOSED)) {
                // The rest of the answer.
            }
            browser.hangUp();
            await("it is counted", () -> closed("http") == 1);
        }
    }

    private static byte[] proxyV2(String source, int port) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(HexFormat.of().parseHex("0d0a0d0a000d0a515549540a" + "21" + "11" + "000c"));
        out.writeBytes(InetAddress.ofLiteral(source).getAddress());
        out.writeBytes(InetAddress.ofLiteral("192.0.2.1").getAddress());
        out.writeBytes(new byte[] {(byte) (port >> 8), (byte) port, 0x0d, 0x05});
        return out.toByteArray();
    }

    @Test
    void minesBehindATrustedProxyWithEitherHeader() throws Exception {
        try (StratumServer server = start(Optional.empty(), List.of(), listener("proxied", false, "127.0.0.0/8"));
                Miner one = new Miner(port(server, "proxied"));
                Miner two = new Miner(port(server, "proxied"));
                Miner main = new Miner(server.port())) {
            one.send("PROXY TCP4 203.0.113.7 192.0.2.1 4711 3333\r\n");
            assertMines(one, "da5d0af0");
            two.send(proxyV2("203.0.113.8", 4712));
            assertThat(two.logIn("cpuminer/2.5.1")).contains("\"1f\"");
            main.send("PROXY TCP4 203.0.113.7 192.0.2.1 4711 3333\r\n");
            assertThat(main.line()).as("never sniffed").isEqualTo(Transcript.CLOSED);
        }
    }

    @Test
    void bansByTheAddressThatTheProxyNamesAndNotByTheProxys() throws Exception {
        bans.put(new Bans.Ban(Bans.Kind.NETWORK, "203.0.113.7/32", "", 1, Bans.FOR_EVER));
        try (StratumServer server = start(Optional.empty(), List.of(), listener("proxied", false, "127.0.0.0/8"))) {
            await(
                    "the ban is read",
                    () -> subscribedBehind(server, "203.0.113.7").contains("\"result\":false"));
            assertThat(subscribedBehind(server, "203.0.113.8")).contains("mining.notify");
        }
    }

    private static String subscribedBehind(StratumServer server, String peer) {
        try (Miner miner = new Miner(port(server, "proxied"))) {
            miner.send("PROXY TCP4 " + peer + " 192.0.2.1 4711 3333\r\n"
                    + "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"x\"]}\n");
            return miner.line();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void closesAProxysConnectionWithoutAHeader() throws Exception {
        try (StratumServer server = start(Optional.empty(), List.of(), listener("proxied", false, "127.0.0.0/8"));
                Miner bare = new Miner(port(server, "proxied"))) {
            bare.send("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}\n");
            assertThat(bare.line()).isEqualTo(Transcript.CLOSED);
            await("it is counted", () -> closed("no_proxy_header") == 1);
        }
    }

    @Test
    void takesNoHeaderFromOthersThanTheProxies() throws Exception {
        try (StratumServer server = start(Optional.empty(), List.of(), listener("proxied", false, "192.0.2.0/24"));
                Miner liar = new Miner(port(server, "proxied"));
                Miner direct = new Miner(port(server, "proxied"))) {
            liar.send(proxyV2("203.0.113.8", 4712));
            assertThat(liar.line()).isEqualTo(Transcript.CLOSED);
            assertMines(direct, "da5d0af0");
        }
    }

    @Test
    void keepsAListenersFloor() throws Exception {
        ListenerSettings high = new ListenerSettings(
                LOOPBACK,
                0,
                new ListenerProfile("high", Scheme.PPLNS, Optional.of(new Level(24)), Optional.empty()),
                false,
                List.of());
        try (StratumServer server = start(Optional.empty(), List.of(), high);
                Miner miner = new Miner(port(server, "high"))) {
            miner.send(
                    "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"NerdMinerV2/V1\"]}\n{\"id\":2,\"method\":"
                            + "\"mining.authorize\",\"params\":[\"" + ServerFixture.USER + "\",\"x\"]}\n");
            miner.line();
            miner.line();
            assertThat(miner.line()).contains("set_difficulty\",\"params\":[0.00390625]");
        }
    }

    /** For certificates that sign themselves. */
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
