package org.motepool.chain.node;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * JSON-RPC over HTTP as Bitcoin-like nodes speak it. Thread-safe; calls block, so make them on virtual threads.
 *
 * <p>An answer that is too large, too slow or no JSON is a {@link NodeException.Unavailable}; nothing is tried again
 * except a login whose cookie has changed.
 */
public final class JsonRpcClient implements AutoCloseable {
    /** A whole block of 4 MB in hex, with room for what a template says of each transaction. */
    public static final int RESPONSE_BYTES_MAX = 32 << 20;

    private static final int NESTING_MAX = 64;
    private static final int SHOWN_CHARACTERS_MAX = 120;
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(RESPONSE_BYTES_MAX)
                            .maxNestingDepth(NESTING_MAX)
                            .build())
                    .build())
            // Amounts of coins are decimals, and stay what they are.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final NodeSettings settings;
    private final RpcAuthorization authorization;
    private final ExecutorService executor;
    private final HttpClient http;
    private final AtomicLong ids = new AtomicLong();

    public JsonRpcClient(NodeSettings settings) {
        this.settings = settings;
        authorization = new RpcAuthorization(settings.login());
        executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("node-http-", 0).factory());
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(executor);
        if ("http".equalsIgnoreCase(settings.url().getScheme())) {
            client.sslContext(trustingNobody());
        }
        http = client.build();
    }

    /** In the place of the system's, whose hundred certificates would be read at start for connections without TLS. */
    private static SSLContext trustingNobody() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java has no TLS", e);
        }
    }

    /** Calls with the settings' own timeout. */
    public JsonNode call(String method, Object... params) throws NodeException, InterruptedException {
        return call(method, List.of(params), settings.requestTimeout());
    }

    /**
     * Calls a method.
     *
     * @param params texts, numbers, booleans, lists, maps or {@link JsonNode}
     * @param timeout until the last byte of the answer
     * @return the result, a null node where it is null
     */
    public JsonNode call(String method, List<?> params, Duration timeout) throws NodeException, InterruptedException {
        String where = "node " + settings.name() + ", " + method;
        long id = ids.incrementAndGet();
        byte[] body = request(method, params, id);
        HttpResponse<byte[]> response = exchange(where, body, timeout);
        if (response.statusCode() == 401 && authorization.refused()) {
            response = exchange(where, body, timeout);
        }
        return result(where, id, response);
    }

    private static byte[] request(String method, List<?> params, long id) {
        ObjectNode request = JSON.createObjectNode();
        request.put("jsonrpc", "1.0").put("id", id).put("method", method);
        request.set("params", JSON.valueToTree(params));
        try {
            return JSON.writeValueAsBytes(request);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("parameters that are no JSON for " + method, e);
        }
    }

    private HttpResponse<byte[]> exchange(String where, byte[] body, Duration timeout)
            throws NodeException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer;
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(settings.url())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body));
            authorization.header().ifPresent(header -> request.header("Authorization", header));
            answer = http.sendAsync(
                    request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), RESPONSE_BYTES_MAX));
        } catch (IOException e) {
            throw new NodeException.Unavailable(where + ": " + e.getMessage(), false, e);
        }
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new NodeException.Unavailable(where + ": no answer within " + timeout.toMillis() + " ms", false, e);
        } catch (ExecutionException e) {
            throw unavailable(where, e.getCause() == null ? e : e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private static NodeException unavailable(String where, Throwable cause) {
        return switch (cause) {
            case HttpConnectTimeoutException e ->
                new NodeException.Unavailable(where + ": no connection in time; is the address right?", false, e);
            case ConnectException e ->
                new NodeException.Unavailable(
                        where + ": connection refused; is the node running, and its RPC at this address?", false, e);
            default ->
                new NodeException.Unavailable(
                        where + ": " + cause.getClass().getSimpleName() + ": " + cause.getMessage(),
                        cause instanceof IOException,
                        cause);
        };
    }

    private JsonNode result(String where, long id, HttpResponse<byte[]> response) throws NodeException {
        int status = response.statusCode();
        if (status == 401 || status == 403) {
            authorization.refused();
            throw new NodeException.Unavailable(where + ": login refused (HTTP " + status
                    + "); check user and password or the cookie file, and the node's rpcallowip");
        }
        JsonNode reply = parse(where, response);
        JsonNode error = reply.path("error");
        if (error.isObject()) {
            throw new NodeException.Refused(
                    where,
                    error.path("code").asInt(0),
                    printable(error.path("message").asText("")));
        }
        if (!error.isNull() && !error.isMissingNode()) {
            throw new NodeException.Refused(where, 0, printable(error.toString()));
        }
        JsonNode result = reply.get("result");
        if (status != 200 || result == null) {
            throw strange(where, response, "neither result nor error");
        }
        if (reply.path("id").asLong(-1) != id) {
            throw strange(where, response, "an answer to another question");
        }
        return result;
    }

    private static JsonNode parse(String where, HttpResponse<byte[]> response) throws NodeException {
        try {
            JsonNode reply = JSON.readTree(response.body());
            if (reply.isObject()) {
                return reply;
            }
        } catch (IOException e) {
            throw strange(where, response, "no JSON");
        }
        throw strange(where, response, "no JSON object");
    }

    private static NodeException strange(String where, HttpResponse<byte[]> response, String what) {
        int shown = Math.min(response.body().length, 4 * SHOWN_CHARACTERS_MAX);
        String body = new String(response.body(), 0, shown, StandardCharsets.UTF_8);
        return new NodeException.Unavailable(where + ": " + what + " (HTTP " + response.statusCode() + ", "
                + response.body().length + " bytes: \"" + printable(body) + "\")");
    }

    /** What came from outside, fit for one line of a log. */
    private static String printable(String text) {
        String start = text.length() <= SHOWN_CHARACTERS_MAX ? text : text.substring(0, SHOWN_CHARACTERS_MAX) + "…";
        return start.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    /** For logs and pages, without password. */
    public String name() {
        return settings.name();
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        http.shutdownNow();
        executor.shutdownNow();
    }
}
