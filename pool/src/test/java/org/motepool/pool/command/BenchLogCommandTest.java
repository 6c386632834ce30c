package org.motepool.pool.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.pool.Failure;
import picocli.CommandLine;

class BenchLogCommandTest {
    private static final int SHARES = 230_000;

    @TempDir
    Path data;

    private final StringWriter out = new StringWriter();

    private int run(Callable<Integer> command, String... arguments) {
        out.getBuffer().setLength(0);
        CommandLine line = new CommandLine(command);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(out));
        line.setExecutionExceptionHandler(
                (failure, parsed, _) -> failure instanceof Failure known ? known.exitCode() : 1);
        return line.execute(arguments);
    }

    private JsonNode json() throws Exception {
        return new JsonMapper().readTree(out.toString());
    }

    @Test
    void whatItWritesIsAValidLogOfSeveralJobs() throws Exception {
        String directory = data.toString();
        assertThat(run(
                        new BenchLogCommand(),
                        "--data",
                        directory,
                        "--shares",
                        Integer.toString(SHARES),
                        "--transactions",
                        "100",
                        "--json"))
                .isZero();
        assertThat(json().get("shares").asInt()).isEqualTo(SHARES);
        assertThat(json().get("branches").asInt()).isEqualTo(7);
        assertThat(Path.of(json().get("log").asText())).isDirectory().hasParent(data.resolve("shares"));
        assertThat(run(new AuditCommand(), "--data", directory, "--json")).isZero();
        assertThat(json().get("bad").asInt()).isZero();
        assertThat(json().get("shares").asInt()).isEqualTo(SHARES);
        // Three jobs and one before them, some hundred accounts, some CUTs.
        assertThat(json().get("records").asInt()).isGreaterThan(SHARES + 100);
    }

    @Test
    void wrongUseIsTold() {
        for (List<String> wrong : List.of(
                List.of("--data", data.toString(), "--shares", "0"),
                List.of("--data", data.toString(), "--transactions", "10001"),
                List.of("--shares", "10"))) {
            assertThat(run(new BenchLogCommand(), wrong.toArray(String[]::new)))
                    .as("%s", wrong)
                    .isEqualTo(2);
        }
        assertThat(data.resolve("shares")).doesNotExist();
    }
}
