package org.motepool.validator.bench;

import java.lang.management.ManagementFactory;
import org.motepool.core.block.Job;
import org.motepool.core.work.ProofOfWork;
import org.motepool.validator.hash.MadeUpShares;
import org.motepool.validator.hash.ShareBatch;
import org.motepool.validator.hash.ShareHasher;

/** Heap that a hasher takes for each share, once it is warm. Stateless. */
public final class Allocation {
    /** Of each shape as much as takes some tenths of a second at most. */
    private static final int SHARES = 1_024;

    private static final int PASSES = 200;
    private static final int SCRYPT_SHARES = 32;
    private static final int SCRYPT_PASSES = 20;

    private Allocation() {}

    /** In bytes, of a hasher for the shape's proof of work; negative where this Java does not count them. */
    public static double bytesPerShare(ShareHasher hasher, MadeUpShares shares, Shape shape) {
        if (!(ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads)
                || !threads.isThreadAllocatedMemorySupported()) {
            return -1;
        }
        boolean scrypt = shape.proofOfWork() == ProofOfWork.SCRYPT;
        int passes = scrypt ? SCRYPT_PASSES : PASSES;
        Job job = shape.job(shares);
        ShareHasher.PreparedJob prepared = hasher.prepare(job);
        ShareBatch batch = shares.batch(job, scrypt ? SCRYPT_SHARES : SHARES);
        for (int i = 0; i < passes; i++) {
            prepared.hash(batch);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < passes; i++) {
            prepared.hash(batch);
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / (double) passes / batch.size();
    }
}
