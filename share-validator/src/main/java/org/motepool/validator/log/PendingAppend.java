package org.motepool.validator.log;

import java.util.List;
import org.motepool.core.block.Job;
import org.motepool.core.sharelog.LogRecord;

/** What waits for the writer: one call of {@link ShareLog} each. */
sealed interface PendingAppend {
    ShareLog.ForceCallback callback();

    record Shares(List<? extends ShareLog.Loggable> shares, ShareLog.ForceCallback callback) implements PendingAppend {}

    record Block(LogRecord.BlockFound block, Job job, ShareLog.ForceCallback callback) implements PendingAppend {}
}
