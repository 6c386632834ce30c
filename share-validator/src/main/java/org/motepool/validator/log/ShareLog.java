package org.motepool.validator.log;

import java.util.List;
import org.motepool.core.block.Job;
import org.motepool.core.sharelog.LogId;
import org.motepool.core.sharelog.LogRecord;

/**
 * The append-only log of this process start. A single writer thread writes what has gathered, forces once, and then calls
 * back: nothing that has not been called back is durable. Any thread may append; calls return at once.
 */
public interface ShareLog extends AutoCloseable {
    LogId id();

    /** Offset up to which all bytes are forced. */
    long forcedOffset();

    /** False from a failed force until a force succeeds again; readiness depends on it. */
    boolean healthy();

    /**
     * Appends shares in order; JOB and ACCOUNT records that the segment lacks are written before them.
     *
     * @param shares the log's until it calls back: not to be changed before
     * @param callback called exactly once for the whole list: on the writer thread, or at once on the caller's when the log
     *     is closed or too much waits already
     */
    void append(List<? extends Loggable> shares, ForceCallback callback);

    /** Appends a BLOCK record in a group of its own, the job first where the segment lacks it. */
    void appendBlock(LogRecord.BlockFound block, Job job, ForceCallback callback);

    /** Writes what has gathered, a last CUT, and closes; gives the file lock back. Idempotent. */
    @Override
    void close();

    /** What makes a share for the log. */
    interface Loggable {
        /** Asked once, on the writer thread: whoever appends pays for no record. */
        LoggedShare logged();
    }

    /**
     * A share with what must precede it.
     *
     * @param job that {@code share.jobNumber()} names
     * @param address canonical payout address of {@code share.account()}
     */
    record LoggedShare(LogRecord.Share share, Job job, String address) implements Loggable {
        @Override
        public LoggedShare logged() {
            return this;
        }
    }

    /** What became of an append. Runs on the writer thread: hand over and return. */
    interface ForceCallback {
        /** The bytes are on disk. */
        void forced();

        /** They are not, and never will be. */
        void failed(Exception cause);
    }
}
