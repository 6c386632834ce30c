package org.motepool.stratum.job;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;
import java.util.Optional;
import org.motepool.core.account.AccountId;
import org.motepool.core.address.PayoutAddress;
import org.motepool.stratum.v1.NotifyLine;

/** A live job with its notify line in both forms, encoded once. Reference-counted: each event loop holds one. */
public final class PublishedJob extends AbstractReferenceCounted implements JobLine {
    private final LiveJob live;
    private final boolean newTip;
    private final long knownAtNanos;
    private final ByteBuf clean;
    private final ByteBuf keep;
    private final SoloJobs solo;

    PublishedJob(LiveJob live, boolean newTip, long knownAtNanos, ByteBufAllocator allocator, SoloJobs.Cutter cutter) {
        this.live = live;
        this.newTip = newTip;
        this.knownAtNanos = knownAtNanos;
        this.clean = encode(allocator, NotifyLine.of(live.job(), true));
        this.keep = encode(allocator, NotifyLine.of(live.job(), false));
        this.solo = new SoloJobs(live, cutter, allocator);
    }

    private static ByteBuf encode(ByteBufAllocator allocator, String line) {
        ByteBuf out = allocator.directBuffer(line.length(), line.length());
        ByteBufUtil.writeAscii(out, line);
        return out;
    }

    @Override
    public LiveJob live() {
        return live;
    }

    /** It is the first of its tip: everybody gets it at once. */
    public boolean newTip() {
        return newTip;
    }

    /** When its template became known. */
    public long knownAtNanos() {
        return knownAtNanos;
    }

    @Override
    public ByteBuf line(boolean cleanJobs) {
        return (cleanJobs ? clean : keep).retainedDuplicate();
    }

    /**
     * The same job with a coinbase that pays that miner; good as long as this one is held.
     *
     * @param small for the smallest devices
     * @return empty when too many accounts have one: the next job has room again
     */
    public Optional<JobLine> solo(AccountId account, PayoutAddress miner, boolean small) {
        return solo.of(account, miner, small);
    }

    /** The line's length, for budgets. */
    public int lineBytes() {
        return keep.readableBytes();
    }

    @Override
    protected void deallocate() {
        clean.release();
        keep.release();
        solo.release();
    }

    @Override
    public ReferenceCounted touch(Object hint) {
        clean.touch(hint);
        keep.touch(hint);
        return this;
    }
}
