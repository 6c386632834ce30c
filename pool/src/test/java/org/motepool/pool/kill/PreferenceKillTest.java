package org.motepool.pool.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.preference.PreferenceField;
import org.motepool.core.preference.SignedText;
import org.motepool.core.work.PowShift;
import org.motepool.payout.books.PreferenceBook;
import org.motepool.payout.journal.FileJournal;
import org.motepool.payout.proof.LedgerProof;
import org.motepool.payout.signature.TestWallet;

/** An owner signs what a page wrote; the pool is killed behind its word, and what it said holds when its time has come. */
class PreferenceKillTest {
    private static final int SECONDS_MAX = 60;
    private static final Duration DELAY = SignedText.delay(Network.DEVNET);
    private static final JsonMapper JSON = new JsonMapper();

    private final TestWallet wallet = new TestWallet(271_828);
    private final PayoutAddress address = wallet.address(Network.DEVNET);

    @TempDir
    private Path directory;

    private final HttpClient browser = HttpClient.newHttpClient();
    private String base = "";

    @Test
    void whatASignedTextDecidedOutlivesAKillAndHoldsWhenItsTimeHasCome() throws Exception {
        Path data = directory.resolve("data");
        Path log = directory.resolve("pool.log");
        try (SkewedPool pool = SkewedPool.start(data, log, Duration.ZERO)) {
            at(pool);
            String refusedId = send("threshold", "20000");
            awaitState(refusedId, "refused");
            assertThat(get("/requests/" + refusedId).path("reason").asText()).contains("let a device mine for it");

            mine(pool, data);
            awaitState(send("threshold", "20000"), "accepted");
            awaitState(send("donate", "2.5"), "accepted");
            awaitState(send("ntfy", "https://ntfy.sh/my_motes"), "accepted");
            await(() -> get("").path("waiting").size() == 2, "two changes wait");
            assertThat(value("ntfy")).isEqualTo("set");
            assertThat(value("threshold")).isEmpty();
            awaitState(send("cancel", "donate"), "accepted");
        }
        try (SkewedPool pool = SkewedPool.start(data, log, DELAY.plusSeconds(30))) {
            at(pool);
            await(() -> value("threshold").equals("20000 sat"), "the threshold holds");
            assertThat(get("").path("waiting").isEmpty()).isTrue();
            assertThat(value("donate")).as("taken back").isEmpty();
        }
        PreferenceBook book =
                LedgerProof.of(FileJournal.directoryIn(data)).books().preferences();
        assertThat(book.value(0, PreferenceField.THRESHOLD, Long.MAX_VALUE)).isEqualTo("20000 sat");
        assertThat(book.value(0, PreferenceField.DONATE, Long.MAX_VALUE)).isEqualTo("0%");
    }

    /** A pool that is killed leaves its Redis to the next, and here there is none. */
    @AfterEach
    void endRedis() throws IOException {
        Path file = directory.resolve("data/redis/redis.pid");
        if (Files.exists(file)) {
            String pid = Files.readString(file).strip().split(" ", -1)[0];
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private void at(SkewedPool pool) {
        base = "http://127.0.0.1:" + pool.httpPort() + "/api/v1/accounts/" + address.canonical() + "/preferences";
    }

    /** Until the books have work of the address. */
    private void mine(SkewedPool pool, Path data) throws Exception {
        try (RecordingMiner _ = new RecordingMiner(
                        "127.0.0.1", pool.stratumPort(), address.canonical() + ".rig", new PowShift(16))
                .start()) {
            await(
                    () -> {
                        try {
                            return LedgerProof.of(FileJournal.directoryIn(data))
                                            .books()
                                            .shares()
                                    > 0;
                        } catch (Exception e) {
                            // Its last record is being written.
                            return false;
                        }
                    },
                    "a share is journaled");
        }
    }

    /** Signs what the pool writes; returns the request's id. */
    private String send(String field, String value) throws Exception {
        String text = get("/text?field=" + field + "&value=" + URLEncoder.encode(value, StandardCharsets.UTF_8))
                .path("text")
                .asText();
        String body = JSON.writeValueAsString(
                JSON.createObjectNode().put("text", text).put("signature", wallet.sign(address, text)));
        HttpRequest request = HttpRequest.newBuilder(URI.create(base))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> reply = browser.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(202);
        return JSON.readTree(reply.body()).path("id").asText();
    }

    /** No more often than a caller may ask. */
    private static void await(BooleanSupplier condition, String what) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        CountDownLatch never = new CountDownLatch(1);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            assertThat(never.await(150, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    private void awaitState(String id, String state) throws InterruptedException {
        await(() -> isSettled(get("/requests/" + id)), "the request is settled");
        JsonNode settled = get("/requests/" + id);
        assertThat(settled.path("state").asText()).as(settled.toString()).isEqualTo(state);
    }

    private static boolean isSettled(JsonNode request) {
        String state = request.path("state").asText();
        return state.equals("accepted") || state.equals("refused");
    }

    private String value(String field) {
        for (JsonNode each : get("").path("values")) {
            if (each.path("field").asText().equals(field)) {
                return each.path("value").asText();
            }
        }
        return "";
    }

    private JsonNode get(String path) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(base + path)).build();
            return JSON.readTree(
                    browser.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
