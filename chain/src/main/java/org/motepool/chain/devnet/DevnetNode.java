package org.motepool.chain.devnet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.motepool.chain.block.RawBlock;
import org.motepool.chain.devnet.NodeMethods.RpcException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The built-in chain as a node of its own, with a full node's RPC: so that roles in several processes, or several pools,
 * mine on one devnet. Whoever reaches its port may call it; its coins are worth nothing. Thread-safe.
 */
public final class DevnetNode implements AutoCloseable {
    /** A block in hex, and a little. */
    private static final int REQUEST_BYTES_MAX = 2 * RawBlock.BYTES_MAX + 4_096;
    /** Requests at once, long polls among them. */
    private static final int REQUESTS_MAX = 256;

    private static final Logger LOG = LoggerFactory.getLogger(DevnetNode.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("devnet-rpc-", 0).factory());
    private final TemplateBoard board = new TemplateBoard();
    private final NodeMethods methods;
    private final Semaphore places = new Semaphore(REQUESTS_MAX);

    private DevnetNode(DevnetChain chain, HttpServer server) {
        this.server = server;
        methods = new NodeMethods(chain, board);
    }

    /**
     * Serves a chain, which it starts and does not close.
     *
     * @param port 0 takes a free one
     * @throws IOException when it cannot listen
     */
    public static DevnetNode start(DevnetChain chain, String bind, int port) throws IOException {
        DevnetNode node = new DevnetNode(chain, HttpServer.create(new InetSocketAddress(bind, port), 0));
        node.server.setExecutor(node.executor);
        node.server.createContext("/", node::handle);
        chain.start(node.board);
        node.server.start();
        return node;
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!places.tryAcquire()) {
                send(exchange, 503, "too many requests at once");
                return;
            }
            try {
                answer(exchange);
            } finally {
                places.release();
            }
        } catch (RuntimeException e) {
            LOG.error("a defect in the devnet's node", e);
            throw e;
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(REQUEST_BYTES_MAX + 1);
        JsonNode request = body.length > REQUEST_BYTES_MAX ? NullNode.getInstance() : parse(body);
        if (!exchange.getRequestMethod().equals("POST") || !request.isObject()) {
            send(exchange, 400, "send a JSON-RPC request by POST");
            return;
        }
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        int status = 200;
        try {
            reply.set("result", methods.call(request.path("method").asText(""), request.path("params")));
            reply.putNull("error");
        } catch (RpcException e) {
            status = e.code() == NodeMethods.METHOD_NOT_FOUND ? 404 : 500;
            reply.putNull("result");
            reply.putObject("error").put("code", e.code()).put("message", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        reply.set("id", request.path("id"));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        send(exchange, status, JSON.writeValueAsString(reply));
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return NullNode.getInstance();
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** Sends long polls away and stops to listen. */
    @Override
    public void close() {
        board.close();
        server.stop(0);
        executor.shutdownNow();
    }
}
