package org.motepool.pool.bench;

import org.HdrHistogram.Histogram;

/**
 * What came of requests to a pool's API.
 *
 * @param failed that were not answered with 200
 * @param latency from when each was due to the end of its answer, in nanoseconds
 */
public record HttpReplies(long answered, long failed, long nanos, Histogram latency) {
    public double perSecond() {
        return answered * 1e9 / Math.max(1, nanos);
    }

    /** Of this part of all, 0 to 1, none took longer, in milliseconds. */
    public double latencyMillis(double part) {
        return latency.getValueAtPercentile(100 * part) / 1e6;
    }
}
