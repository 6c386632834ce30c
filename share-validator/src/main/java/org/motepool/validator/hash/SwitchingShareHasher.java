package org.motepool.validator.hash;

import org.jspecify.annotations.Nullable;
import org.motepool.core.block.Job;
import org.motepool.core.work.ProofOfWork;

/**
 * Scalar from the first millisecond; larger batches go to the vector hasher from the moment that one is chosen, also for
 * jobs that were prepared before. Both give the same hashes. Thread-safe.
 */
public final class SwitchingShareHasher implements ShareHasher {
    private final ShareHasher scalar;
    private final int vectorSharesMin;
    private volatile @Nullable ShareHasher vector;

    /** @param vectorSharesMin fewer shares of one job are hashed one after the other */
    SwitchingShareHasher(ShareHasher scalar, int vectorSharesMin) {
        this.scalar = scalar;
        this.vectorSharesMin = vectorSharesMin;
    }

    /** A pass of the lanes costs the same however few are filled, and that is as much as about so many shares. */
    static int vectorSharesMin(ProofOfWork proofOfWork) {
        return switch (proofOfWork) {
            case SHA256D -> 6;
            case SCRYPT -> 3;
        };
    }

    void use(ShareHasher proven) {
        vector = proven;
    }

    /** That of larger batches. */
    @Override
    public String path() {
        ShareHasher chosen = vector;
        return chosen == null ? scalar.path() : chosen.path();
    }

    @Override
    public PreparedJob prepare(Job job) {
        return new Switching(job);
    }

    private final class Switching implements PreparedJob {
        private final PreparedJob one;
        private volatile @Nullable PreparedJob many;

        Switching(Job job) {
            one = scalar.prepare(job);
            ShareHasher chosen = vector;
            many = chosen == null ? null : chosen.prepare(job);
        }

        @Override
        public Job job() {
            return one.job();
        }

        @Override
        public String path(int shares) {
            return by(shares).path(shares);
        }

        @Override
        public void hash(ShareBatch batch) {
            by(batch.size()).hash(batch);
        }

        private PreparedJob by(int shares) {
            return shares < vectorSharesMin ? one : many();
        }

        /** Two threads may both prepare a job of before the choice: either result will do. */
        private PreparedJob many() {
            PreparedJob prepared = many;
            if (prepared != null) {
                return prepared;
            }
            ShareHasher chosen = vector;
            if (chosen == null) {
                return one;
            }
            prepared = chosen.prepare(one.job());
            many = prepared;
            return prepared;
        }
    }
}
