package org.motepool.stratum.job;

import java.math.BigInteger;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.core.block.Job;
import org.motepool.core.work.Level;
import org.motepool.core.work.Target;
import org.motepool.validator.hash.ShareHasher;

/** A job that shares may come in for, with all that judging them needs. Thread-safe. */
public final class LiveJob {
    private final Job job;
    private final BlockTemplate template;
    private final ShareHasher.PreparedJob prepared;
    private final long tip;
    private final Target networkTarget;
    private final Level cap;
    private volatile boolean expired;

    /** @param tip serial of the chain tip it builds on */
    LiveJob(Job job, BlockTemplate template, ShareHasher.PreparedJob prepared, long tip) {
        this.job = job;
        this.template = template;
        this.prepared = prepared;
        this.tip = tip;
        this.networkTarget = job.nbits().target();
        this.cap = Level.floorOfHashes(BigInteger.ONE
                .shiftLeft(256)
                .divide(networkTarget.toNumber().add(BigInteger.ONE))
                .max(BigInteger.ONE));
    }

    public Job job() {
        return job;
    }

    public BlockTemplate template() {
        return template;
    }

    public ShareHasher.PreparedJob prepared() {
        return prepared;
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
        return expired;
    }

    void expire() {
        expired = true;
    }
}
