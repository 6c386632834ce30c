package org.motepool.core.heap;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What work takes of the heap once it is compiled. The compiler works beside the test, so no count of rounds says when
 * it has done so on a busy machine: the work is repeated until it takes as little as it should, or time is up.
 */
public final class WarmHeap {
    private static final Duration COMPILED = Duration.ofSeconds(60);

    private WarmHeap() {}

    /** Bytes of the first round that takes no more than {@code enough}; the least of any round if none does. */
    public static long bytesOf(Runnable work, long enough) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long start = System.nanoTime();
        long least = Long.MAX_VALUE;
        do {
            long before = threads.getCurrentThreadAllocatedBytes();
            work.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        } while (least > enough && System.nanoTime() - start < COMPILED.toNanos());
        return least;
    }
}
