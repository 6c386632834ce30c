package org.motepool.validator.bench;

import java.lang.management.ManagementFactory;
import org.motepool.core.block.Job;
import org.motepool.validator.hash.MadeUpShares;
import org.motepool.validator.hash.ShareBatch;
import org.motepool.validator.hash.ShareHasher;

/** Heap that a hasher takes for each share, once it is warm. Stateless. */
public final class Allocation {
    private static final int SHARES = 1_024;
    private static final int PASSES_WARM = 200;
    private static final int PASSES = 200;

    private Allocation() {}

    /** In bytes; negative where this Java does not count them. */
    public static double bytesPerShare(ShareHasher hasher, MadeUpShares shares, Job job) {
        if (!(ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads)
                || !threads.isThreadAllocatedMemorySupported()) {
            return -1;
        }
        ShareHasher.PreparedJob prepared = hasher.prepare(job);
        ShareBatch batch = shares.batch(job, SHARES);
        for (int i = 0; i < PASSES_WARM; i++) {
            prepared.hash(batch);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < PASSES; i++) {
            prepared.hash(batch);
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / (double) PASSES / SHARES;
    }
}
