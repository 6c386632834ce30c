package org.motepool.pool.operations;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Prometheus's own judge of its files and of what it scrapes. */
final class Promtool {
    private static final List<Path> PLACES = List.of(Path.of("/usr/bin/promtool"), Path.of("/usr/local/bin/promtool"));
    private static final int SECONDS_MAX = 120;

    private final Path program;

    /** @param exit 0 when all is well */
    record Verdict(int exit, String text) {}

    private Promtool(Path program) {
        this.program = program;
    }

    /** Skips the test where there is none; with CI=true that is a failure. */
    static Promtool findOrSkip() {
        for (Path place : PLACES) {
            if (Files.isExecutable(place)) {
                return new Promtool(place);
            }
        }
        if ("true".equalsIgnoreCase(System.getenv("CI"))) {
            throw new IllegalStateException("promtool is not installed; .ci/run installs Debian's package prometheus");
        }
        Assumptions.abort("promtool is not installed");
        throw new AssertionError("unreachable");
    }

    /** Runs it in {@code deploy/prometheus}. */
    Verdict run(String input, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        Path output = Files.createTempFile("promtool", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(DeployFiles.PROMETHEUS.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command + " took over " + SECONDS_MAX + " s");
            }
            return new Verdict(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }
}
