package org.motepool.payout.lightning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.motepool.core.bytes.Bytes;

/**
 * Core Lightning by its own REST interface (clnrest): one POST a command, a rune as the right to it, 201 with the result or
 * an error with the command's code. Thread-safe.
 *
 * @see "Core Lightning: clnrest, lightning-xpay(7), lightning-listpays(7), lightning-decode(7)"
 */
public final class ClnRest implements LightningNode, AutoCloseable {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
    /** A payment is looked for by its hash afterwards: nothing hangs on waiting longer. */
    private static final Duration PAY_MAX = Duration.ofSeconds(75);

    private static final int RETRY_SECONDS = 45;
    private static final int BODY_BYTES_MAX = 4 << 20;
    private static final int CREATED = 201;
    private static final int PAYS_MAX = 1_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final URI base;
    private final String rune;
    private final HttpClient http;
    private final Duration payMax;

    private ClnRest(URI base, String rune, HttpClient http, Duration payMax) {
        this.base = base;
        this.rune = rune;
        this.http = http;
        this.payMax = payMax;
    }

    /**
     * @param url where clnrest listens
     * @param rune that allows decode, listpays and xpay
     * @param certificate of the authority that signed the node's, {@code ca.pem} in its directory; empty for a public one
     * @throws LightningException when the certificate cannot be read
     */
    public static ClnRest of(URI url, String rune, Optional<Path> certificate) throws LightningException {
        return of(url, rune, certificate, PAY_MAX);
    }

    static ClnRest of(URI url, String rune, Optional<Path> certificate, Duration payMax) throws LightningException {
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_MAX)
                .followRedirects(HttpClient.Redirect.NEVER);
        if (certificate.isPresent()) {
            http.sslContext(trusting(certificate.get()));
        }
        return new ClnRest(URI.create(url.toString().replaceFirst("/+$", "")), rune, http.build(), payMax);
    }

    private static SSLContext trusting(Path certificate) throws LightningException {
        try (InputStream in = Files.newInputStream(certificate)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "clnrest", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new LightningException("the certificate " + certificate + " cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public Decoded decode(String bolt11) throws LightningException {
        JsonNode answer =
                command("decode", JsonNodeFactory.instance.objectNode().put("string", bolt11), ANSWER_MAX);
        if (!answer.path("valid").asBoolean() || !answer.path("type").asText().equals("bolt11 invoice")) {
            throw new LightningException("the node says that it is no valid BOLT11 invoice");
        }
        try {
            return new Decoded(
                    answer.path("currency").asText(),
                    answer.path("amount_msat").asLong(0),
                    answer.path("created_at").asLong(),
                    answer.path("expiry").asLong(),
                    Bytes.ofHex(answer.path("payment_hash").asText()),
                    answer.hasNonNull("description_hash")
                            ? Optional.of(
                                    Bytes.ofHex(answer.path("description_hash").asText()))
                            : Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new LightningException("the node's answer to decode makes no sense", e);
        }
    }

    @Override
    public Known find(Bytes paymentHash) throws LightningException {
        JsonNode pays = command(
                        "listpays",
                        JsonNodeFactory.instance.objectNode().put("payment_hash", paymentHash.toHex()),
                        ANSWER_MAX)
                .path("pays");
        if (!pays.isArray() || pays.size() > PAYS_MAX) {
            throw new LightningException("the node's answer to listpays is no list");
        }
        Known found = new Known(Status.NONE, 0);
        for (JsonNode each : pays) {
            if (!each.path("payment_hash").asText().equals(paymentHash.toHex())) {
                throw new LightningException("the node answers with another payment than it was asked for");
            }
            Known one = new Known(status(each), each.path("amount_sent_msat").asLong(0));
            found = one.status().compareTo(found.status()) > 0 ? one : found;
            // Attempts that go on weigh more than one that failed; only success weighs more than they.
            found = found.status() == Status.FAILED && one.status() == Status.PENDING ? one : found;
        }
        return found;
    }

    private static Status status(JsonNode pay) throws LightningException {
        return switch (pay.path("status").asText()) {
            case "complete" -> Status.COMPLETE;
            case "pending" -> Status.PENDING;
            case "failed" -> Status.FAILED;
            default -> throw new LightningException("the node names a status that is none");
        };
    }

    @Override
    public Optional<String> pay(String bolt11, long feeMillisatoshisMax) throws LightningException {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("invstring", bolt11).put("maxfee", feeMillisatoshisMax).put("retry_for", RETRY_SECONDS);
        HttpResponse<byte[]> response = post("xpay", request, payMax);
        if (response.statusCode() == CREATED) {
            return Optional.empty();
        }
        JsonNode error = parse("xpay", response.body());
        if (!error.path("code").isIntegralNumber()) {
            // Of the way there, not of the payment: whether the node has heard of it is not known.
            throw new LightningException("xpay: HTTP " + response.statusCode() + " " + shown(error));
        }
        return Optional.of(shown(error));
    }

    private JsonNode command(String name, ObjectNode request, Duration bound) throws LightningException {
        HttpResponse<byte[]> response = post(name, request, bound);
        JsonNode answer = parse(name, response.body());
        if (response.statusCode() != CREATED) {
            throw new LightningException(name + ": HTTP " + response.statusCode() + " " + shown(answer));
        }
        return answer;
    }

    private HttpResponse<byte[]> post(String name, ObjectNode request, Duration bound) throws LightningException {
        HttpRequest http = HttpRequest.newBuilder(URI.create(base + "/v1/" + name))
                .timeout(bound)
                .header("Content-Type", "application/json")
                .header("Rune", rune)
                .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                .build();
        try {
            return this.http.send(http, BodyHandlers.limiting(BodyHandlers.ofByteArray(), BODY_BYTES_MAX));
        } catch (IOException e) {
            throw new LightningException("the Lightning node does not answer to " + name + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LightningException("interrupted while the Lightning node was asked", e);
        }
    }

    private static JsonNode parse(String name, byte[] body) throws LightningException {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new LightningException("the Lightning node's answer to " + name + " is no JSON", e);
        }
    }

    private static String shown(JsonNode error) {
        String text = error.path("message").asText("").replaceAll("\\p{Cntrl}+", " ");
        String start = text.length() > 200 ? text.substring(0, 200) + "…" : text;
        return start + " (code " + error.path("code").asText("none") + ")";
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
