package org.motepool.benchmarks;

import java.util.concurrent.TimeUnit;
import org.motepool.core.work.ProofOfWork;
import org.motepool.validator.bench.Shape;
import org.motepool.validator.hash.HasherRace;
import org.motepool.validator.hash.MadeUpShares;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How much faster are vector lanes than MessageDigest, or than Bouncy Castle's scrypt? Both by turns in one process, by the thread's own processor time, so
 * that whatever slows the machine slows both: read the counters, not the score. One iteration in one fork, since JMH adds
 * counters up; the rounds are within it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 1, time = 1)
public class LaneRatio {
    private static final int ROUNDS = 51;
    private static final long MILLIS_EACH = 20;

    @Param
    public Shape shape = Shape.K12;

    private HasherRace race = race();

    /** What a pass came to. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Counters {
        public double ratio;
        public double scalarPerSecond;
        public double vectorPerSecond;

        @Setup(Level.Iteration)
        public void clear() {
            ratio = 0;
            scalarPerSecond = 0;
            vectorPerSecond = 0;
        }
    }

    private HasherRace race() {
        MadeUpShares shares = new MadeUpShares(1);
        ProofOfWork proof = shape.proofOfWork();
        return HasherRace.of(proof, Hashers.SCALAR.make(proof), Hashers.VECTOR.make(proof), shares, shape.job(shares));
    }

    @Setup
    public void prepare() {
        race = race();
    }

    @Benchmark
    public HasherRace.Result race(Counters counters) {
        HasherRace.Result result = race.run(ROUNDS, MILLIS_EACH);
        counters.ratio = result.ratio();
        counters.scalarPerSecond = result.scalarPerSecond();
        counters.vectorPerSecond = result.vectorPerSecond();
        return result;
    }
}
