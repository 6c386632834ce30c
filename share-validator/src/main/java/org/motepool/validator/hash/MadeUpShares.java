package org.motepool.validator.hash;

import java.util.Random;
import java.util.stream.Stream;
import org.motepool.core.account.Scheme;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.work.Nbits;

/** Jobs and shares that no device has sent, to warm up, test and race hashers with. Owned by one thread. */
public final class MadeUpShares {
    private static final int COINBASE_BYTES_MIN = 60;
    private static final int COINBASE_BYTES_MAX = 400;
    private static final int BRANCH_MAX = 16;
    private static final int USUAL_COINBASE1_BYTES = 101;
    private static final int USUAL_COINBASE2_BYTES = 109;
    private static final int USUAL_EXTRANONCE_BYTES = 12;
    private static final Nbits NBITS = Nbits.ofHex("1d00ffff");

    private final Random random;

    public MadeUpShares(long seed) {
        random = new Random(seed);
    }

    /** A job as a pool makes them, its coinbase of 222 bytes. */
    public Job usualJob(int branch) {
        return job(USUAL_COINBASE1_BYTES, USUAL_EXTRANONCE_BYTES, USUAL_COINBASE2_BYTES, branch);
    }

    /** A job that leaves its miners nothing but the header. */
    public Job headerJob() {
        return job(USUAL_COINBASE1_BYTES, 0, USUAL_COINBASE2_BYTES, 4);
    }

    /** Any shape that a share could have. */
    public Job anyJob() {
        int coinbase = COINBASE_BYTES_MIN + random.nextInt(COINBASE_BYTES_MAX - COINBASE_BYTES_MIN + 1);
        int extranonces = random.nextInt(Job.EXTRANONCE_BYTES_MAX + 1);
        int before = random.nextInt(coinbase - extranonces + 1);
        return job(before, extranonces, coinbase - extranonces - before, random.nextInt(BRANCH_MAX + 1));
    }

    private Job job(int before, int extranonces, int behind, int branch) {
        return new Job(
                1,
                1,
                Hash256.ofInternal(bytes(Hash256.BYTES)),
                bytes(before),
                bytes(behind),
                extranonces,
                Stream.generate(() -> Hash256.ofInternal(bytes(Hash256.BYTES)))
                        .limit(branch)
                        .toList(),
                0x20000000,
                NBITS,
                random.nextInt(),
                Scheme.PPLNS);
    }

    /** So many shares of the job, with versions and times that no job would take: only their hashes matter. */
    public ShareBatch batch(Job job, int shares) {
        ShareBatch batch = new ShareBatch(job.extranonceBytes(), shares);
        for (int i = 0; i < shares; i++) {
            batch.add(bytes(job.extranonceBytes()), random.nextInt(), random.nextInt(), random.nextInt());
        }
        return batch;
    }

    private Bytes bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }
}
