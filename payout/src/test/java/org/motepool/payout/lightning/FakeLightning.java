package org.motepool.payout.lightning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;
import org.motepool.core.time.PoolClock;

/**
 * The REST interface of Core Lightning and a payee's LNURL-pay server, on loopback, with the shapes of the real ones: 201
 * with the result, or an error with the command's code; a node that pays a hash once. What goes wrong is the test's choice.
 */
final class FakeLightning implements AutoCloseable {
    static final String RUNE = "a rune";
    private static final int BASE_FEE = 1_001;
    private static final JsonMapper JSON = new JsonMapper();

    final AtomicInteger payCalls = new AtomicInteger();
    final Map<String, Invoiced> invoices = new ConcurrentHashMap<>();
    final CountDownLatch released = new CountDownLatch(1);
    volatile PayMode mode = PayMode.PAYS;
    volatile Cheat cheat = Cheat.NONE;
    volatile boolean nodeAway;
    private final PoolClock clock;
    private final HttpServer server;
    private final AtomicInteger numbers = new AtomicInteger();

    /** What the node does with a payment. */
    enum PayMode {
        PAYS,
        /** The caller hears nothing, the payment gets there. */
        PAYS_SILENTLY,
        /** Someone on the way holds it until the test lets it go. */
        HELD,
        NO_ROUTE
    }

    /** What the payee's server does wrong. */
    enum Cheat {
        NONE,
        AMOUNT,
        NETWORK,
        DESCRIPTION,
        EXPIRED,
        REUSED,
        LIMITS,
        REDIRECT,
        ENDLESS
    }

    /** An invoice and what the node did about it. */
    static final class Invoiced {
        final ObjectNode decoded;
        volatile String status = "";
        volatile int completions;

        Invoiced(ObjectNode decoded) {
            this.decoded = decoded;
        }
    }

    FakeLightning(PoolClock clock) throws IOException {
        this.clock = clock;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/", this::command);
        server.createContext("/pay", this::offer);
        server.createContext("/invoice", this::invoice);
        server.start();
    }

    URI node() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The payee's pay request, as the outside sees it. */
    URI payee() {
        return URI.create("https://payee.example/pay");
    }

    /** Every host is this server; the way to it is plain. */
    Socket connect(String host, int port, int millis) throws IOException {
        Socket socket = new Socket();
        socket.connect(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), server.getAddress().getPort()),
                millis);
        socket.setSoTimeout(millis);
        return socket;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String error(int code, String message) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("code", code)
                .put("message", message)
                .toString();
    }

    private void command(HttpExchange exchange) throws IOException {
        if (nodeAway) {
            exchange.close();
            return;
        }
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        if (!RUNE.equals(exchange.getRequestHeaders().getFirst("Rune"))) {
            answer(exchange, 401, error(1501, "Not authorized: Missing rune"));
            return;
        }
        String name = exchange.getRequestURI().getPath().substring("/v1/".length());
        switch (name) {
            case "decode" -> {
                Invoiced known = invoices.get(request.path("string").asText());
                ObjectNode none = JsonNodeFactory.instance.objectNode().put("valid", false);
                answer(exchange, 201, (known == null ? none : known.decoded).toString());
            }
            case "listpays" ->
                answer(exchange, 201, listPays(request.path("payment_hash").asText()));
            case "xpay" -> pay(exchange, request);
            default -> answer(exchange, 404, error(-32601, "Unknown command '" + name + "'"));
        }
    }

    private String listPays(String hash) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        var pays = out.putArray("pays");
        for (Map.Entry<String, Invoiced> each : invoices.entrySet()) {
            ObjectNode decoded = each.getValue().decoded;
            if (decoded.path("payment_hash").asText().equals(hash)
                    && !each.getValue().status.isEmpty()) {
                long amount = decoded.path("amount_msat").asLong();
                pays.addObject()
                        .put("bolt11", each.getKey())
                        .put("payment_hash", hash)
                        .put("status", each.getValue().status)
                        .put("created_at", 1_700_000_000)
                        .put("created_index", 1)
                        .put("amount_msat", amount)
                        .put("amount_sent_msat", amount + BASE_FEE)
                        .put("preimage", hash);
            }
        }
        return out.toString();
    }

    private void pay(HttpExchange exchange, JsonNode request) throws IOException {
        payCalls.incrementAndGet();
        Invoiced invoice = invoices.get(request.path("invstring").asText());
        ObjectNode decoded = invoice.decoded;
        if (invoice.status.equals("complete")) {
            answer(exchange, 500, error(219, "Already paid"));
            return;
        }
        if (decoded.path("created_at").asLong() + decoded.path("expiry").asLong() < clock.epochMillis() / 1000) {
            answer(exchange, 500, error(207, "Invoice expired"));
            return;
        }
        switch (mode) {
            case NO_ROUTE -> {
                invoice.status = "failed";
                answer(exchange, 500, error(205, "Could not find a route"));
            }
            case PAYS -> {
                complete(invoice);
                long amount = decoded.path("amount_msat").asLong();
                answer(
                        exchange,
                        201,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("payment_preimage", "00")
                                .put("failed_parts", 0)
                                .put("successful_parts", 1)
                                .put("amount_msat", amount)
                                .put("amount_sent_msat", amount + BASE_FEE)
                                .toString());
            }
            case PAYS_SILENTLY -> {
                complete(invoice);
                awaitRelease(exchange);
            }
            case HELD -> {
                invoice.status = "pending";
                awaitRelease(exchange);
                complete(invoice);
            }
        }
    }

    private void awaitRelease(HttpExchange exchange) {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private static synchronized void complete(Invoiced invoice) {
        if (!invoice.status.equals("complete")) {
            invoice.completions++;
        }
        invoice.status = "complete";
    }

    private void offer(HttpExchange exchange) throws IOException {
        if (cheat == Cheat.REDIRECT) {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1/");
            answer(exchange, 302, "");
            return;
        }
        if (cheat == Cheat.ENDLESS) {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 100; i++) {
                exchange.getResponseBody().write(new byte[4096]);
            }
            exchange.close();
            return;
        }
        ObjectNode offer = JsonNodeFactory.instance.objectNode();
        offer.put("tag", "payRequest").put("callback", "https://payee.example/invoice?k=1");
        offer.put("minSendable", cheat == Cheat.LIMITS ? 1_000_000_000 : 1_000).put("maxSendable", 2_000_000_000L);
        offer.put("metadata", metadata());
        // A body of unknown length goes out in chunks.
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(offer.toString().getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }

    private static String metadata() {
        return "[[\"text/plain\",\"grzebień for a miner\"]]";
    }

    private void invoice(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        long amount = Long.parseLong(query.substring(query.indexOf("amount=") + "amount=".length()));
        int number = cheat == Cheat.REUSED ? 0 : numbers.incrementAndGet();
        Bytes described =
                Bytes.copyOf((metadata() + (cheat == Cheat.DESCRIPTION ? "!" : "")).getBytes(StandardCharsets.UTF_8));
        ObjectNode decoded = JsonNodeFactory.instance.objectNode();
        decoded.put("type", "bolt11 invoice").put("valid", true);
        decoded.put("currency", cheat == Cheat.NETWORK ? "tb" : "bcrt");
        decoded.put("created_at", clock.epochMillis() / 1000 - (cheat == Cheat.EXPIRED ? 3_590 : 0));
        decoded.put("expiry", 3_600);
        decoded.put("amount_msat", cheat == Cheat.AMOUNT ? amount + 1 : amount);
        decoded.put("description_hash", Sha256.once(described).toHex());
        decoded.put(
                "payment_hash",
                Sha256.once(new ByteWriter().i32(number).toBytes()).toHex());
        String bolt11 = "lnbcrt" + number + "x" + numbers.get();
        invoices.putIfAbsent(bolt11, new Invoiced(decoded));
        answer(exchange, 200, "{\"pr\":\"" + bolt11 + "\",\"routes\":[]}");
    }

    /** How often each invoice was really paid. */
    int completions() {
        return invoices.values().stream().mapToInt(each -> each.completions).sum();
    }

    @Override
    public void close() {
        released.countDown();
        server.stop(0);
    }
}
