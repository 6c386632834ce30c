package org.motepool.stratum.outbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.motepool.core.sharelog.LogShard;
import org.motepool.validator.log.DeadLog;
import org.motepool.validator.log.LogEntries;
import org.motepool.validator.log.LogFiles;
import org.motepool.validator.log.ShareLog;
import org.motepool.validator.log.ShareLogReader;

/**
 * A log that is being sent, and the shard it goes to. Immutable.
 *
 * @param end up to where it is forced; of a dead log, its end
 */
record SentLog(LogShard source, Path directory, LongSupplier end) {
    static SentLog live(ShareLog log, Path directory, int shard) {
        return new SentLog(new LogShard(log.id(), shard), directory, log::forcedOffset);
    }

    static SentLog dead(DeadLog log, int shard) {
        long end = log.end();
        return new SentLog(new LogShard(log.id(), shard), log.directory(), () -> end);
    }

    /** Its entries behind what the journal holds; what was deleted as journaled is not there to be read. */
    LogEntries entriesBehind(long mark) throws IOException {
        long first;
        try (ShareLogReader reader = ShareLogReader.open(directory, LogFiles.DISK, end)) {
            first = reader.offset();
        }
        return LogEntries.open(directory, source.shard(), Math.max(mark, first), end);
    }
}
