package org.motepool.payout.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.money.Money;
import org.motepool.core.preference.PreferenceField;
import org.motepool.core.time.FakeClock;
import org.motepool.payout.accountant.Fixtures;
import org.motepool.payout.books.Books;
import org.motepool.payout.books.PreferenceBook.Notices;
import org.motepool.payout.journal.JournalRecord.AccountOpened;
import org.motepool.payout.journal.JournalRecord.PayoutMoved;
import org.motepool.payout.journal.JournalRecord.PreferenceDecided;
import org.motepool.payout.outside.OutsideServers;
import org.motepool.payout.outside.PublicHosts;
import org.motepool.store.LiveStats;
import org.motepool.store.LiveStats.WorkerReport;
import org.motepool.store.ReadModels;
import org.motepool.store.Store;

/** Notices to a real HTTP server, whose host's name leads to this machine. */
class NoticeDeskTest {
    private static final String HOOK = "https://hooks.example/mine?a=b";
    private static final String TOPIC = "https://ntfy.example/topic";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADDRESS = Fixtures.address(0).canonical();

    @TempDir
    private Path data;

    private final FakeClock clock = new FakeClock(1_800_000_000);
    private final Books books = new Books(8);
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final List<WorkerReport> workers = new CopyOnWriteArrayList<>();
    private final List<LiveStats.NodeReport> nodes = new ArrayList<>();
    private final CollectorRegistry registry = new CollectorRegistry();
    private volatile int answer = 200;
    private String noticeKey = "";
    private HttpServer server;
    private NoticeDesk desk;
    private int nonce;

    private record Got(String path, Headers headers, String body) {
        String header(String name) {
            return headers.getFirst(name);
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
        int port = server.getAddress().getPort();
        desk = desk((host, ignored, millis) -> {
            assertThat(host).endsWith(".example");
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(millis);
            return socket;
        });
        books.apply(new AccountOpened(0, ADDRESS));
        nodes.add(new LiveStats.NodeReport("n", 1, 1, 1, 1, Map.of(), 1, 1, 600, 1, 1, "scalar", 1, 1, List.of()));
        desk.begin(books);
    }

    private NoticeDesk desk(OutsideServers.Connector connector) throws IOException {
        NoticeKey key = NoticeKey.inFile(data.resolve("notice.key"));
        return new NoticeDesk(
                store(),
                new NoticePost(new OutsideServers(connector, clock), key, clock),
                key.shown(),
                Duration.ofMinutes(10),
                clock,
                Runnable::run,
                registry);
    }

    @AfterEach
    void stop() {
        desk.close();
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        got.add(new Got(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
        exchange.getResponseHeaders().add("Location", "https://hooks.example/elsewhere");
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    private Store store() {
        LiveStats live = door(LiveStats.class, (name, args) -> name.equals("nodes") ? nodes : List.copyOf(workers));
        ReadModels models = door(ReadModels.class, (name, args) -> {
            noticeKey = args[0].toString();
            return Optional.empty();
        });
        return door(Store.class, (name, args) -> name.equals("liveStats") ? live : models);
    }

    private interface Answers {
        Object of(String method, Object[] args);
    }

    private static <T> T door(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            Object answer = answers.of(method.getName(), args);
            return method.getReturnType() == void.class ? null : answer;
        }));
    }

    private void decide(PreferenceField field, String value) {
        byte[] request = new byte[16];
        request[0] = (byte) ++nonce;
        long now = clock.epochMillis();
        long from = field.isAboutMoney() ? now + 120_000 : now;
        var record = new PreferenceDecided(Bytes.copyOf(request), 0, field, value, nonce, 0, "signature", from, now);
        Notices before = books.preferences().notices(0);
        books.apply(record);
        desk.decided(record, before);
        desk.deliver();
    }

    private static WorkerReport worker(String name, long lastShare, double best) {
        return new WorkerReport(
                Fixtures.account(0),
                ADDRESS,
                name,
                "n",
                List.of(),
                1,
                Map.of(),
                1,
                1,
                1,
                600,
                best,
                best,
                1,
                1,
                lastShare);
    }

    private double count(String outcome) {
        return registry.getSampleValue("mote_notices_total", new String[] {"outcome"}, new String[] {outcome});
    }

    @Test
    void aWebhookIsSignedSoThatItsReceiverCanProveIt() throws Exception {
        decide(PreferenceField.WEBHOOK, HOOK);
        Got first = got.getFirst();
        JsonNode body = JSON.readTree(first.body());

        assertThat(first.path()).isEqualTo("/mine?a=b");
        assertThat(body.get("type").asText()).isEqualTo("preference");
        assertThat(body.at("/data/address").asText()).isEqualTo(ADDRESS);
        assertThat(first.body()).as("where notices go").doesNotContain("hooks.example");
        assertThat(first.header("webhook-timestamp")).isEqualTo("1800000000");

        desk.look();
        byte[] raw = Base64.getDecoder().decode(noticeKey.substring("whpk_".length()));
        String x509 = "302a300506032b6570032100" + HexFormat.of().formatHex(raw);
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(x509))));
        signature.update((first.header("webhook-id") + ".1800000000." + first.body()).getBytes(StandardCharsets.UTF_8));
        String[] given = first.header("webhook-signature").split(",");
        assertThat(given[0]).isEqualTo("v1a");
        assertThat(signature.verify(Base64.getDecoder().decode(given[1]))).isTrue();
        assertThat(NoticeKey.inFile(data.resolve("notice.key")).shown()).isEqualTo(noticeKey);
    }

    @Test
    void ntfyHasATitleTagsAndAPriority() {
        decide(PreferenceField.NTFY, TOPIC);
        assertThat(got.getFirst().path()).isEqualTo("/topic");
        assertThat(got.getFirst().header("Title")).isEqualTo("A decision was signed");
        assertThat(got.getFirst().header("Tags")).isEqualTo("key");
        assertThat(got.getFirst().header("Priority")).isEqualTo("high");
        assertThat(got.getFirst().body()).contains("ntfy is another").doesNotContain("ntfy.example");
    }

    @Test
    void aThiefsDecisionIsToldWhereNoticesWentBefore() {
        decide(PreferenceField.WEBHOOK, HOOK);
        got.clear();
        decide(PreferenceField.WEBHOOK, "off");
        assertThat(got).hasSize(1);
        got.clear();
        decide(PreferenceField.DONATE, "100%");
        assertThat(got).as("nobody is to be told any more").isEmpty();
        decide(PreferenceField.WEBHOOK, HOOK);
        decide(PreferenceField.LIGHTNING, "thief@example.com");
        assertThat(got.getLast().body())
                .contains("lightning = thief@example.com")
                .contains("can be taken back");
    }

    @Test
    void aWorkerThatFallsSilentIsToldOfAndAStrangersNameStaysTame() {
        decide(PreferenceField.NTFY, TOPIC);
        got.clear();
        long share = clock.epochMillis();
        workers.add(worker("desk\r\nEvil: 1 http://x", share, 5));
        desk.look();
        clock.advance(Duration.ofMinutes(10));
        desk.look();
        desk.deliver();
        assertThat(got).hasSize(1);
        assertThat(got.getFirst().header("Tags")).isEqualTo("warning");
        assertThat(got.getFirst().body()).startsWith("No share of desk__Evil__1_http___x since 2027-01-15T08:00:00Z");

        decide(PreferenceField.EVENTS, "block");
        got.clear();
        workers.set(0, worker("desk\r\nEvil: 1 http://x", clock.epochMillis(), 5));
        for (int i = 0; i < 10; i++) {
            clock.advance(Duration.ofMinutes(1));
            workers.set(0, worker("desk\r\nEvil: 1 http://x", clock.epochMillis(), 7));
            desk.look();
        }
        desk.deliver();
        assertThat(got).as("of blocks alone").isEmpty();
    }

    @Test
    void blocksAndPaymentsAreToldToThoseWhoHaveAPart() {
        decide(PreferenceField.WEBHOOK, HOOK);
        got.clear();
        desk.journaled(NoticeRecords.block(0, Money.ofSatoshis(1_000)));
        desk.deliver();
        assertThat(got).hasSize(1);
        assertThat(got.getFirst().body()).contains("your part is 1000.000000000000 satoshis");
        NoticeRecords.fund(books, 0, 1_000);
        got.clear();
        books.apply(NoticeRecords.payment(0, 900));
        for (PayoutMoved moved : NoticeRecords.moves()) {
            desk.journaled(moved);
            books.apply(moved);
        }
        desk.deliver();
        assertThat(got).hasSize(2);
        assertThat(got.getFirst().body()).contains("\"type\":\"payout.sent\"");
        assertThat(got.getLast().body())
                .contains("\"type\":\"payout.confirmed\"")
                .contains("900.0");
    }

    @Test
    void whatIsNotTakenIsTriedAgainAndThenGivenUp() {
        answer = 503;
        decide(PreferenceField.WEBHOOK, HOOK);
        String id = got.getFirst().header("webhook-id");
        for (Duration pause : Deliveries.PAUSES) {
            desk.deliver();
            int before = got.size();
            clock.advance(pause);
            desk.deliver();
            assertThat(got).hasSize(before + 1);
        }
        clock.advance(Duration.ofHours(1));
        desk.deliver();
        assertThat(got)
                .hasSize(1 + Deliveries.PAUSES.size())
                .allMatch(each -> each.header("webhook-id").equals(id));
        assertThat(count("failed")).isEqualTo(1);

        got.clear();
        answer = 302;
        decide(PreferenceField.DONATE, "1%");
        assertThat(got).extracting(Got::path).as("redirects are not followed").containsExactly("/mine?a=b");
        answer = 204;
        clock.advance(Duration.ofSeconds(10));
        desk.deliver();
        assertThat(count("delivered")).isEqualTo(1);
    }

    @Test
    void aFloodIsCutButNotWhatOwnersDecided() {
        decide(PreferenceField.NTFY, TOPIC);
        for (int i = 0; i < 50; i++) {
            workers.add(worker("w" + i, clock.epochMillis(), 1));
        }
        desk.look();
        clock.advance(Duration.ofMinutes(11));
        desk.look();
        got.clear();
        desk.deliver();
        desk.deliver();
        desk.deliver();
        assertThat(got).hasSize(Deliveries.OF_ACCOUNT_MAX);
        assertThat(count("too-many")).isEqualTo(50 - Deliveries.OF_ACCOUNT_MAX);
        decide(PreferenceField.DONATE, "1%");
        assertThat(got).hasSize(Deliveries.OF_ACCOUNT_MAX + 1);
    }

    @Test
    void aRestartTellsNothingAnew() throws Exception {
        decide(PreferenceField.WEBHOOK, HOOK);
        workers.add(worker("gone", clock.epochMillis() - 86_400_000, 1_000));
        desk.close();
        got.clear();
        registry.clear();
        desk = desk((host, port, millis) ->
                new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort()));
        desk.begin(books);
        desk.look();
        clock.advance(Duration.ofHours(2));
        desk.look();
        desk.deliver();
        assertThat(got).isEmpty();
    }

    @Test
    void noPrivateHostIsAsked() throws Exception {
        registry.clear();
        desk = desk(new PublicHosts());
        desk.begin(books);
        decide(PreferenceField.WEBHOOK, "https://localhost/mine");
        assertThat(got).isEmpty();
        assertThat(registry.getSampleValue("mote_notices_waiting"))
                .as("it is tried again")
                .isEqualTo(1);
    }

    @Test
    void aKeyFileThatIsNoneIsToldOf() throws Exception {
        Path file = Files.writeString(data.resolve("other.key"), "nonsense");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> NoticeKey.inFile(file)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other.key holds no key to sign notices with");
    }
}
