package org.motepool.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.motepool.core.address.PayoutAddress;
import org.motepool.store.LiveStats.WorkerReport;

/** Asks the API as its callers do and reads it by their rules. */
class PublicPoolApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PublicServer pool;

    @BeforeEach
    void start() throws IOException {
        pool = new PublicServer();
    }

    @AfterEach
    void stop() {
        pool.close();
    }

    @Test
    void answersAClientInTheGoldenShape() throws Exception {
        String body = pool.get("/api/client/" + Sample.address(1)).body();

        assertThat(body)
                .isEqualTo("{\"bestDifficulty\":1834.22,\"workersCount\":3,\"workers\":["
                        + "{\"sessionId\":\"1a2b3c4e\",\"name\":\"shelf\",\"bestDifficulty\":\"1834.22\",\"hashRate\":27945920539,"
                        + "\"startTime\":\"2026-01-01T09:04:05.000Z\",\"lastSeen\":\"2026-01-02T09:04:04.100Z\"},"
                        + "{\"sessionId\":\"1a2b3c4d\",\"name\":\"desk\",\"bestDifficulty\":\"1834.22\",\"hashRate\":314573,"
                        + "\"startTime\":\"2026-01-02T08:34:05.000Z\",\"lastSeen\":\"2026-01-02T09:04:04.100Z\"},"
                        + "{\"sessionId\":\"1a2b3c4f\",\"name\":\"kettle\",\"bestDifficulty\":\"1834.22\",\"hashRate\":0,"
                        + "\"startTime\":\"2026-01-02T09:03:35.000Z\",\"lastSeen\":\"2026-01-02T09:04:04.100Z\"}]}");
    }

    @Test
    void answersThePoolInTheGoldenShape() throws Exception {
        JsonNode body = JSON.readTree(pool.get("/api/pool").body());

        assertThat(names(body)).containsExactly("totalHashRate", "blockHeight", "totalMiners", "blocksFound", "fee");
        assertThat(body.get("totalHashRate").longValue()).isEqualTo(Math.round(441_284 * 65_536.0 / 600));
        assertThat(body.get("totalMiners").intValue()).isEqualTo(24);
        assertThat(body.get("fee").decimalValue()).isEqualByComparingTo("1.5");
        assertThat(names(body.get("blocksFound").get(0)))
                .containsExactly("height", "minerAddress", "worker", "sessionId");
    }

    @Test
    void aValidAddressNeverSeenIsAnEmptyAnswer() throws Exception {
        HttpResponse<String> reply = pool.get("/api/client/" + Sample.address(99));

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"bestDifficulty\":0,\"workersCount\":0,\"workers\":[]}");
    }

    @Test
    void anInvalidAddressIsRefusedWithAReason() throws Exception {
        for (String address : List.of("nonsense", "mote1qqqqqqqq", "%3Cscript%3E", "%00", "x".repeat(300))) {
            HttpResponse<String> reply = pool.get("/api/client/" + address);

            assertThat(reply.statusCode()).as(address).isEqualTo(400);
            assertThat(JSON.readTree(reply.body()).get("message").textValue()).startsWith("not an address");
        }
    }

    @Test
    void aUserNameWithAWorkerNamesItsAccount() throws Exception {
        String plain = pool.get("/api/client/" + Sample.address(1)).body();

        assertThat(pool.get("/api/client/" + Sample.address(1) + ".desk").body())
                .isEqualTo(plain);
        assertThat(pool.get("/api/client/" + Sample.address(1) + "_desk").body())
                .isEqualTo(plain);
        assertThat(pool.get("/api/client/" + Sample.address(1).canonical().toUpperCase(java.util.Locale.ROOT))
                        .body())
                .isEqualTo(plain);
    }

    /** A small device keeps values until 2,048 bytes are full and takes what came first. */
    @Test
    void aSmallDeviceGetsTotalsAndThirtyFourWorkers() throws Exception {
        PayoutAddress crowd = Sample.address(5);
        List<WorkerReport> workers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            workers.add(Sample.worker(
                    crowd, "w" + i, Sample.session("%08x".formatted(i), "NerdMinerV2", 20, Sample.NOW - 1000), 50));
        }
        pool.store.workers.put(crowd.accountId(), workers);

        SmallDevice device = SmallDevice.read(pool.get("/api/client/" + crowd).body());

        assertThat(device.bestDifficulty).isEqualTo(1834.22f);
        assertThat(device.workersCount).isEqualTo(100);
        assertThat(device.hashRates)
                .hasSize(34)
                .allSatisfy(rate -> assertThat(rate).isEqualTo((float) Math.round(50 * 16 * 65_536.0 / 600)));
    }

    @Test
    void homeAssistantFindsNumbersAndZonedTimes() throws Exception {
        JsonNode client =
                JSON.readTree(pool.get("/api/client/" + Sample.address(1)).body());
        JsonNode all = JSON.createArrayNode()
                .add(client)
                .add(JSON.readTree(pool.get("/api/pool").body()))
                .add(JSON.readTree(pool.get("/api/network").body()))
                .add(JSON.readTree(pool.get("/api/info").body()));

        assertThat(all.findValues("bestDifficulty"))
                .isNotEmpty()
                .allSatisfy(
                        value -> assertThat(Double.parseDouble(value.asText())).isPositive());
        assertThat(all.findValuesAsText("lastSeen"))
                .hasSize(3)
                .allSatisfy(time ->
                        assertThat(OffsetDateTime.parse(time).getOffset()).isEqualTo(ZoneOffset.UTC));
        assertThat(all.toString()).doesNotContain("null");
    }

    @Test
    void umbrelFindsItsFourValuesAlsoInAnEmptyPool() throws Exception {
        try (PublicServer empty = new PublicServer(new FakeStore())) {
            JsonNode body = JSON.readTree(empty.get("/api/pool").body());

            assertThat(body.get("totalHashRate").isNumber()).isTrue();
            assertThat(body.get("totalMiners").isNumber()).isTrue();
            assertThat(body.get("blockHeight").isNumber()).isTrue();
            assertThat(body.get("blocksFound").isArray()).isTrue();
        }
    }

    @Test
    void tellsTheChainOnlyWhatIsKnown() throws Exception {
        JsonNode body = JSON.readTree(pool.get("/api/network").body());

        assertThat(body.get("blocks").intValue()).isEqualTo(900_001);
        assertThat(body.get("difficulty").decimalValue()).isEqualByComparingTo("1");
        assertThat(body.get("chain").textValue()).isEqualTo("devnet");
        assertThat(body.has("pooledtx")).isFalse();
    }

    @Test
    void neverTellsAWholeAddressToThePublic() throws Exception {
        for (String path : List.of("/api/pool", "/api/info", "/", "/blocks")) {
            String body = pool.get(path).body();

            assertThat(body).as(path).contains(Sample.address(1).canonical().substring(0, 8));
            assertThat(body).as(path).doesNotContain(Sample.address(1).canonical());
        }
    }

    @Test
    void aWorkerGoesFiveMinutesAfterItsLastConnectionClosed() throws Exception {
        PayoutAddress of = Sample.address(6);
        pool.store.workers.put(of.accountId(), List.of(closed(of, "near", 299_000), closed(of, "far", 301_000)));

        JsonNode body = JSON.readTree(pool.get("/api/client/" + of).body());

        assertThat(body.get("workersCount").intValue()).isEqualTo(1);
        assertThat(body.get("bestDifficulty").doubleValue()).isEqualTo(1834.22);
        JsonNode near = body.get("workers").get(0);
        assertThat(near.get("name").textValue()).isEqualTo("near");
        assertThat(near.get("hashRate").longValue()).isZero();
        assertThat(near.get("sessionId").textValue()).matches("[0-9a-f]{8}");
    }

    @Test
    void repliesMayBeKeptAndAskedForAgain() throws Exception {
        HttpResponse<String> first = pool.get("/api/client/" + Sample.address(1));
        String tag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> second = pool.get("/api/client/" + Sample.address(1), "If-None-Match", tag);

        assertThat(first.headers().firstValue("Cache-Control")).contains("max-age=10");
        assertThat(first.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(pool.get("/api/pool").headers().firstValue("Cache-Control")).contains("max-age=60");
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(second.headers().firstValue("ETag")).contains(tag);
        assertThat(pool.get("/api/pool", "If-None-Match", tag).statusCode()).isEqualTo(200);
    }

    private static WorkerReport closed(PayoutAddress of, String name, long agoMillis) {
        WorkerReport open = Sample.worker(of, name, Sample.session("00000001", "x", 20, 1), 50);
        return new WorkerReport(
                open.account(),
                open.address(),
                name,
                open.nodeId(),
                List.of(),
                open.accepted(),
                open.rejected(),
                open.acceptedWork(),
                open.windowShares(),
                open.windowWork(),
                open.windowSeconds(),
                open.best(),
                open.bestToday(),
                open.firstSeen(),
                Sample.NOW - agoMillis,
                open.lastShare());
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Reads in order, with a filter, into a document of 2,048 bytes: 57 of them a worker. */
    private static final class SmallDevice {
        private static final int DOCUMENT_BYTES = 2_048;
        private static final int TOTALS_BYTES = 96;
        private static final int WORKER_BYTES = 57;

        private float bestDifficulty;
        private int workersCount;
        private final List<Float> hashRates = new ArrayList<>();

        static SmallDevice read(String body) throws IOException {
            SmallDevice device = new SmallDevice();
            int free = DOCUMENT_BYTES - TOTALS_BYTES;
            try (JsonParser parser = JSON.createParser(body)) {
                parser.nextToken();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    switch (name) {
                        case "bestDifficulty" -> device.bestDifficulty = parser.getFloatValue();
                        case "workersCount" -> device.workersCount = parser.getIntValue();
                        case "workers" -> {
                            while (parser.nextToken() == JsonToken.START_OBJECT) {
                                JsonNode worker = parser.readValueAsTree();
                                if (free >= WORKER_BYTES) {
                                    device.hashRates.add(worker.get("hashRate").floatValue());
                                    free -= WORKER_BYTES;
                                }
                            }
                        }
                        default -> parser.skipChildren();
                    }
                }
            }
            return device;
        }
    }
}
