package org.motepool.chain.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.motepool.chain.template.Templates;
import org.motepool.core.hash.Hash256;

/** A node on a real socket that says what a test tells it to, true or absurd, and keeps what it was asked. */
public final class FakeNode implements AutoCloseable {
    public static final ObjectMapper JSON = new ObjectMapper();
    private static final int POLL_SECONDS_MAX = 20;

    /** One answer; a {@code null} result is JSON's null. */
    public interface Answer {
        void send(HttpExchange exchange, JsonNode request) throws IOException, InterruptedException;
    }

    private final HttpServer server;
    private final ExecutorService executor;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile String login = "user:secret";
    private volatile boolean broken;
    private volatile CountDownLatch pollers = new CountDownLatch(1);
    private volatile Hash256 tip = Templates.hash(0);
    private volatile int height;
    private volatile boolean longPoll = true;

    public FakeNode() throws IOException {
        executor = Executors.newVirtualThreadPerTaskExecutor();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
        answers.put(
                "getblockchaininfo",
                result("{\"chain\":\"regtest\",\"blocks\":1,\"bestblockhash\":\"%s\"}".formatted(tip.toDisplayHex())));
        answers.put("getblocktemplate", this::template);
        answers.put("submitblock", result("null"));
    }

    NodeSettings settings() {
        return settings("http://user:secret@127.0.0.1:" + port(), Optional.empty());
    }

    static NodeSettings settings(String url, Optional<String> zmq) {
        return NodeSettings.of(url, Optional.empty(), zmq).withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(3));
    }

    public int port() {
        return server.getAddress().getPort();
    }

    String name() {
        return "127.0.0.1:" + port();
    }

    public void answer(String method, Answer answer) {
        answers.put(method, answer);
    }

    public void login(String userAndPassword) {
        login = userAndPassword;
    }

    void withoutLongPoll() {
        longPoll = false;
    }

    /** Answers nothing but 503 from now on, long polls that wait included. */
    void breakDown() {
        broken = true;
        releasePollers();
    }

    void mend() {
        broken = false;
    }

    void newTip(int height, Hash256 tip) {
        quietlyNewTip(height, tip);
        releasePollers();
    }

    /** A new tip that long polls do not hear of. */
    void quietlyNewTip(int height, Hash256 tip) {
        this.tip = tip;
        this.height = height;
    }

    private void releasePollers() {
        CountDownLatch waiting = pollers;
        pollers = new CountDownLatch(1);
        waiting.countDown();
    }

    long asked(String method) {
        return requests.stream()
                .filter(request -> request.path("method").asText().equals(method))
                .count();
    }

    List<JsonNode> requests() {
        return requests;
    }

    long polls() {
        return requests.stream()
                .filter(request -> request.path("params").path(0).has("longpollid"))
                .count();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
            String expected = "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
            if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                send(exchange, 401, "");
                return;
            }
            requests.add(request);
            if (broken) {
                send(exchange, 503, "Work queue depth exceeded");
                return;
            }
            Answer answer = answers.getOrDefault(request.path("method").asText(), error(404, -32601, "no method"));
            answer.send(exchange, request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void template(HttpExchange exchange, JsonNode request) throws IOException, InterruptedException {
        // Taken before the state is read: whoever changes it afterwards opens this latch.
        CountDownLatch waiting = pollers;
        if (request.path("params").path(0).path("longpollid").asText("").equals(tip.toDisplayHex())) {
            if (!broken) {
                boolean _ = waiting.await(POLL_SECONDS_MAX, TimeUnit.SECONDS);
            }
            if (broken || closing.getCount() == 0) {
                send(exchange, 503, "shutting down");
                return;
            }
        }
        ObjectNode template = template(height, tip);
        if (longPoll) {
            template.put("longpollid", tip.toDisplayHex());
        }
        reply(exchange, request, template);
    }

    static ObjectNode template(int height, Hash256 tip) {
        ObjectNode template = JSON.createObjectNode();
        template.put("height", height)
                .put("previousblockhash", tip.toDisplayHex())
                .put("version", 0x20000000)
                .put("bits", "207fffff")
                .put("mintime", 1_700_000_000)
                .put("curtime", 1_700_000_600)
                .put("coinbasevalue", 5_000_000_000L)
                .put("default_witness_commitment", Templates.COMMITMENT.toHex());
        template.putArray("rules").add("!segwit");
        template.putArray("transactions");
        return template;
    }

    /** A template with that height, of that time. */
    public static String template(int height, long time) {
        return template(height, Templates.hash(0)).put("curtime", time).toString();
    }

    public static Answer result(String json) {
        return (exchange, request) -> reply(exchange, request, JSON.readTree(json));
    }

    public static Answer error(int status, int code, String message) {
        return (exchange, request) -> {
            ObjectNode reply = JSON.createObjectNode();
            reply.putNull("result").set("id", request.path("id"));
            reply.putObject("error").put("code", code).put("message", message);
            send(exchange, status, reply.toString());
        };
    }

    public static Answer text(int status, String body) {
        return (exchange, request) -> send(exchange, status, body);
    }

    static void reply(HttpExchange exchange, JsonNode request, JsonNode result) throws IOException {
        ObjectNode reply = JSON.createObjectNode();
        reply.set("result", result);
        reply.putNull("error").set("id", request.path("id"));
        send(exchange, 200, reply.toString());
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    /** An answer that begins and then never ends, until the node is closed. */
    Answer stalled(boolean afterHeaders) {
        return (exchange, request) -> {
            if (afterHeaders) {
                exchange.sendResponseHeaders(200, 1000);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
            }
            boolean _ = closing.await(POLL_SECONDS_MAX, TimeUnit.SECONDS);
        };
    }

    /** More bytes than any node sends. */
    static Answer endless() {
        return (exchange, request) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[1 << 20];
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < 1 << 10; i++) {
                    out.write(chunk);
                }
            } catch (IOException e) {
                // The client hangs up: what the test is about.
                throw new UncheckedIOException(e);
            }
        };
    }

    @Override
    public void close() {
        closing.countDown();
        releasePollers();
        server.stop(0);
        executor.shutdownNow();
    }
}
