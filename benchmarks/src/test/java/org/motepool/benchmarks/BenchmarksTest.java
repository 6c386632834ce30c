package org.motepool.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.motepool.validator.audit.AuditReport;
import org.motepool.validator.bench.Shape;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every benchmark once: what it measures must be right before it is fast. */
class BenchmarksTest {
    private static final int SHARES = 10_000;

    @ParameterizedTest
    @EnumSource(Shape.class)
    void lanesGiveTheHashesOfTheScalarHasher(Shape shape) {
        byte[] one = hashes(Hashers.SCALAR, shape);
        assertThat(one).hasSize(ProvenShares.SHARES * 32);
        assertThat(Arrays.mismatch(one, new byte[one.length])).isBetween(0, 2);
        assertThat(hashes(Hashers.VECTOR, shape)).isEqualTo(one);
    }

    private static byte[] hashes(Hashers hasher, Shape shape) {
        ProvenShares benchmark = new ProvenShares();
        benchmark.shape = shape;
        benchmark.hasher = hasher;
        benchmark.prepare();
        return benchmark.hash().clone();
    }

    @ParameterizedTest
    @EnumSource(Hashers.class)
    void theAuditedLogIsSound(Hashers hasher) throws Exception {
        AuditedShares benchmark = new AuditedShares();
        benchmark.hasher = hasher;
        benchmark.shares = SHARES;
        benchmark.write();
        try {
            AuditReport report = benchmark.audit();
            assertThat(report.bad()).isZero();
            assertThat(report.shares()).isEqualTo(SHARES);
        } finally {
            benchmark.delete();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ProvenShares", "LaneRatio", "ShareAllocation", "VectorWarmUp"})
    void jmhRunsIt(String name) throws Exception {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("\\." + name + "\\.")
                        .param("shape", "K0")
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(1))
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
        assertThat(results).isNotEmpty();
        for (RunResult result : results) {
            assertThat(result.getPrimaryResult().getScore()).isPositive();
            result.getSecondaryResults()
                    .values()
                    .forEach(counter -> assertThat(counter.getScore()).isNotNegative());
        }
    }

    @Test
    void theRatioIsThatOfTheTwoRates() {
        LaneRatio benchmark = new LaneRatio();
        benchmark.shape = Shape.HEADER_ONLY;
        benchmark.prepare();
        LaneRatio.Counters counters = new LaneRatio.Counters();
        benchmark.race(counters);
        assertThat(counters.ratio).isPositive();
        assertThat(counters.vectorPerSecond / counters.scalarPerSecond / counters.ratio)
                .isBetween(0.2, 5.0);
    }
}
