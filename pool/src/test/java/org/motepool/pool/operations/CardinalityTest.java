package org.motepool.pool.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.config.ConfigChecker;
import org.motepool.pool.wiring.PoolRuntime;

/** However many devices there are, of whatever names: Prometheus has as much to keep as with one of them. */
class CardinalityTest {
    private static final int DEVICES = 10_000;
    private static final int AT_ONCE = 50;

    /** What time and load bring, whoever mines: a slice that is stored, a template made anew, a machine that lags. */
    private static final int NEW_SERIES_MAX = 300;

    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Set<String> LABELS = Set.of(
            "action",
            "budget",
            "cause",
            "class",
            "direction",
            "door",
            "family",
            "hasher",
            "java",
            "le",
            "listener",
            "method",
            "outcome",
            "path",
            "protocol",
            "reason",
            "result",
            "revision",
            "route",
            "simd",
            "state",
            "status",
            "target",
            "verdict",
            "version");

    @TempDir
    Path data;

    private final JsonMapper json = new JsonMapper();

    @Test
    void tenThousandDevicesAddNoSeries() throws Exception {
        try (PoolRuntime pool =
                PoolRuntime.start(ConfigChecker.check(Pools.settings(data, "bench"), List.of()), PoolClock.SYSTEM)) {
            mine(pool, 0, AT_ONCE);
            Set<String> before = Scrape.of(pool).series("mote_");
            mine(pool, AT_ONCE, DEVICES);
            Scrape after = Scrape.of(pool);

            assertThat(pool.stratum().snapshot().accepted()).isEqualTo(DEVICES);
            Map<String, Set<String>> labels = labels(after.series("mote_"));
            assertThat(LABELS).as("labels of closed sets").containsAll(labels.keySet());
            assertThat(labels).containsKeys("family", "class", "listener", "method");
            for (String label : List.of("family", "class", "listener", "method", "protocol")) {
                assertThat(labels.get(label)).as(label).isEqualTo(labels(before).get(label));
            }
            assertThat(after.series("mote_")).hasSizeLessThan(before.size() + NEW_SERIES_MAX);
            assertThat(after.text()).doesNotContain("shelf-", "gadget-", "bc1q", "127.0.0.1");
        }
    }

    /** The values of each label. */
    private static Map<String, Set<String>> labels(Set<String> series) {
        Map<String, Set<String>> labels = new TreeMap<>();
        for (String one : series) {
            Matcher label = LABEL.matcher(one);
            while (label.find()) {
                labels.computeIfAbsent(label.group(1), name -> new TreeSet<>()).add(label.group(2));
            }
        }
        return labels;
    }

    /** Devices number {@code from} to {@code to}, each with an account, a worker name and an agent of its own. */
    private void mine(PoolRuntime pool, int from, int to) throws Exception {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<Boolean>> all = IntStream.range(from, to)
                    .mapToObj(number -> threads.submit(() -> mine(pool.stratumPort(), number)))
                    .toList();
            for (Future<Boolean> one : all) {
                assertThat(one.get()).isTrue();
            }
        }
    }

    private boolean mine(int port, int number) throws Exception {
        byte[] hash = new byte[20];
        hash[0] = (byte) number;
        hash[1] = (byte) (number >> 8);
        hash[19] = 1;
        String user =
                PayoutAddress.ofWitnessKeyHash(Bytes.copyOf(hash), Network.MAIN).canonical() + ".shelf-" + number;
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(60_000);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            OutputStream out = socket.getOutputStream();
            send(out, "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"gadget-%d/1\"]}".formatted(number));
            send(out, "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"%s\",\"x\"]}".formatted(user));
            JsonNode line = json.readTree(in.readLine());
            while (!line.path("method").asText().equals("mining.notify")) {
                line = json.readTree(in.readLine());
            }
            JsonNode job = line.get("params");
            send(
                    out,
                    "{\"id\":3,\"method\":\"mining.submit\",\"params\":[\"%s\",\"%s\",\"00000000\",\"%s\",\"%08x\"]}"
                            .formatted(user, job.get(0).asText(), job.get(7).asText(), number));
            while (line.path("id").asInt(-1) != 3) {
                line = json.readTree(in.readLine());
            }
            return line.path("result").asBoolean();
        }
    }

    private static void send(OutputStream out, String line) throws Exception {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
