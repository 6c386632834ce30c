package org.motepool.stratum.job;

import java.math.BigInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.core.block.Job;
import org.motepool.core.work.Level;
import org.motepool.core.work.Target;
import org.motepool.validator.hash.ShareHasher;

/** A job that shares may come in for, with all that judging them needs. Thread-safe. */
public final class LiveJob {
    private final Job job;
    private final BlockTemplate template;
    private final Supplier<ShareHasher.PreparedJob> prepared;
    private final int feeBasisPoints;
    private final @Nullable LiveJob common;
    private final long tip;
    private final Target networkTarget;
    private final Level cap;
    private volatile boolean expired;

    /** @param tip serial of the chain tip it builds on */
    LiveJob(Job job, BlockTemplate template, ShareHasher.PreparedJob prepared, int feeBasisPoints, long tip) {
        this.job = job;
        this.template = template;
        this.prepared = () -> prepared;
        this.feeBasisPoints = feeBasisPoints;
        this.common = null;
        this.tip = tip;
        this.networkTarget = job.nbits().target();
        this.cap = Level.floorOfHashes(BigInteger.ONE
                .shiftLeft(256)
                .divide(networkTarget.toNumber().add(BigInteger.ONE))
                .max(BigInteger.ONE));
    }

    /**
     * A miner's own job; it ends with the common one. It is prepared anew for each batch of its few shares: there may be a
     * thousand times as many of these as of common ones, and prepared they are twenty times as large.
     */
    LiveJob(LiveJob common, Job job, int feeBasisPoints, ShareHasher hasher) {
        this.job = job;
        this.template = common.template;
        this.prepared = () -> hasher.prepare(job);
        this.feeBasisPoints = feeBasisPoints;
        this.common = common;
        this.tip = common.tip;
        this.networkTarget = common.networkTarget;
        this.cap = common.cap;
    }

    /** The job that this one is cut from, or itself. */
    public LiveJob common() {
        return common == null ? this : common;
    }

    /** The pool's part of a block that comes of it. */
    public int feeBasisPoints() {
        return feeBasisPoints;
    }

    public Job job() {
        return job;
    }

    public BlockTemplate template() {
        return template;
    }

    public ShareHasher.PreparedJob prepared() {
        return prepared.get();
    }

    /** Jobs of one tip share it; a later tip has a higher one. */
    public long tip() {
        return tip;
    }

    public Target networkTarget() {
        return networkTarget;
    }

    /** The highest level that every block of this job meets. */
    public Level cap() {
        return cap;
    }

    /** True once so many newer jobs exist that shares for it are no longer taken. */
    public boolean expired() {
        return common == null ? expired : common.expired;
    }

    void expire() {
        expired = true;
    }
}
