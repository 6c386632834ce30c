package org.motepool.stratum.job;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.motepool.core.account.AccountId;
import org.motepool.core.address.PayoutAddress;
import org.motepool.stratum.v1.NotifyLine;

/**
 * The miners' own jobs of one common job, each made when it is first asked for and shared by all connections of its
 * account. Their lines live as long as the common job is the newest somewhere. Thread-safe.
 */
final class SoloJobs {
    /** Own coinbases of one common job: an account may have two, and accounts come and go while it is the newest. */
    static final int KEPT_MAX = 2 * SoloAccounts.MAX;

    private final LiveJob common;
    private final Cutter cutter;
    private final ByteBufAllocator allocator;
    private final Map<Key, Line> made = new HashMap<>();

    /** Makes a live job that pays a miner. */
    @FunctionalInterface
    interface Cutter {
        LiveJob cut(LiveJob common, PayoutAddress miner, boolean small);
    }

    private record Key(AccountId account, boolean small) {}

    SoloJobs(LiveJob common, Cutter cutter, ByteBufAllocator allocator) {
        this.common = common;
        this.cutter = cutter;
        this.allocator = allocator;
    }

    /** The job of an account; empty when too many have one, until the next common job. */
    synchronized Optional<JobLine> of(AccountId account, PayoutAddress address, boolean small) {
        Key key = new Key(account, small);
        Line line = made.get(key);
        if (line == null) {
            if (made.size() >= KEPT_MAX) {
                return Optional.empty();
            }
            line = new Line(cutter.cut(common, address, small));
            made.put(key, line);
        }
        return Optional.of(line);
    }

    synchronized void release() {
        made.values().forEach(Line::release);
        made.clear();
    }

    /** One account's job; most are sent in one form, once, so each form is encoded when it is first sent. */
    private final class Line implements JobLine {
        private final LiveJob live;
        private @Nullable ByteBuf clean;
        private @Nullable ByteBuf keep;

        private Line(LiveJob live) {
            this.live = live;
        }

        @Override
        public LiveJob live() {
            return live;
        }

        @Override
        public ByteBuf line(boolean cleanJobs) {
            synchronized (SoloJobs.this) {
                ByteBuf encoded = cleanJobs ? clean : keep;
                if (encoded == null) {
                    String text = NotifyLine.of(live.job(), cleanJobs);
                    encoded = allocator.directBuffer(text.length(), text.length());
                    ByteBufUtil.writeAscii(encoded, text);
                    if (cleanJobs) {
                        clean = encoded;
                    } else {
                        keep = encoded;
                    }
                }
                return encoded.retainedDuplicate();
            }
        }

        private void release() {
            if (clean != null) {
                clean.release();
            }
            if (keep != null) {
                keep.release();
            }
        }
    }
}
