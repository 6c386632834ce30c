package org.motepool.validator.audit;

import java.nio.file.Path;
import org.motepool.core.hash.Hash256;
import org.motepool.core.work.Level;
import org.motepool.core.work.PowShift;
import org.motepool.validator.audit.Declarations.DeclaredJob;
import org.motepool.validator.hash.ShareBatch;

/** Shares of one job that wait to be hashed together. Owned by one thread. */
final class JobBatch {
    /** Hashed at once: fills vector lanes many times over, and stays in the core's cache. */
    static final int SHARES_MAX = 512;

    private static final Level[] LEVELS = levels();

    private final DeclaredJob job;
    private final Path file;
    private final PowShift powShift;
    private final Findings findings;
    private final ShareBatch batch;
    private final long[] offsets = new long[SHARES_MAX];
    private final Level[] levels = new Level[SHARES_MAX];

    JobBatch(DeclaredJob job, Path file, PowShift powShift, Findings findings) {
        this.job = job;
        this.file = file;
        this.powShift = powShift;
        this.findings = findings;
        batch = new ShareBatch(job.job().extranonceBytes(), SHARES_MAX);
    }

    void add(ShareFields share, long offset) {
        int index = share.addTo(batch);
        offsets[index] = offset;
        levels[index] = LEVELS[share.level()];
        if (batch.size() == SHARES_MAX) {
            flush();
        }
    }

    private static Level[] levels() {
        Level[] all = new Level[Level.HIGHEST + 1];
        for (int k = 0; k < all.length; k++) {
            all[k] = Level.clamped(k);
        }
        return all;
    }

    /** Hashes what has gathered, and compares each hash with its level. */
    void flush() {
        job.prepared().hash(batch);
        for (int i = 0; i < batch.size(); i++) {
            int at = i * Hash256.BYTES;
            Level level = levels[i];
            if (!level.target().accepts(batch.hashes(), at, powShift)) {
                findings.add(
                        file,
                        offsets[i],
                        () -> "its hash " + Hash256.ofInternal(batch.hashes(), at) + " is not of level "
                                + level.value());
            }
        }
        batch.clear();
    }
}
