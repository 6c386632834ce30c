package org.motepool.benchmarks;

import java.util.concurrent.TimeUnit;
import org.motepool.core.block.Job;
import org.motepool.validator.bench.Shape;
import org.motepool.validator.hash.MadeUpShares;
import org.motepool.validator.hash.ShareBatch;
import org.motepool.validator.hash.ShareHasher;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How many shares a second does one thread prove? Each way in processes of its own: for ratios see {@link LaneRatio}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProvenShares {
    static final int SHARES = 64;

    @Param
    public Shape shape = Shape.K12;

    @Param
    public Hashers hasher = Hashers.VECTOR;

    private ShareHasher.PreparedJob prepared = Hashers.SCALAR.make().prepare(new MadeUpShares(1).headerJob());
    private ShareBatch batch = new ShareBatch(0, 0);

    @Setup
    public void prepare() {
        MadeUpShares shares = new MadeUpShares(1);
        Job job = shape.job(shares);
        prepared = hasher.make(shape.proofOfWork()).prepare(job);
        batch = shares.batch(job, SHARES);
    }

    @Benchmark
    @OperationsPerInvocation(SHARES)
    public byte[] hash() {
        prepared.hash(batch);
        return batch.hashes();
    }
}
