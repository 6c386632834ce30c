package org.motepool.pool.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a {@link StandInNode} for tips. Thread-safe. */
public final class TipSource implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String REQUEST = "{\"id\":1,\"method\":\"newtip\",\"params\":[]}";
    private static final JsonMapper JSON = new JsonMapper();

    private final URI node;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /** @throws IllegalArgumentException when that is no http address */
    public TipSource(String url) {
        node = URI.create(url);
        if (!"http".equals(node.getScheme()) || node.getHost() == null) {
            throw new IllegalArgumentException("a node's address is http://HOST:PORT");
        }
    }

    /**
     * Has a tip made.
     *
     * @return when the node published it, in nanoseconds of the machine's monotonic clock
     * @throws IOException when the node does not answer, or makes no tips
     */
    public long next() throws IOException, InterruptedException {
        URI withoutLogin = URI.create("http://" + node.getHost() + ":" + node.getPort() + "/");
        HttpResponse<byte[]> response = http.send(
                HttpRequest.newBuilder(withoutLogin)
                        .timeout(PATIENCE)
                        .POST(HttpRequest.BodyPublishers.ofString(REQUEST))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        JsonNode nanos = JSON.readTree(response.body()).path("result").path("nanos");
        if (!nanos.isIntegralNumber()) {
            throw new IOException("the node at " + withoutLogin + " makes no tips: start one with mote bench node");
        }
        return nanos.asLong();
    }

    @Override
    public void close() {
        http.close();
    }
}
