package org.motepool.store;

import java.util.Map;
import java.util.OptionalLong;
import org.motepool.core.sharelog.LogShard;

/** How far each log is journaled: written by the accountant alone, read by outboxes. Calls block. */
public interface JournalMarks {
    /** Sets the given marks, which replace what stood there, and counts the heartbeat up. */
    void publish(Map<LogShard, Long> marks) throws StoreException;

    /** Log offset up to which the journal holds this log's work; empty when it holds none. */
    OptionalLong mark(LogShard source) throws StoreException;

    /** A number that moves as long as the accountant lives. */
    long heartbeat() throws StoreException;
}
