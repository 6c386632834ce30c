package org.motepool.dashboards;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.motepool.core.address.PayoutAddress;
import org.motepool.store.LiveStats.WorkerReport;
import org.motepool.store.Preferences;
import org.motepool.store.Requests;

/** Asks each documented URL as its caller does, and parses it by that caller's rules. */
class DialectsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PayoutAddress ONE = Sample.address(1);
    private static final String RATE = "(0|[0-9]{1,3}(\\.[0-9]{1,2})?[KMGTPE]?)";

    private PublicServer pool;

    @BeforeEach
    void start() throws IOException {
        pool = new PublicServer();
    }

    @AfterEach
    void stop() {
        pool.close();
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> reply = pool.get(path);
        assertThat(reply.statusCode()).as(path).isEqualTo(200);
        assertThat(reply.body()).as(path).doesNotContain("null").isASCII();
        assertThat(reply.headers().firstValue("Access-Control-Allow-Origin"))
                .as(path)
                .contains("*");
        assertThat(reply.headers().firstValue("ETag")).as(path).isPresent();
        assertThat(reply.headers().firstValue("Cache-Control").orElse(""))
                .as(path)
                .startsWith(path.contains("/preferences") ? "no-store" : "max-age=");
        return JSON.readTree(reply.body());
    }

    @Test
    void chartsHaveClosedSlotsOldestFirst() throws Exception {
        for (String path : List.of("/api/client/" + ONE + "/chart", "/api/info/chart")) {
            JsonNode chart = json(path);
            assertThat(chart.isArray()).isTrue();
            assertThat(chart.size()).as("a day less its gap").isEqualTo(144 - 16);
            List<String> labels = chart.findValuesAsText("label");
            assertThat(labels).isSorted();
            assertThat(OffsetDateTime.parse(labels.getLast())).isEqualTo("2026-01-02T08:50:00.000Z");
            assertThat(chart.findValues("data")).allMatch(JsonNode::isIntegralNumber);
        }
        assertThat(json("/api/client/" + ONE + "/chart?range=7d").size()).isGreaterThan(144 - 16);
    }

    @Test
    void oneWorkerAndOneOfItsSessions() throws Exception {
        JsonNode worker = json("/api/client/" + ONE + "/desk");
        assertThat(names(worker)).containsExactly("name", "bestDifficulty", "chartData");
        assertThat(worker.get("bestDifficulty").longValue()).isEqualTo(1834);

        JsonNode session = json("/api/client/" + ONE + "/desk/1a2b3c4d");
        assertThat(session.get("startTime").textValue()).isEqualTo("2026-01-02T08:34:05.000Z");
        assertThat(pool.get("/api/client/" + ONE + "/desk/ffffffff").statusCode())
                .isEqualTo(404);
        assertThat(json("/api/client/" + ONE + "/nobody").get("bestDifficulty").longValue())
                .isZero();
    }

    @Test
    void infoListsFamiliesAndHighScoresWithoutAddresses() throws Exception {
        JsonNode info = json("/api/info");
        assertThat(names(info)).containsExactly("blockData", "userAgents", "highScores", "uptime");
        assertThat(info.get("userAgents").toString())
                .isEqualTo(
                        "[{\"userAgent\":\"nerdminer\",\"count\":23,\"bestDifficulty\":12.5,\"totalHashRate\":236000},"
                                + "{\"userAgent\":\"bitaxe\",\"count\":1,\"bestDifficulty\":1834.22,\"totalHashRate\":48000000}]");
        assertThat(info.get("highScores").get(0).get("bestDifficultyUserAgent").textValue())
                .isEqualTo("bitaxe");
    }

    @Test
    void thePoolStatusIsThreeObjectsALineEach() throws Exception {
        HttpResponse<String> reply = pool.get("/pool/pool.status");
        List<String> lines = reply.body().lines().toList();

        assertThat(lines).hasSize(3);
        JsonNode first = JSON.readTree(lines.get(0));
        assertThat(first.get("runtime").longValue()).isEqualTo(7_200);
        assertThat(first.get("lastupdate").longValue()).isEqualTo(Sample.NOW_SECONDS);
        assertThat(names(first)).startsWith("runtime", "lastupdate", "Users", "Workers", "Idle", "Disconnected");
        JsonNode second = JSON.readTree(lines.get(1));
        assertThat(names(second))
                .containsExactly(
                        "hashrate1m",
                        "hashrate5m",
                        "hashrate15m",
                        "hashrate1hr",
                        "hashrate6hr",
                        "hashrate1d",
                        "hashrate7d");
        assertThat(second).allSatisfy(rate -> assertThat(rate.textValue()).matches(RATE));
        assertThat(second.get("hashrate1m").textValue()).isEqualTo("48.2M");
        JsonNode third = JSON.readTree(lines.get(2));
        for (String name : List.of("accepted", "rejected", "bestshare")) {
            assertThat(new BigInteger(third.get(name).asText())).as(name).isNotNegative();
        }
        assertThat(names(third)).startsWith("diff", "accepted", "rejected", "bestshare", "SPS1m");
    }

    /** Ckstats takes these two as whole numbers of any size and fails on a fraction. */
    @Test
    void aUserForProgramsAndAPageForPeopleUnderOnePath() throws Exception {
        HttpResponse<String> reply = pool.get("/users/" + ONE);
        JsonNode user = JSON.readTree(reply.body());

        assertThat(reply.headers().firstValue("Vary")).contains("Accept, Accept-Encoding");
        assertThat(new BigInteger(user.get("shares").asText())).isPositive();
        assertThat(new BigInteger(user.get("bestever").asText())).isEqualTo(1834);
        assertThat(user.get("workers").intValue()).isEqualTo(3);
        assertThat(user.get("worker")).hasSize(3).allSatisfy(worker -> {
            assertThat(worker.get("workername").textValue()).startsWith(ONE + ".");
            assertThat(new BigInteger(worker.get("shares").asText())).isNotNegative();
            for (String rate : List.of("hashrate1m", "hashrate5m", "hashrate1hr", "hashrate1d", "hashrate7d")) {
                assertThat(worker.get(rate).textValue()).matches(RATE);
            }
        });
        assertThat(user.get("lastshare").longValue()).isEqualTo(Sample.NOW_SECONDS - 4);
        assertThat(pool.get("/users/" + Sample.address(99)).statusCode()).isEqualTo(404);
        assertThat(pool.get("/users/" + ONE, "Accept", "text/html").body()).startsWith("<!doctype html>");
    }

    @Test
    void aDisplayGetsLessThanAKilobyteWithoutNesting() throws Exception {
        String body = pool.get("/api/device/" + ONE).body();
        JsonNode device = JSON.readTree(body);

        assertThat(body.length()).isLessThan(1_024);
        assertThat(device).allMatch(JsonNode::isValueNode);
        assertThat(device.get("pool_hashrate").textValue()).isEqualTo("48.2 MH/s");
        assertThat(device.get("worker_hashrate").textValue()).isEqualTo("27.9 GH/s");
        assertThat(device.get("address_best_diff").textValue()).isEqualTo("1.83K");
        assertThat(device.get("workers").intValue()).isEqualTo(3);
    }

    @Test
    void widgetsAndBadgesHaveTheShapesOfTheirReaders() throws Exception {
        assertThat(pool.get("/widgets/pool").body())
                .isEqualTo("{\"type\":\"four-stats\",\"refresh\":\"5s\",\"link\":\"\",\"items\":["
                        + "{\"title\":\"Hash Rate\",\"text\":\"48.2\",\"subtext\":\"MH/s\"},"
                        + "{\"title\":\"Miners\",\"text\":\"24\"},{\"title\":\"Blocks Found\",\"text\":\"4\"},"
                        + "{\"title\":\"Block Height\",\"text\":\"900001\"}]}");
        assertThat(pool.get("/api/badge/pool.json").body())
                .isEqualTo(
                        "{\"schemaVersion\":1,\"label\":\"hash rate\",\"message\":\"48.2 MH/s\",\"color\":\"orange\"}");
        for (String path : List.of("/api/badge/pool.svg", "/api/badge/" + ONE + ".svg", "/api/card/" + ONE + ".svg")) {
            HttpResponse<String> svg = pool.get(path);
            assertThat(svg.headers().firstValue("Content-Type")).contains("image/svg+xml");
            assertThat(svg.headers().firstValue("Cache-Control")).contains("max-age=60");
            assertThat(svg.body()).startsWith("<svg xmlns=").doesNotContain("<script");
        }
        assertThat(pool.get("/api/badge/nonsense.svg").statusCode()).isEqualTo(400);
        assertThat(pool.get("/api/badge/pool.png").statusCode()).isEqualTo(404);
    }

    @Test
    void theDevicePortIsPlainHttpThatEndsWithItsAnswer() throws Exception {
        PayoutAddress crowd = Sample.address(5);
        List<WorkerReport> workers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            workers.add(Sample.worker(
                    crowd, "w" + i, Sample.session("%08x".formatted(i), "NerdMinerV2", 20, Sample.NOW - 1000), 50));
        }
        pool.store.workers.put(crowd.accountId(), workers);
        try (Web device = new Web(pool.server.devicePort().orElseThrow())) {
            String raw = device.raw("GET /api/client/" + crowd
                    + " HTTP/1.1\r\nHost: pool:2019\r\nUser-Agent: ESP32HTTPClient\r\nAccept-Encoding: gzip\r\n\r\n");
            String head = raw.substring(0, raw.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
            String body = raw.substring(raw.indexOf("\r\n\r\n") + 4);
            JsonNode client = JSON.readTree(body);

            assertThat(head).contains("content-length: " + body.getBytes(StandardCharsets.UTF_8).length);
            assertThat(head)
                    .contains("connection: close")
                    .doesNotContain("chunked")
                    .doesNotContain("content-encoding");
            assertThat(body.length()).isLessThanOrEqualTo(6_144);
            assertThat(client.get("workersCount").intValue()).isEqualTo(100);
            assertThat(client.get("workers").size()).isLessThanOrEqualTo(31);
            assertThat(client.get("workers").findValues("hashRate").stream()
                            .mapToLong(JsonNode::longValue)
                            .sum())
                    .as("the sum on the screen is right")
                    .isEqualTo(100 * Math.round(50 * 16 * 65_536.0 / 600));
            assertThat(device.get("/api/client/" + ONE).body())
                    .isEqualTo(pool.get("/api/client/" + ONE).body());
            assertThat(device.get("/users/" + ONE, "Accept", "text/html").body())
                    .startsWith("{");
            assertThat(device.get("/").statusCode()).isEqualTo(404);
            assertThat(device.get("/api/v1/pool").statusCode()).isEqualTo(404);
            assertThat(device.ask("POST", "/api/pool").statusCode()).isEqualTo(405);
        }
    }

    @Test
    void aHomeOfFiftyDevicesIsServedAndAFloodIsNot() throws Exception {
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            HttpResponse<String> reply = pool.get("/api/client/" + ONE);
            refused += reply.statusCode() == 429 ? 1 : 0;
            if (i < 50) {
                assertThat(reply.statusCode()).isEqualTo(200);
            }
        }
        assertThat(refused).isPositive();
        assertThat(pool.get("/api/client/" + Sample.address(2)).statusCode())
                .as("another address")
                .isEqualTo(200);
    }

    @Test
    void everyAnswerOfOurOwnApiIsAsItsDescriptionSays() throws Exception {
        JsonNode api = json("/api/v1/openapi.json");
        assertThat(api.get("openapi").textValue()).isEqualTo("3.1.0");
        pool.store.outcomes.put("0".repeat(32), new Requests.Outcome(false, "why", Sample.NOW));
        pool.store.preferences.put(
                ONE.accountId(),
                new Preferences.Standing(
                        ONE.accountId(),
                        7,
                        List.of(new Preferences.Value("threshold", "50000 sat", Sample.NOW)),
                        List.of(new Preferences.Change("donate", "2%", Sample.NOW, Sample.NOW + 1)),
                        Sample.NOW));
        Map<String, String> schemas = Map.ofEntries(
                entry("/api/v1/accounts/" + ONE + "/preferences", "Preferences"),
                entry("/api/v1/accounts/" + ONE + "/preferences/text?field=donate&value=1", "TextToSign"),
                entry("/api/v1/accounts/" + ONE + "/preferences/requests/" + "0".repeat(32), "Request"),
                entry("/api/v1/payouts", "Payouts"),
                entry("/api/v1/pool", "Pool"),
                entry("/api/v1/history?span=3h", "History"),
                entry("/api/v1/blocks", "Blocks"),
                entry("/api/v1/blocks/%064x".formatted(900_001), "Block"),
                entry("/api/v1/blocks/%064x".formatted(899_980), "Block"),
                entry("/api/v1/accounts/" + ONE, "Account"),
                entry("/api/v1/accounts/" + Sample.address(99), "Account"),
                entry("/api/v1/accounts/" + ONE + "/history?span=90d", "History"),
                entry("/api/v1/accounts/" + ONE + "/workers/desk/history", "History"));
        for (Map.Entry<String, String> each : schemas.entrySet()) {
            assertThat(schema(api, each.getValue()).validate(json(each.getKey())))
                    .as(each.getKey())
                    .isEmpty();
        }
        JsonNode problem = JSON.readTree(pool.get("/api/v1/accounts/nonsense").body());
        assertThat(schema(api, "Problem").validate(problem)).isEmpty();
        assertThat(schema(api, "Pool").validate(JSON.createObjectNode()))
                .as("it can fail")
                .isNotEmpty();
    }

    @Test
    void ourOwnApiTellsTheClassesOfDevices() throws Exception {
        assertThat(json("/api/v1/pool").get("families").findValuesAsText("class"))
                .containsExactly("micro", "asic");
        assertThat(json("/api/v1/accounts/" + ONE).findValuesAsText("class"))
                .isNotEmpty()
                .containsOnly("micro");
    }

    /** Each path is there, each reference leads somewhere, each schema is used. */
    @Test
    void theDescriptionIsOfOnePiece() throws Exception {
        pool.store.outcomes.put("0".repeat(32), new Requests.Outcome(true, "", Sample.NOW));
        JsonNode api = json("/api/v1/openapi.json");
        Set<String> used = new TreeSet<>(api.findValuesAsText("$ref"));
        for (String reference : used) {
            assertThat(api.at(reference.substring(1)).isObject()).as(reference).isTrue();
        }
        api.at("/components/schemas")
                .fieldNames()
                .forEachRemaining(name -> assertThat(used).contains("#/components/schemas/" + name));
        List<String> ids = api.findValuesAsText("operationId");
        assertThat(ids).doesNotHaveDuplicates();
        for (String path : names(api.get("paths"))) {
            String real = path.replace("{address}", ONE.canonical())
                    .replace("{worker}", "desk")
                    .replace("{hash}", "%064x".formatted(900_001))
                    .replace("{id}", "0".repeat(32))
                    .replace("/text", "/text?field=threshold&value=default");
            if (!path.equals("/api/events")) {
                assertThat(pool.get(real).statusCode()).as(path).isEqualTo(200);
            }
        }
    }

    private static JsonSchema schema(JsonNode api, String name) {
        var whole = JSON.createObjectNode();
        whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        whole.put("$ref", "#/components/schemas/" + name);
        whole.set("components", api.get("components"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole);
    }

    @Test
    void aSpreadsheetHasALineForEachSlot() throws Exception {
        HttpResponse<String> reply = pool.get("/api/v1/accounts/" + ONE + "/history.csv?span=24h");
        List<String> lines = reply.body().lines().toList();

        assertThat(reply.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
        assertThat(lines).hasSize(1 + 144);
        assertThat(lines.getFirst()).isEqualTo("at,work_units,shares,hashes_per_second");
        assertThat(lines).filteredOn(line -> line.endsWith(",,,")).as("gaps").hasSize(16);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
