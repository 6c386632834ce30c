package org.motepool.pool.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.Failure;
import org.motepool.pool.bench.PoolProcess;
import org.motepool.pool.bench.StandInNode;
import picocli.CommandLine;

class BenchStratumCommandTest {
    private final StringWriter out = new StringWriter();

    private int run(String[] first, String... more) {
        return run(Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new));
    }

    private int run(String... arguments) {
        CommandLine line = new CommandLine(new BenchStratumCommand());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(out));
        line.setExecutionExceptionHandler((failure, parsed, _) -> {
            out.append(String.valueOf(failure.getMessage()));
            return failure instanceof Failure known ? known.exitCode() : 1;
        });
        return line.execute(arguments);
    }

    /** With a real pool in a process of its own. */
    @ParameterizedTest
    @EnumSource(BenchStratumCommand.Mode.class)
    void loadsAPool(BenchStratumCommand.Mode mode) throws Exception {
        int code = run(
                "--connections",
                "20",
                "--seconds",
                "1",
                "--rate",
                "200",
                "--transactions",
                "100",
                "--mode",
                mode.id(),
                "--names",
                "2",
                "--http",
                "20",
                "--json");
        assertThat(code).as("%s", out).isZero();
        JsonNode json = new JsonMapper().readTree(out.toString());
        assertThat(json.get("mode").asText()).isEqualTo(mode.id());
        assertThat(json.get("connections").asInt()).isEqualTo(20);
        assertThat(json.get("lost").asInt()).isZero();
        assertThat(json.at("/http/answered_per_s").asInt()).isPositive();
        assertThat(json.at("/http/failed").asInt()).isZero();
        assertThat(json.get("start_s").asDouble()).isBetween(0.1, 60.0);
        if (mode == BenchStratumCommand.Mode.TIPS) {
            assertThat(json.get("closed_loop").isNull()).isTrue();
            assertThat(json.get("fan_out_ms"))
                    .isNotEmpty()
                    .allSatisfy(tip -> assertThat(tip.asDouble()).isNotNegative());
        } else {
            assertThat(json.get("fan_out_ms")).isEmpty();
            checkReplies(mode, json.get("closed_loop"));
            checkReplies(mode, json.get("open_loop"));
        }
    }

    /** A pool on main, whose node is the stand-in. */
    @Test
    @Tag("soak")
    void tellsHowSoonATipOfTheStandInNodeIsWithAll(@TempDir Path directory) throws Exception {
        try (StandInNode node = StandInNode.start(100, 0, 0, PoolClock.SYSTEM);
                PoolProcess pool = PoolProcess.start(
                        List.of(),
                        List.of(
                                "--network",
                                "main",
                                "--node",
                                "http://a:b@127.0.0.1:" + node.rpcPort(),
                                "--payout-address",
                                "1BitcoinEaterAddressDontSendf59kuE"),
                        directory.resolve("data"),
                        directory.resolve("log"))) {
            String port = Integer.toString(pool.port());
            String pid = Long.toString(pool.gauge().process().pid());
            int code = run(
                    "--connections 10 --accounts 3 --agent NerdMinerV2 --rehearsals 1 --storms 2 --warm-up 1 --seconds 1 --rate 100 --opening --traffic 1 --tips 2 --warm-tips 1"
                            .split(" "),
                    "--port",
                    port,
                    "--pid",
                    pid,
                    "--node",
                    "http://127.0.0.1:" + node.rpcPort(),
                    "--json");
            assertThat(code).as("%s", out).isZero();
        }
        JsonNode json = new JsonMapper().readTree(out.toString());
        assertThat(json.get("tip_first_to_last_ms")).hasSize(2);
        for (int i = 0; i < 2; i++) {
            double firstToLast = json.get("tip_first_to_last_ms").get(i).asDouble();
            assertThat(json.get("tip_known_to_last_ms").get(i).asDouble())
                    .isGreaterThan(firstToLast)
                    .isLessThan(10_000);
        }
        assertThat(json.at("/opening/answered").asInt()).isGreaterThan(500);
        assertThat(json.get("storms_again_s")).hasSize(1);
        // One share in ten seconds of each: a hundred bytes and more there, seventy and more back.
        assertThat(json.get("bytes_per_device_hour").asInt()).isBetween(360 * 100, 360 * 10_000);
        assertThat(json.has("start_s")).isFalse();
    }

    private static void checkReplies(BenchStratumCommand.Mode mode, JsonNode replies) {
        long answered = replies.get("answered").asLong();
        long accepted = replies.get("accepted").asLong();
        assertThat(answered).isPositive();
        assertThat(replies.get("p99_ms").asDouble())
                .isGreaterThanOrEqualTo(replies.get("p50_ms").asDouble());
        if (mode == BenchStratumCommand.Mode.VALID) {
            assertThat(accepted).isEqualTo(answered);
        } else {
            // A share in 65,536 is of the lowest level by luck.
            assertThat(accepted).isLessThan(answered / 100 + 3);
        }
    }

    @Test
    void wrongUseIsTold() {
        for (List<String> wrong : List.of(
                List.of("--connections", "0"),
                List.of("--seconds", "601"),
                List.of("--mode", "good"),
                List.of("--warm-up", "-1"),
                List.of("--storms", "0"),
                List.of("--rehearsals", "101"),
                List.of("--warm-tips", "-1"),
                List.of("--rate", "0"),
                List.of("--accounts", "1000001"),
                List.of("--tips", "101"),
                List.of("--names", "17"),
                List.of("--http", "20001"),
                List.of("--http", "1", "--port", "1", "--pid", "1"),
                List.of("--traffic", "601"),
                List.of("--node", "127.0.0.1:1", "--port", "1", "--pid", "1"),
                List.of("--port", "3333"),
                List.of("--port", "3333", "--pid", "4194305"))) {
            assertThat(run(wrong.toArray(String[]::new))).as("%s", wrong).isEqualTo(2);
        }
        assertThat(out.toString())
                .contains("junk, valid or tips", "--port and --pid go together", "no process 4194305");
    }
}
