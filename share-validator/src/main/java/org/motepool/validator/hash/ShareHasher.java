package org.motepool.validator.hash;

import org.motepool.core.block.Job;

/** Makes the hashes of shares. Thread-safe; chosen once at start. */
public interface ShareHasher {
    /** Short name for logs, metrics and pages: {@code scalar}, {@code vector512}, … */
    String path();

    /** Does the work that all shares of a job have in common, once. */
    PreparedJob prepare(Job job);

    /** A job made ready to hash. Thread-safe. */
    interface PreparedJob {
        Job job();

        /** The path that hashes a batch of so many shares now. */
        String path(int shares);

        /** Hashes every share of the batch, which must be of this job, and sets its hashes. Allocates nothing. */
        void hash(ShareBatch batch);
    }
}
