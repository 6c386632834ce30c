package org.motepool.pool.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.pool.Failure;
import picocli.CommandLine;

class BenchTableCommandTest {
    private final StringWriter out = new StringWriter();

    @TempDir
    private Path directory;

    private int run(String... lines) throws Exception {
        Path file = directory.resolve("results.jsonl");
        Files.write(file, List.of(lines));
        CommandLine line = new CommandLine(new BenchTableCommand());
        line.setOut(new PrintWriter(out));
        line.setExecutionExceptionHandler((failure, parsed, _) -> {
            out.append(String.valueOf(failure.getMessage()));
            return failure instanceof Failure known ? known.exitCode() : 1;
        });
        return line.execute(file.toString());
    }

    private static String loops(String pool, int answered) {
        return pool + "\tloops\t{\"closed_loop\":{\"answered_per_s\":" + answered + "},\"open_loop\":null}";
    }

    private static String idle(String pool, String what, int connections, long bytes) {
        return pool + '\t' + what + "\t{\"connections\":" + connections + ",\"resident_bytes_idle\":" + bytes + '}';
    }

    @Test
    void showsMediansSpreadsAndRatios() throws Exception {
        int code = run(
                loops("ckpool", 30),
                loops("ckpool", 20),
                loops("ckpool", 40),
                loops("motepool", 61),
                loops("motepool", 59),
                idle("motepool", "idle-low", 1000, 50_000_000),
                idle("motepool", "idle-high", 19_000, 122_000_000),
                "ckpool\ttips\t{\"tip_first_to_last_ms\":[100,2,4]}");
        assertThat(code).as("%s", out).isZero();
        assertThat(out.toString())
                .contains("| | ckpool | motepool |")
                .contains("| answered/s, closed loop | 30.0 (20.0–40.0) | 60.0 (59.0–61.0), × 2.00 |")
                .contains("| new tip, first to last, ms | 4.00 | – |")
                .contains("| resident bytes an idle connection | – | 4,000 |")
                .doesNotContain("storm")
                .doesNotContain("open loop");
    }

    @Test
    void aRunWithoutResultIsNamed() throws Exception {
        assertThat(run("ckpool\tloops\t")).isEqualTo(1 + 1);
        assertThat(out.toString()).contains("loops").contains("ckpool");
        assertThat(run("ckpool loops {}")).isEqualTo(2);
    }
}
