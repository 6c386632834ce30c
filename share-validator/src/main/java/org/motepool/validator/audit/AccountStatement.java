package org.motepool.validator.audit;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.motepool.core.account.AccountId;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.validator.log.RawGroup;
import org.motepool.validator.log.ShareLogReader;

/**
 * Reads what one log credits to one account, range by range: a range is an outbox entry, so each can be found again in
 * the accountant's slices. Ranges are handed on as they are read, so none are kept. Used once; not thread-safe.
 */
public final class AccountStatement {
    private final Bytes account;
    private final Consumer<Range> ranges;
    private final ShareFields share = new ShareFields();
    private final LevelCounts total = new LevelCounts();
    private LevelCounts open = new LevelCounts();
    private long from;

    /**
     * Work of the account between two log offsets.
     *
     * @param workUnits in units of 2^16 hashes
     */
    public record Range(long from, long to, BigInteger workUnits, long shares) {}

    private AccountStatement(AccountId account, Consumer<Range> ranges) {
        this.account = account.bytes();
        this.ranges = ranges;
    }

    /**
     * Reads a log that an audit found sound.
     *
     * @param end log offset up to which the audit read
     * @param ranges gets every range with work of the account, in order
     * @return their sum, over all that was read
     */
    public static Range read(Path logDirectory, long end, AccountId account, Consumer<Range> ranges)
            throws IOException {
        AccountStatement statement = new AccountStatement(account, ranges);
        try (ShareLogReader reader = ShareLogReader.open(logDirectory, ShareAudit.FILES)) {
            long first = reader.offset();
            statement.from = first;
            RawGroup last = null;
            while (reader.offset() < end) {
                Optional<RawGroup> group = reader.nextRaw();
                if (group.isEmpty()) {
                    break;
                }
                last = group.get();
                statement.add(last);
            }
            statement.endRange(last);
            return new Range(first, reader.offset(), statement.total.workUnits(), statement.total.shares());
        }
    }

    private void add(RawGroup group) {
        byte[] bytes = group.bytes();
        RecordCursor cursor = new RecordCursor(bytes, group.recordsAt(), bytes.length);
        try {
            while (cursor.next()) {
                if (cursor.isShare()) {
                    share.read(bytes, cursor);
                    if (share.account().equals(account)) {
                        open.add(share.level());
                    }
                } else if (cursor.isLast() && endsRange(cursor.read(), group)) {
                    endRange(group);
                }
            }
        } catch (MalformedBytesException e) {
            // The audit has reported it: what follows in this group cannot be told apart.
            return;
        }
    }

    private boolean endsRange(LogRecord record, RawGroup group) {
        return switch (record) {
            case LogRecord.Cut _ -> true;
            case LogRecord.BlockFound _ -> {
                // It is an entry by itself: work before it ends where it begins.
                endRange(group.offset());
                yield true;
            }
            case LogRecord.JobDeclared _, LogRecord.AccountDeclared _, LogRecord.Share _ -> false;
        };
    }

    private void endRange(@Nullable RawGroup last) {
        if (last != null) {
            endRange(last.end());
        }
    }

    private void endRange(long to) {
        if (open.shares() > 0) {
            ranges.accept(new Range(from, to, open.workUnits(), open.shares()));
            total.add(open);
            open = new LevelCounts();
        }
        from = to;
    }
}
