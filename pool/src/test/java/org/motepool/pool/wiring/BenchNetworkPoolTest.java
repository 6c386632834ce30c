package org.motepool.pool.wiring;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.config.ConfigChecker;
import org.motepool.pool.config.Key;
import org.motepool.pool.config.Settings;

/** The whole pool on the bench network, with a miner that does not even hash. */
class BenchNetworkPoolTest {
    private static final String USER = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4.bench";
    /** Level 16 as a difficulty: 2^(16-32). */
    private static final String LOWEST = "1.52587890625E-5";

    @TempDir
    Path data;

    private static Settings settings(Path data) {
        Settings settings = Settings.defaults();
        settings.put(Key.NETWORK, "bench", "test");
        settings.put(Key.DEVNET_TRANSACTIONS, "100", "test");
        settings.put(Key.DATA, data.toString(), "test");
        for (Key bind : List.of(Key.STRATUM_BIND, Key.HTTP_BIND, Key.MANAGEMENT_BIND)) {
            settings.put(bind, "127.0.0.1", "test");
        }
        for (Key port : List.of(Key.STRATUM_PORT, Key.HTTP_PORT, Key.MANAGEMENT_PORT)) {
            settings.put(port, "0", "test");
        }
        return settings;
    }

    @Test
    void takesEveryNonceAtTheLowestLevelWhateverIsSuggestedAndFindsNoBlock() throws Exception {
        try (PoolRuntime pool = PoolRuntime.start(ConfigChecker.check(settings(data), List.of()), PoolClock.SYSTEM);
                Socket socket = new Socket("127.0.0.1", pool.stratumPort())) {
            socket.setSoTimeout(20_000);
            Talk talk = new Talk(socket);
            talk.send("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"cpuminer/2.5.1\"]}");
            talk.send("{\"id\":2,\"method\":\"mining.suggest_difficulty\",\"params\":[1024]}");
            talk.send("{\"id\":3,\"method\":\"mining.authorize\",\"params\":[\"" + USER + "\",\"d=5\"]}");
            JsonNode job = talk.until("mining.notify").get("params");
            assertThat(talk.difficulty).isEqualTo(LOWEST);
            assertThat(job.get(4).size()).isEqualTo(7);
            for (int nonce = 0; nonce < 100; nonce++) {
                talk.send("{\"id\":%d,\"method\":\"mining.submit\",\"params\":[\"%s\",\"%s\",\"%08x\",\"%s\",\"%08x\"]}"
                        .formatted(
                                100 + nonce,
                                USER,
                                job.get(0).asText(),
                                nonce,
                                job.get(7).asText(),
                                nonce));
            }
            for (int nonce = 0; nonce < 100; nonce++) {
                assertThat(talk.reply(100 + nonce).get("result").asBoolean()).isTrue();
            }
            assertThat(talk.difficulty).isEqualTo(LOWEST);
            assertThat(pool.stratum().snapshot().accepted()).isEqualTo(100);
            assertThat(pool.stratum().snapshot().blocksFound()).isZero();
            assertThat(pool.chain().tip().height()).isZero();
        }
    }

    private static final class Talk {
        private final BufferedReader in;
        private final OutputStream out;
        private final JsonMapper json = new JsonMapper();
        private String difficulty = "";

        Talk(Socket socket) throws Exception {
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            out = socket.getOutputStream();
        }

        void send(String line) throws Exception {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        private JsonNode next() throws Exception {
            JsonNode line = json.readTree(in.readLine());
            if (line.path("method").asText().equals("mining.set_difficulty")) {
                difficulty = Double.toString(line.get("params").get(0).asDouble());
            }
            return line;
        }

        JsonNode until(String method) throws Exception {
            JsonNode line = next();
            while (!line.path("method").asText().equals(method)) {
                line = next();
            }
            return line;
        }

        JsonNode reply(int id) throws Exception {
            JsonNode line = next();
            while (line.path("id").asInt(-1) != id) {
                line = next();
            }
            return line;
        }
    }
}
