package org.motepool.validator.hash;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.motepool.core.block.Job;
import org.motepool.core.work.ProofOfWork;

/**
 * Runs two hashers by turns over the same made-up shares, so that what slows the machine slows both. Rates are shares a
 * second of one thread. Owned by one thread.
 */
public final class HasherRace {
    /** Below this gain the vector hasher is not worth its risk. */
    public static final double RATIO_MIN = 1.05;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final ShareHasher.PreparedJob scalar;
    private final ShareHasher.PreparedJob vector;
    private final ShareBatch batch;

    private HasherRace(ShareHasher.PreparedJob scalar, ShareHasher.PreparedJob vector, ShareBatch batch) {
        this.scalar = scalar;
        this.vector = vector;
        this.batch = batch;
    }

    /** A race of two hashers that are both for that proof of work. */
    public static HasherRace of(
            ProofOfWork proofOfWork, ShareHasher scalar, ShareHasher vector, MadeUpShares shares, Job job) {
        return new HasherRace(scalar.prepare(job), vector.prepare(job), shares.batch(job, batchShares(proofOfWork)));
    }

    /** A multiple of every lane count, small enough to look at the clock often while code still runs interpreted. */
    private static int batchShares(ProofOfWork proofOfWork) {
        return switch (proofOfWork) {
            case SHA256D -> 64;
            case SCRYPT -> 16;
        };
    }

    /** Hashes one by one for so long. */
    public double scalarRate(long millis) {
        return rate(scalar, millis);
    }

    /** Hashes in lanes for so long. */
    public double vectorRate(long millis) {
        return rate(vector, millis);
    }

    /** By the thread's own processor time where Java can tell it: others' work then counts for neither. */
    private double rate(ShareHasher.PreparedJob job, long millis) {
        long limit = TimeUnit.MILLISECONDS.toNanos(millis);
        long startedAt = System.nanoTime();
        long start = cpuNanos();
        int rounds = 0;
        do {
            job.hash(batch);
            rounds++;
        } while (System.nanoTime() - startedAt < limit);
        return rounds * (double) batch.size() * TimeUnit.SECONDS.toNanos(1) / Math.max(1, cpuNanos() - start);
    }

    /** Processor time of this thread where Java can tell it, else time. */
    static long cpuNanos() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }

    /** @return medians over all rounds, the ratio's of the rounds' own ratios */
    public Result run(int rounds, long millisEach) {
        double[] scalarRates = new double[rounds];
        double[] vectorRates = new double[rounds];
        double[] ratios = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            scalarRates[i] = scalarRate(millisEach);
            vectorRates[i] = vectorRate(millisEach);
            ratios[i] = vectorRates[i] / scalarRates[i];
        }
        Arrays.sort(ratios);
        return new Result(
                median(scalarRates),
                median(vectorRates),
                median(ratios),
                ratios[rounds / 10],
                ratios[rounds - 1 - rounds / 10]);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /**
     * @param ratio vector to scalar
     * @param low the ratio that nine of ten rounds reach
     * @param high the ratio that one of ten rounds passes
     */
    public record Result(double scalarPerSecond, double vectorPerSecond, double ratio, double low, double high) {}
}
