package org.motepool.devices.load;

import org.HdrHistogram.Histogram;

/**
 * What came of a time of load.
 *
 * @param answered replies within it
 * @param accepted of these
 * @param nanos its length
 * @param serverCpuNanos processor time of the server meanwhile
 * @param heapBytesPerReply that its event loops took; 0 where that is not told
 * @param latency from when each share was due to its reply, in nanoseconds: who sends late because the server was late hides
 *     nothing
 */
public record Replies(
        long answered, long accepted, long nanos, long serverCpuNanos, double heapBytesPerReply, Histogram latency) {
    public double answeredPerSecond() {
        return answered * 1e9 / Math.max(1, nanos);
    }

    /** The server's, in microseconds. */
    public double cpuMicrosPerReply() {
        return serverCpuNanos / 1e3 / Math.max(1, answered);
    }

    /** Of this part of all replies, 0 to 1, none took longer, in milliseconds. */
    public double latencyMillis(double part) {
        return latency.getValueAtPercentile(100 * part) / 1e6;
    }
}
