package org.motepool.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.preference.SignedText;
import org.motepool.store.Preferences;
import org.motepool.store.Requests;

class PreferencesApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PayoutAddress ONE = Sample.address(1);
    private static final String BASE = "/api/v1/accounts/" + ONE + "/preferences";
    private static final String SIGNATURE = "H" + "a".repeat(86) + "=";
    private static final String[] FORM = {"Content-Type", "application/x-www-form-urlencoded"};

    private PublicServer pool;

    @BeforeEach
    void start() throws Exception {
        pool = new PublicServer();
    }

    @AfterEach
    void stop() {
        pool.close();
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> reply = pool.get(path);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(reply.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(reply.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        return JSON.readTree(reply.body());
    }

    private String text(String field, String value) throws Exception {
        return json(BASE + "/text?field=" + field + "&value=" + encoded(value))
                .get("text")
                .textValue();
    }

    private HttpResponse<String> leave(String text, String signature) throws Exception {
        String body = JSON.writeValueAsString(Map.of("text", text, "signature", signature));
        return pool.web.post(BASE, body, "Content-Type", "application/json; charset=utf-8");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String reason(HttpResponse<String> reply) throws Exception {
        return JSON.readTree(reply.body()).get("message").textValue();
    }

    @Test
    void writesTheTextThatPayoutCanRead() throws Exception {
        JsonNode reply = json(BASE + "/text?field=threshold&value=+50000+SAT");
        SignedText text = SignedText.parse(reply.get("text").textValue());

        assertThat(reply.get("text").textValue())
                .isEqualTo("Motepool 5a5a5a5a5a5a5a5a on devnet, " + ONE + ": threshold = 50000 sat; nonce "
                        + Sample.NOW_SECONDS + "; until 2026-01-03T09:04Z");
        assertThat(text.value()).isEqualTo(reply.get("value").textValue()).isEqualTo("50000 sat");
        assertThat(text.nonce()).isEqualTo(reply.get("nonce").longValue());
        assertThat(reply.get("until").textValue()).isEqualTo("2026-01-03T09:04:00.000Z");
        assertThat(reply.get("delaySeconds").intValue())
                .as("on a worthless chain")
                .isEqualTo(120);
        assertThat(json(BASE + "/text?field=events&value=all")
                        .get("delaySeconds")
                        .intValue())
                .isZero();
    }

    @Test
    void writesANonceThatFollowsTheLast() throws Exception {
        pool.store.preferences.put(
                ONE.accountId(),
                new Preferences.Standing(ONE.accountId(), Sample.NOW_SECONDS + 5, List.of(), List.of(), Sample.NOW));
        assertThat(SignedText.parse(text("donate", "1,5")).nonce()).isEqualTo(Sample.NOW_SECONDS + 6);
        pool.store.preferences.put(
                ONE.accountId(),
                new Preferences.Standing(ONE.accountId(), Sample.NOW_SECONDS + 6, List.of(), List.of(), Sample.NOW));
        assertThat(SignedText.parse(text("donate", "2")).nonce()).as("at once").isEqualTo(Sample.NOW_SECONDS + 7);
    }

    @Test
    void saysWhatIsWrongWithAWish() throws Exception {
        Map<String, String> reasons = Map.of(
                "field=threshold&value=-1", "a threshold is a whole number of satoshis from 1 on, or default",
                "field=threshold", "a value has 1 to 300 characters",
                "field=lightning&value=me@10.0.0.1", "a Lightning address looks like name@example.com",
                "field=donate&value=101", "a donation is 0 to 99 percent with two decimals at most",
                "field=webhook&value=http://example.com/", "the URL begins with https://",
                "field=colour&value=red", "there is no preference of that name",
                "value=1", "there is no preference of that name");
        for (Map.Entry<String, String> each : reasons.entrySet()) {
            HttpResponse<String> reply = pool.get(BASE + "/text?" + each.getKey());
            assertThat(reply.statusCode()).as(each.getKey()).isEqualTo(400);
            assertThat(reason(reply)).startsWith(each.getValue());
        }
    }

    @Test
    void tellsWhatHoldsAndWhatWaits() throws Exception {
        pool.store.preferences.put(
                ONE.accountId(),
                new Preferences.Standing(
                        ONE.accountId(),
                        1_700_000_000,
                        List.of(new Preferences.Value("threshold", "50000 sat", Sample.NOW - 5_000)),
                        List.of(new Preferences.Change("donate", "2%", Sample.NOW - 1_000, Sample.NOW + 119_000)),
                        Sample.NOW));
        JsonNode standing = json(BASE);

        assertThat(standing.get("ledger").textValue()).isEqualTo("5a5a5a5a5a5a5a5a");
        assertThat(standing.get("lastNonce").longValue()).isEqualTo(1_700_000_000);
        assertThat(standing.get("values").toString())
                .isEqualTo(
                        "[{\"field\":\"threshold\",\"value\":\"50000 sat\",\"since\":\"2026-01-02T09:04:00.000Z\"}]");
        assertThat(standing.get("waiting").toString())
                .isEqualTo("[{\"field\":\"donate\",\"value\":\"2%\",\"askedAt\":\"2026-01-02T09:04:04.000Z\","
                        + "\"holdsFrom\":\"2026-01-02T09:06:04.000Z\"}]");
        assertThat(standing.get("fields").findValuesAsText("field"))
                .containsExactly("threshold", "lightning", "donate", "webhook", "ntfy", "events", "cancel");
    }

    @Test
    void takesASignedTextAndTellsWhatBecomesOfIt() throws Exception {
        String text = text("threshold", "70000");
        HttpResponse<String> taken = leave(" " + text + "\n", SIGNATURE + "\n");
        JsonNode request = JSON.readTree(taken.body());
        String outcome = request.get("outcome").textValue();

        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(taken.headers().firstValue("Location")).contains(outcome);
        assertThat(taken.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(pool.store.requests)
                .containsExactly(new Requests.Request(
                        ONE.accountId(), ONE.canonical(), text, SIGNATURE, pool.clock.epochMillis()));
        assertThat(json(outcome).get("state").textValue()).isEqualTo("waiting");

        Requests.Request left = pool.store.requests.getFirst();
        pool.store.requests().settle(left, new Requests.Outcome(false, "it is not by this address", Sample.NOW));
        assertThat(json(outcome).get("state").textValue()).isEqualTo("refused");
        assertThat(json(outcome).get("reason").textValue()).isEqualTo("it is not by this address");
        assertThat(leave(text, SIGNATURE).statusCode()).as("sent again").isEqualTo(202);
        assertThat(pool.store.requests).as("but not left again").isEmpty();
    }

    @Test
    void takesTheSameAsAForm() throws Exception {
        String text = text("lightning", "me@example.com");
        HttpResponse<String> taken =
                pool.web.post(BASE, "text=" + encoded(text) + "&signature=" + encoded(SIGNATURE), FORM);
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        assertThat(pool.store.requests.getFirst().text()).isEqualTo(text);
        assertThat(pool.store.requests.getFirst().signature()).isEqualTo(SIGNATURE);
    }

    @Test
    void refusesAtOnceWhatCannotBeRight() throws Exception {
        String text = text("threshold", "70000");
        Map<String, String> reasons = Map.of(
                text.replace("70000", "70001x"), "a threshold is a whole number",
                text.replace("devnet", "main"), "this text is for another pool",
                text.replace("5a5a", "5a5b"), "this text is for another pool",
                text.replace(ONE.canonical(), Sample.address(2).canonical()), "this text is for another address",
                text.replace("2026-01-03", "2026-01-02"), "this text's time is over",
                text.replace("2026-01-03", "2026-02-03"), "this text would hold for too long",
                text.substring(1), "this is not a text that the pool wrote",
                "x".repeat(601), "a text has 1 to 600 characters");
        for (Map.Entry<String, String> each : reasons.entrySet()) {
            HttpResponse<String> reply = leave(each.getKey(), SIGNATURE);
            assertThat(reply.statusCode()).as(each.getKey()).isEqualTo(400);
            assertThat(reason(reply)).startsWith(each.getValue());
        }
        for (String signature : List.of("", "not base64!", "a".repeat(201))) {
            assertThat(reason(leave(text, signature))).startsWith("a signature is one word");
        }
        pool.store.preferences.put(
                ONE.accountId(),
                new Preferences.Standing(ONE.accountId(), Sample.NOW_SECONDS, List.of(), List.of(), Sample.NOW));
        pool.forget();
        assertThat(leave(text, SIGNATURE).statusCode()).as("its nonce was used").isEqualTo(409);
        assertThat(pool.store.requests).isEmpty();
    }

    @Test
    void saysWhenThereIsNoRoom() throws Exception {
        String text = text("threshold", "70000");
        pool.store.taken = Requests.Taken.ACCOUNT_FULL;
        assertThat(leave(text, SIGNATURE).statusCode()).isEqualTo(429);
        pool.store.taken = Requests.Taken.FULL;
        HttpResponse<String> full = leave(text, SIGNATURE);
        assertThat(full.statusCode()).isEqualTo(503);
        assertThat(full.headers().firstValue("Retry-After")).contains("60");
    }

    @Test
    void boundsWhatOnePlaceLeaves() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            statuses.add(leave("no text", SIGNATURE).statusCode());
        }
        assertThat(statuses.subList(0, 30)).containsOnly(400);
        assertThat(statuses.subList(30, 40)).containsOnly(429);
    }

    @Test
    void boundsBodiesAndTakesNoOtherForms() throws Exception {
        HttpResponse<String> large = pool.web.post(BASE, "text=" + "x".repeat(PreferenceRoutes.BODY_BYTES_MAX), FORM);
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(reason(large)).isEqualTo("That is more than is taken here");
        assertThat(pool.web.post(BASE, "<text/>", "Content-Type", "text/xml").statusCode())
                .isEqualTo(415);
        for (String json : List.of("", "[]", "{", "\"text\"", "null")) {
            assertThat(pool.web
                            .post(BASE, json, "Content-Type", "application/json")
                            .statusCode())
                    .as(json)
                    .isEqualTo(415);
        }
        for (String json : List.of("{}", "{\"text\":7,\"signature\":{}}")) {
            assertThat(pool.web
                            .post(BASE, json, "Content-Type", "application/json")
                            .statusCode())
                    .as(json)
                    .isEqualTo(400);
        }
        String chunked = "POST " + BASE + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n1388\r\n" + "x".repeat(5_000) + "\r\n0\r\n\r\n";
        assertThat(pool.web.raw(chunked)).startsWith("HTTP/1.1 413");
    }

    @Test
    void anySiteMaySendAndNoOtherMethodIsAllowed() throws Exception {
        HttpResponse<String> preflight = pool.web.ask(
                "OPTIONS", BASE, "Origin", "https://wallet.example", "Access-Control-Request-Method", "POST");
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .contains("*");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
                .contains("GET, POST");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .contains("Content-Type");
        HttpResponse<String> put = pool.web.ask("PUT", BASE);
        assertThat(put.statusCode()).isEqualTo(405);
        assertThat(put.headers().firstValue("Allow")).contains("GET, HEAD, POST, OPTIONS");
        assertThat(pool.web.ask("HEAD", BASE).statusCode()).isEqualTo(200);
    }

    @Test
    void tellsWhoCannotSign() throws Exception {
        // A P2WSH address: 32 bytes of witness program.
        String script = "bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3";
        String base = "/api/v1/accounts/" + script + "/preferences";
        assertThat(json(base).get("canSign").booleanValue()).isFalse();
        assertThat(reason(pool.get(base + "/text?field=threshold&value=1"))).contains("P2WSH cannot sign");
        assertThat(json(BASE).get("canSign").booleanValue()).isTrue();
    }

    @Test
    void saysThatBooksAreNotOpenOrTheStoreIsAway() throws Exception {
        pool.store.position = Optional.empty();
        HttpResponse<String> early = pool.get(BASE + "/text?field=threshold&value=1");
        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(reason(early)).contains("not opened its books yet");
        assertThat(json(BASE).has("ledger")).isFalse();
        pool.store.connected = false;
        pool.forget();
        assertThat(pool.get(BASE).statusCode()).isEqualTo(503);
        assertThat(leave("x", SIGNATURE).statusCode()).isEqualTo(503);
    }

    @Test
    void knowsNothingOfOtherRequests() throws Exception {
        for (String id : List.of("0".repeat(32), "nonsense", "0".repeat(31) + "G")) {
            assertThat(pool.get(BASE + "/requests/" + id).statusCode()).as(id).isEqualTo(404);
        }
    }
}
