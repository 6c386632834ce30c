package org.motepool.stratum.stats;

import java.util.Arrays;

/** Work of the last 10 minutes, and how much it tells, in buckets of 30 s. Not thread-safe; times are monotonic seconds. */
final class SlidingWindow {
    static final int SECONDS = 600;
    private static final int BUCKET_SECONDS = 30;
    private static final int BUCKETS = SECONDS / BUCKET_SECONDS;

    private final double[] squares = new double[BUCKETS];
    private final long[] work = new long[BUCKETS];
    private final long startedAt;
    private long newest;

    SlidingWindow(long now) {
        startedAt = now;
        newest = Math.floorDiv(now, BUCKET_SECONDS);
    }

    void add(long now, long workUnits) {
        advance(now);
        int bucket = (int) Math.floorMod(newest, (long) BUCKETS);
        squares[bucket] += (double) workUnits * workUnits;
        work[bucket] += workUnits;
    }

    /**
     * So many equal shares would tell the rate as well as these do: (Σ work)² / Σ work². The count of the shares where all
     * are alike, less where few large ones outweigh many small.
     */
    long shares(long now) {
        double sum = work(now);
        return sum == 0 ? 0 : Math.round(sum * sum / Arrays.stream(squares).sum());
    }

    long work(long now) {
        advance(now);
        return Arrays.stream(work).sum();
    }

    /** What the sums cover: less than the whole while young, at least 1. */
    int seconds(long now) {
        long covered = (BUCKETS - 1L) * BUCKET_SECONDS + Math.floorMod(now, (long) BUCKET_SECONDS);
        return (int) Math.clamp(now - startedAt, 1, covered);
    }

    private void advance(long now) {
        long bucket = Math.floorDiv(now, BUCKET_SECONDS);
        long passed = Math.min(BUCKETS, bucket - newest);
        for (long i = 1; i <= passed; i++) {
            int index = (int) Math.floorMod(bucket - passed + i, (long) BUCKETS);
            squares[index] = 0;
            work[index] = 0;
        }
        newest = Math.max(newest, bucket);
    }
}
