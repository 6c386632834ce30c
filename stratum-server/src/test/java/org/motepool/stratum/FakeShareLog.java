package org.motepool.stratum;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.motepool.core.block.Job;
import org.motepool.core.sharelog.LogId;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.validator.log.ShareLog;

/** A share log in memory that can hold its callbacks back, or fail them. Thread-safe. */
final class FakeShareLog implements ShareLog {
    enum Mode {
        FORCE,
        HOLD,
        FAIL
    }

    private final LogId id = LogId.random(new SecureRandom());
    private final List<LoggedShare> shares = new ArrayList<>();
    private final List<LogRecord.BlockFound> blocks = new ArrayList<>();
    private final List<ForceCallback> held = new ArrayList<>();
    private Mode mode = Mode.FORCE;
    private int blocksToFail;

    synchronized void mode(Mode wanted) {
        mode = wanted;
    }

    synchronized List<LoggedShare> shares() {
        return List.copyOf(shares);
    }

    synchronized List<LogRecord.BlockFound> blocks() {
        return List.copyOf(blocks);
    }

    /** The next so many BLOCK records cannot be stored. */
    synchronized void failBlocks(int count) {
        blocksToFail = count;
    }

    synchronized int held() {
        return held.size();
    }

    /** Calls one held callback back. */
    void release(int index, boolean forced) {
        ForceCallback callback;
        synchronized (this) {
            callback = held.remove(index);
        }
        if (forced) {
            callback.forced();
        } else {
            callback.failed(new java.io.IOException("no space left, says the test"));
        }
    }

    @Override
    public LogId id() {
        return id;
    }

    @Override
    public long forcedOffset() {
        return 0;
    }

    @Override
    public boolean healthy() {
        return true;
    }

    @Override
    public void append(List<? extends Loggable> appended, ForceCallback callback) {
        Mode now;
        synchronized (this) {
            now = mode;
            switch (now) {
                case FORCE -> add(appended);
                case HOLD -> {
                    add(appended);
                    held.add(callback);
                }
                case FAIL -> {}
            }
        }
        switch (now) {
            case FORCE -> callback.forced();
            case HOLD -> {}
            case FAIL -> callback.failed(new java.io.IOException("disk full, says the test"));
        }
    }

    private void add(List<? extends Loggable> appended) {
        appended.forEach(one -> shares.add(one.logged()));
    }

    @Override
    public synchronized void appendBlock(LogRecord.BlockFound block, Job job, ForceCallback callback) {
        if (blocksToFail > 0) {
            blocksToFail--;
            callback.failed(new java.io.IOException("disk full, says the test"));
            return;
        }
        blocks.add(block);
        callback.forced();
    }

    @Override
    public void close() {}
}
