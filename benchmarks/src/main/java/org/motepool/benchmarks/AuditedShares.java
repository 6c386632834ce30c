package org.motepool.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.bench.BenchLog;
import org.motepool.validator.audit.AuditProgress;
import org.motepool.validator.audit.AuditReport;
import org.motepool.validator.audit.ShareAudit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How many shares a second does a warm audit prove, from disk, on all cores? Jobs have a merkle branch of 12. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 5, time = 5)
public class AuditedShares {
    static final int SHARES = 500_000;
    private static final int TRANSACTIONS = 3_000;

    @Param
    public Hashers hasher = Hashers.VECTOR;

    int shares = SHARES;
    private Path data = Path.of("");
    private Path log = Path.of("");
    private ShareHasher shareHasher = Hashers.SCALAR.make();

    @Setup
    public void write() throws IOException, InterruptedException {
        data = Files.createTempDirectory("mote-benchmark-");
        log = BenchLog.write(data, shares, TRANSACTIONS, 1).directory();
        shareHasher = hasher.make();
    }

    @Benchmark
    @OperationsPerInvocation(SHARES)
    public AuditReport audit() throws IOException, InterruptedException {
        int threads = Runtime.getRuntime().availableProcessors();
        try (ShareAudit audit = new ShareAudit(_ -> shareHasher, threads, PoolClock.SYSTEM, AuditProgress.NONE)) {
            return audit.run(List.of(log));
        }
    }

    @TearDown
    public void delete() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
