package org.motepool.benchmarks;

import java.util.concurrent.TimeUnit;
import org.motepool.core.work.ProofOfWork;
import org.motepool.validator.bench.Shape;
import org.motepool.validator.bench.WarmUp;
import org.motepool.validator.hash.HasherRace;
import org.motepool.validator.hash.MadeUpShares;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long from the vector hasher's first share to nine tenths of its speed? Once a process: read the counter, and run it
 * several times.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 0)
@Measurement(iterations = 1, time = 1, timeUnit = TimeUnit.MILLISECONDS)
public class VectorWarmUp {
    /** What the process came to. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Counters {
        public double warmUpMillis;
    }

    @Benchmark
    public void fromTheFirstShare(Counters counters) {
        if (counters.warmUpMillis == 0) {
            MadeUpShares shares = new MadeUpShares(1);
            HasherRace race = HasherRace.of(
                    ProofOfWork.SHA256D, Hashers.SCALAR.make(), Hashers.VECTOR.make(), shares, Shape.K12.job(shares));
            counters.warmUpMillis = 1000 * WarmUp.seconds(race);
        }
    }
}
