package org.motepool.pool.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.config.ConfigChecker;
import org.motepool.pool.config.Key;
import org.motepool.pool.config.Settings;
import org.motepool.pool.redis.EmbeddedRedis;
import org.motepool.pool.wiring.PoolRuntime;

/**
 * What whoever is outside may ask of the public ports, well-formed or not, is answered without a stack trace, a class, a
 * path of this machine, or the address of Redis, of the node or of the management port: also while Redis is away.
 */
class NothingInwardIsToldTest {
    private static final int ASKERS = 8;
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final int ANSWER_BYTES_MAX = 1 << 20;
    private static final String ADDRESS = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";

    /** Traces, names of classes and of libraries. */
    private static final Pattern INWARD = Pattern.compile(
            "Exception|\\bat [a-z]+\\.[a-z.]+\\(|\\.java:|org\\.motepool|java\\.(?:io|lang|util)|lettuce|"
                    + "io\\.(?:netty|vertx)|(?i:vert\\.x|netty|jetty)|mote:1:|NOAUTH|NOPERM|WRONGTYPE|EVALSHA");

    private static final List<String> LINES = List.of(
            "",
            "nonsense",
            "{",
            "[]",
            "null",
            "{\"id\":1}",
            "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":{\"a\":1}}",
            "{\"id\":{\"a\":[]},\"method\":\"mining.subscribe\",\"params\":[]}",
            "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"no address\",\"x\"]}",
            "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[1,2]}",
            "{\"id\":3,\"method\":\"mining.submit\",\"params\":[\"a\",\"b\",\"c\",\"d\",\"e\"]}",
            "{\"id\":3,\"method\":\"mining.submit\",\"params\":[null]}",
            "{\"id\":4,\"method\":\"mining.configure\",\"params\":[[\"version-rolling\"],{\"version-rolling.mask\":\"zz\"}]}",
            "{\"id\":5,\"method\":\"java.lang.Runtime\",\"params\":[]}",
            "{\"id\":6,\"method\":\"mining.suggest_difficulty\",\"params\":[\"1e999\"]}",
            "{\"id\":7,\"method\":\"" + "x".repeat(20_000) + "\",\"params\":[]}",
            "GET / HTTP/1.1\r\nHost: pool\r\n",
            "GET /../../etc/passwd HTTP/1.1\r\nHost: pool\r\n");

    private static final List<String> REQUESTS = List.of(
            "GET / HTTP/1.1",
            "GET /api/v1/pool HTTP/1.1",
            "GET /users/" + ADDRESS + " HTTP/1.1",
            "GET /users/nonsense HTTP/1.1",
            "GET /api/v1/accounts/%zz HTTP/1.1",
            "GET /api/client/" + ADDRESS + " HTTP/1.1",
            "GET /api/v1/pool/history?resolution=never&from=x HTTP/1.1",
            "GET /statements/" + ADDRESS + " HTTP/1.1",
            "GET /blocks/zz HTTP/1.1",
            "GET /%00 HTTP/1.1",
            "GET /../../../etc/passwd HTTP/1.1",
            "GET /" + "a".repeat(9_000) + " HTTP/1.1",
            "GET /admin/status HTTP/1.1",
            "GET /metrics HTTP/1.1",
            "TRACE / HTTP/1.1",
            "POST /api/v1/pool HTTP/1.1",
            "POST /api/v1/preferences HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 1",
            "GET / HTTP/9.9",
            "nonsense");

    @TempDir
    private Path directory;

    private final List<String> secrets = new ArrayList<>();

    @Test
    void noAnswerTellsWhatIsInside() throws Exception {
        Path data = directory.resolve("data");
        Settings settings = Pools.settings(data, "devnet");
        settings.put(Key.DEVICE_PORT, "0", "test");
        secrets.add(directory.toString());
        EmbeddedRedis redis = EmbeddedRedis.start(directory.resolve("redis"));
        try {
            settings.put(Key.REDIS_URL, redis.url(), "test");
            Matcher place = Pattern.compile("redis://:([^@]+)@[^:]+:(\\d+)").matcher(redis.url());
            assertThat(place.find()).isTrue();
            secrets.add(place.group(1));
            secrets.add(":" + place.group(2));
            try (PoolRuntime pool = PoolRuntime.start(ConfigChecker.check(settings, List.of()), PoolClock.SYSTEM)) {
                secrets.add(":" + pool.managementPort());
                int served = askAll(pool);
                redis.close();
                int without = askAll(pool);
                System.out.printf("%d answers with Redis, %d without, none tells what is inside%n", served, without);
                assertThat(served).isGreaterThan(REQUESTS.size() + LINES.size());
                assertThat(without).isGreaterThan(REQUESTS.size() + LINES.size());
            }
        } finally {
            redis.close();
        }
    }

    /** How many were answered at all. Asked side by side: each waits for the silence behind its answer. */
    private int askAll(PoolRuntime pool) throws Exception {
        List<Callable<Integer>> questions = new ArrayList<>();
        for (int port : List.of(pool.httpPort(), pool.devicePort().orElseThrow())) {
            for (String request : REQUESTS) {
                String end = "\r\nHost: pool\r\nConnection: close\r\n\r\n" + (request.startsWith("POST") ? "{" : "");
                questions.add(() -> judge(request, ask(port, request + end)));
            }
        }
        for (String line : LINES) {
            questions.add(() -> judge(line, ask(pool.stratumPort(), line + "\r\n")));
        }
        // One that has logged in, and then errs.
        String login = "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"test\"]}\n"
                + "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"" + ADDRESS + ".x\",\"\"]}\n";
        for (String line : LINES.subList(1, LINES.size() - 2)) {
            questions.add(() -> judge(line, ask(pool.stratumPort(), login + line + "\n")));
        }
        int answered = 0;
        try (ExecutorService askers = Executors.newFixedThreadPool(ASKERS)) {
            for (Future<Integer> answer : askers.invokeAll(questions)) {
                answered += answer.get();
            }
        }
        return answered;
    }

    private int judge(String asked, String answer) {
        String shown = asked.substring(0, Math.min(80, asked.length()));
        assertThat(answer).as("answer to %s", shown).doesNotContain(secrets).doesNotContainPattern(INWARD);
        return answer.isEmpty() ? 0 : 1;
    }

    /** Everything that comes until the other side is done, or silent for a moment. */
    private static String ask(int port, String text) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(150);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            long until = System.nanoTime() + TIMEOUT_MILLIS * 1_000_000L;
            byte[] some = new byte[8_192];
            while (System.nanoTime() < until && answer.size() < ANSWER_BYTES_MAX) {
                try {
                    int count = socket.getInputStream().read(some);
                    if (count < 0) {
                        break;
                    }
                    answer.write(some, 0, count);
                } catch (SocketTimeoutException e) {
                    if (answer.size() > 0) {
                        break;
                    }
                }
            }
        } catch (java.net.SocketException e) {
            // Cut off: what came before is judged.
            return answer.toString(StandardCharsets.UTF_8);
        }
        return answer.toString(StandardCharsets.UTF_8);
    }
}
