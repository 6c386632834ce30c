package org.motepool.pool.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.motepool.pool.Failure;
import org.motepool.validator.bench.Shape;
import org.motepool.validator.bench.Speed;
import org.motepool.validator.bench.ValidatorReport;
import org.motepool.validator.hash.HasherRace;
import picocli.CommandLine;

class BenchValidatorCommandTest {
    private final StringWriter out = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = new CommandLine(new BenchValidatorCommand());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(out));
        line.setExecutionExceptionHandler(
                (failure, parsed, _) -> failure instanceof Failure known ? known.exitCode() : 1);
        return line.execute(arguments);
    }

    private static ValidatorReport report(Optional<Double> warmUp, Optional<HasherRace.Result> race) {
        Map<Shape, Speed> speeds = new EnumMap<>(Shape.class);
        for (Shape shape : Shape.values()) {
            speeds.put(shape, new Speed(1_000_000, race));
        }
        return new ValidatorReport(race.isPresent() ? "vector512" : "scalar", "because", warmUp, speeds, 0);
    }

    @Test
    void jsonHasEveryShapeUnderItsName() {
        JsonNode json = BenchScreen.json(report(
                Optional.of(0.71234), Optional.of(new HasherRace.Result(1_000_000, 3_000_000, 3.004, 2.9, 3.1))));
        assertThat(json.properties().stream().map(Map.Entry::getKey))
                .startsWith("path", "warmup_s", "header_only", "k0", "k4", "k12", "scrypt");
        assertThat(json.get("path").asText()).isEqualTo("vector512");
        assertThat(json.get("warmup_s").asDouble()).isEqualTo(0.712);
        assertThat(json.get("k12").toString())
                .startsWith("{\"scalar_per_s\":1000000,\"vector_per_s\":3000000,\"ratio\":3.0,");
    }

    @Test
    void withoutVectorsTheBenchSaysSo() {
        ValidatorReport report = report(Optional.empty(), Optional.empty());
        JsonNode json = BenchScreen.json(report);
        assertThat(json.get("warmup_s").isNull()).isTrue();
        assertThat(json.get("k4").get("ratio").isNull()).isTrue();
        BenchScreen.print(report, new PrintWriter(out));
        assertThat(out.toString()).contains("No vector hasher here", "K = 12");
    }

    /** These tests run without the incubating module. */
    @Test
    void measuresThisMachine() throws Exception {
        assertThat(run("--seconds", "1", "--json")).isZero();
        JsonNode json = new JsonMapper().readTree(out.toString());
        assertThat(json.get("path").asText()).isEqualTo("scalar");
        assertThat(json.get("reason").asText()).isEqualTo("jdk.incubator.vector is not there");
        for (Shape shape : Shape.values()) {
            assertThat(json.get(shape.key()).get("scalar_per_s").asLong()).isPositive();
        }
    }

    @Test
    void wrongUseIsTold() {
        for (String seconds : List.of("0", "601", "soon")) {
            assertThat(run("--seconds", seconds)).isEqualTo(2);
        }
    }
}
