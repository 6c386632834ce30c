package org.motepool.pool.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.motepool.chain.block.RawBlock;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.bench.StandInMethods.RpcException;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * A node for load tests of any pool, on loopback alone: a large template at main's difficulty, and a new tip when it is asked
 * for one, told by ZMQ and by long poll. It speaks HTTP as a full node does, lines that end without CR included. Thread-safe.
 */
public final class StandInNode implements AutoCloseable {
    private static final int REQUEST_BYTES_MAX = 1 << 20;
    private static final int LINE_BYTES_MAX = 8_192;
    private static final int HEADERS_MAX = 64;
    private static final int CONNECTIONS_MAX = 256;
    private static final JsonMapper JSON = new JsonMapper();

    private final PoolClock clock;
    private final StandInChain chain;
    private final StandInMethods methods;
    private final ServerSocket listening;
    private final ZContext zmq = new ZContext(1);
    private final ZMQ.Socket publisher;
    private final int zmqPort;
    private final Semaphore places = new Semaphore(CONNECTIONS_MAX);
    private int published;

    private StandInNode(int transactions, ServerSocket listening, int wantedZmqPort, PoolClock clock) {
        this.clock = clock;
        this.listening = listening;
        chain = new StandInChain(transactions, clock);
        methods = new StandInMethods(chain, this::newTip);
        zmq.setLinger(0);
        publisher = zmq.createSocket(SocketType.PUB);
        String everyPort = "tcp://127.0.0.1";
        if (wantedZmqPort == 0) {
            zmqPort = publisher.bindToRandomPort(everyPort);
        } else {
            publisher.bind(everyPort + ":" + wantedZmqPort);
            zmqPort = wantedZmqPort;
        }
    }

    /**
     * Begins to answer.
     *
     * @param transactions in the template
     * @param rpcPort 0 takes a free one
     * @param zmqPort likewise
     * @throws IOException when it cannot listen
     */
    public static StandInNode start(int transactions, int rpcPort, int zmqPort, PoolClock clock) throws IOException {
        ServerSocket listening = new ServerSocket(rpcPort, 0, InetAddress.getLoopbackAddress());
        StandInNode node;
        try {
            node = new StandInNode(transactions, listening, zmqPort, clock);
        } catch (RuntimeException e) {
            listening.close();
            throw new IOException("ZMQ cannot listen on port " + zmqPort + ": " + e.getMessage(), e);
        }
        Thread.ofPlatform().daemon().name("stand-in-accept").start(node::accept);
        return node;
    }

    public int rpcPort() {
        return listening.getLocalPort();
    }

    public int zmqPort() {
        return zmqPort;
    }

    /** Makes a tip and publishes it; {@code nanos} of the answer is when, by the machine's monotonic clock. */
    private synchronized JsonNode newTip() {
        RawBlock tip = chain.advance();
        long now = clock.nanos();
        byte[] hash = tip.hash().internal().toArray();
        for (int i = 0; i < hash.length / 2; i++) {
            byte swapped = hash[i];
            hash[i] = hash[hash.length - 1 - i];
            hash[hash.length - 1 - i] = swapped;
        }
        publisher.sendMore("hashblock");
        publisher.sendMore(hash);
        publisher.send(new byte[] {(byte) published, (byte) (published >> 8), (byte) (published >> 16), 0});
        published++;
        return JsonNodeFactory.instance
                .objectNode()
                .put("hash", tip.hash().toDisplayHex())
                .put("height", chain.height())
                .put("nanos", now);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket one = listening.accept();
                if (places.tryAcquire()) {
                    Thread.ofVirtual().name("stand-in-rpc").start(() -> serve(one));
                } else {
                    one.close();
                }
            } catch (IOException e) {
                // Closed, or a peer that is gone again.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = socket.getOutputStream()) {
            socket.setTcpNoDelay(true);
            while (answerOne(in, out)) {}
        } catch (IOException e) {
            // The peer is gone, or speaks no HTTP: it is closed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    private boolean answerOne(InputStream in, OutputStream out) throws IOException, InterruptedException {
        String first = line(in);
        if (first.isEmpty()) {
            return false;
        }
        int length = 0;
        String header = line(in);
        for (int i = 0; !header.isEmpty(); i++) {
            if (i == HEADERS_MAX) {
                throw new IOException("too many headers");
            }
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = parse(lower.substring(lower.indexOf(':') + 1).strip());
            }
            header = line(in);
        }
        JsonNode request = JSON.readTree(in.readNBytes(length));
        byte[] body = reply(request);
        String status =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
        ByteArrayOutputStream whole = new ByteArrayOutputStream(status.length() + body.length);
        whole.writeBytes(status.getBytes(StandardCharsets.US_ASCII));
        whole.writeBytes(body);
        whole.writeTo(out);
        return true;
    }

    private static int parse(String length) throws IOException {
        if (!length.matches("[0-9]{1,7}") || Integer.parseInt(length) > REQUEST_BYTES_MAX) {
            throw new IOException("a request of no length that is served: " + length);
        }
        return Integer.parseInt(length);
    }

    /** Without its end; empty at the end of the stream. */
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
            if (line.size() > LINE_BYTES_MAX) {
                throw new IOException("a header that is too long");
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** One line, with its end: some clients wait for that. */
    private byte[] reply(JsonNode request) throws IOException, InterruptedException {
        String method = request.path("method").asText("");
        JsonNode params = request.path("params");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (method.equals("getblocktemplate")) {
            methods.awaitTemplate(params.path(0));
            byte[] head = JSON.writeValueAsBytes(chain.head());
            out.writeBytes(ascii("{\"result\":"));
            out.write(head, 0, head.length - 1);
            out.writeBytes(ascii(",\"transactions\":"));
            out.writeBytes(chain.transactions());
            out.writeBytes(ascii("},\"error\":null,\"id\":" + id(request) + "}\n"));
            return out.toByteArray();
        }
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        try {
            reply.set("result", methods.call(method, params));
            reply.putNull("error");
        } catch (RpcException e) {
            reply.putNull("result");
            reply.putObject("error").put("code", e.code()).put("message", e.getMessage());
        }
        reply.set("id", request.path("id"));
        out.writeBytes(JSON.writeValueAsBytes(reply));
        out.write('\n');
        return out.toByteArray();
    }

    private static String id(JsonNode request) throws JsonProcessingException {
        return request.has("id") ? JSON.writeValueAsString(request.get("id")) : "null";
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        zmq.close();
    }
}
