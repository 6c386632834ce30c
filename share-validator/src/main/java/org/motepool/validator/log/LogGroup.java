package org.motepool.validator.log;

import java.util.List;
import org.motepool.core.sharelog.LogRecord;

/**
 * Records that were written together. A CUT is the last of its group, a BLOCK alone in it.
 *
 * @param offset log offset of its first byte
 * @param end log offset behind it
 * @param records in order, at least one
 */
public record LogGroup(long offset, long end, List<LogRecord> records) {
    public LogGroup {
        records = List.copyOf(records);
    }

    /** Tells whether an outbox entry ends where this group ends. */
    public boolean endsEntry() {
        return switch (records.getLast()) {
            case LogRecord.Cut _, LogRecord.BlockFound _ -> true;
            case LogRecord.Share _, LogRecord.JobDeclared _, LogRecord.AccountDeclared _ -> false;
        };
    }

    /** Tells whether it is a BLOCK, which is an entry by itself. */
    public boolean isBlock() {
        return records.getLast() instanceof LogRecord.BlockFound;
    }
}
