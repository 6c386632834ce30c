package org.motepool.benchmarks;

import java.util.concurrent.TimeUnit;
import org.motepool.validator.bench.Allocation;
import org.motepool.validator.bench.Shape;
import org.motepool.validator.hash.MadeUpShares;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How many bytes of heap does a share take, once all is warm? The aim is none: read the counter. Bouncy Castle's
 * scrypt takes its 128 KiB. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 1, time = 1)
public class ShareAllocation {
    @Param
    public Shape shape = Shape.K12;

    @Param
    public Hashers hasher = Hashers.VECTOR;

    /** What a pass came to. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Counters {
        public double bytesPerShare;
    }

    @Benchmark
    public void bytes(Counters counters) {
        MadeUpShares shares = new MadeUpShares(1);
        counters.bytesPerShare = Allocation.bytesPerShare(hasher.make(shape.proofOfWork()), shares, shape);
    }
}
