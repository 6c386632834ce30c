package org.motepool.pool.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.motepool.pool.Failure;
import picocli.CommandLine;

class BenchStratumCommandTest {
    private final StringWriter out = new StringWriter();

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
                "--json");
        assertThat(code).as("%s", out).isZero();
        JsonNode json = new JsonMapper().readTree(out.toString());
        assertThat(json.get("mode").asText()).isEqualTo(mode.id());
        assertThat(json.get("connections").asInt()).isEqualTo(20);
        assertThat(json.get("lost").asInt()).isZero();
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
                List.of("--rate", "0"),
                List.of("--port", "3333"),
                List.of("--port", "3333", "--pid", "4194305"))) {
            assertThat(run(wrong.toArray(String[]::new))).as("%s", wrong).isEqualTo(2);
        }
        assertThat(out.toString())
                .contains("junk, valid or tips", "--port and --pid go together", "no process 4194305");
    }
}
