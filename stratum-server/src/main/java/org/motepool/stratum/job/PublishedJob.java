package org.motepool.stratum.job;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;
import org.motepool.stratum.v1.NotifyLine;

/** A live job with its notify line in both forms, encoded once. Reference-counted: each event loop holds one. */
public final class PublishedJob extends AbstractReferenceCounted {
    private final LiveJob live;
    private final boolean newTip;
    private final long knownAtNanos;
    private final ByteBuf clean;
    private final ByteBuf keep;

    PublishedJob(LiveJob live, boolean newTip, long knownAtNanos, ByteBufAllocator allocator) {
        this.live = live;
        this.newTip = newTip;
        this.knownAtNanos = knownAtNanos;
        this.clean = encode(allocator, NotifyLine.of(live.job(), true));
        this.keep = encode(allocator, NotifyLine.of(live.job(), false));
    }

    private static ByteBuf encode(ByteBufAllocator allocator, String line) {
        ByteBuf out = allocator.directBuffer(line.length(), line.length());
        ByteBufUtil.writeAscii(out, line);
        return out;
    }

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

    /** The notify line; the caller owns the slice. */
    public ByteBuf line(boolean cleanJobs) {
        return (cleanJobs ? clean : keep).retainedDuplicate();
    }

    /** The line's length, for budgets. */
    public int lineBytes() {
        return keep.readableBytes();
    }

    @Override
    protected void deallocate() {
        clean.release();
        keep.release();
    }

    @Override
    public ReferenceCounted touch(Object hint) {
        clean.touch(hint);
        keep.touch(hint);
        return this;
    }
}
