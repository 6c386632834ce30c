package org.motepool.validator.simd;

import jdk.incubator.vector.IntVector;
import org.motepool.core.block.Job;
import org.motepool.core.work.ProofOfWork;
import org.motepool.validator.hash.ScalarShareHasher;
import org.motepool.validator.hash.ShareHasher;

/**
 * Hashes 16 (or 8) shares at once by the Vector API. Slow until the just-in-time compiler has seen it run for about a
 * second, so it is to be warmed up away from real shares. Thread-safe: each thread has scratch space of its own.
 */
public final class VectorShareHasher implements ShareHasher {
    /** Above so many SHA-256 blocks of coinbase a job's tables would fill a cache for no gain; a usual coinbase has 4 to 7. */
    private static final int COINBASE_BLOCKS_MAX = 32;

    static final String PATH = "vector" + Sha256Lanes.SPECIES.vectorBitSize();

    private final ProofOfWork proofOfWork;
    private final ThreadLocal<LaneRows> rows;
    private final ShareHasher scalar;

    /** Of SHA-256d. */
    public VectorShareHasher() {
        this(ProofOfWork.SHA256D);
    }

    /**
     * Fails with {@link UnsupportedOperationException} where the processor's vectors of integers are shorter than 256 bits:
     * the API works there, but slower than anything else.
     */
    public VectorShareHasher(ProofOfWork proofOfWork) {
        int bits = IntVector.SPECIES_PREFERRED.vectorBitSize();
        if (bits < Sha256Lanes.SPECIES.vectorBitSize()) {
            throw new UnsupportedOperationException("this machine's vectors of integers have " + bits + " bits");
        }
        this.proofOfWork = proofOfWork;
        rows = ThreadLocal.withInitial(() -> new LaneRows(proofOfWork));
        scalar = new ScalarShareHasher(proofOfWork);
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public PreparedJob prepare(Job job) {
        return job.coinbaseBytes() > COINBASE_BLOCKS_MAX * Sha256Words.BLOCK_BYTES
                ? scalar.prepare(job)
                : new VectorJob(job, proofOfWork, rows);
    }
}
