package org.motepool.validator.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.validator.log.RawGroup;
import org.motepool.validator.log.ShareLogReader;

/** Goes over the shares of a log once more, one after the other, without proving them. Stateless. */
final class LogScan {
    private LogScan() {}

    /** Gets each share where it stands; the fields are valid during the call. */
    @FunctionalInterface
    interface Visitor {
        void share(ShareFields share, Path file, long offset);
    }

    /** Visits the well-formed shares below the log offset {@code end}. */
    static void shares(Path directory, long end, Visitor visitor) throws IOException {
        ShareFields share = new ShareFields();
        try (ShareLogReader reader = ShareLogReader.open(directory, ShareAudit.FILES)) {
            while (reader.offset() < end) {
                Optional<RawGroup> group = reader.nextRaw();
                if (group.isEmpty()) {
                    return;
                }
                visit(group.get(), share, visitor);
            }
        }
    }

    private static void visit(RawGroup group, ShareFields share, Visitor visitor) {
        byte[] bytes = group.bytes();
        RecordCursor cursor = new RecordCursor(bytes, group.recordsAt(), bytes.length);
        while (hasNext(cursor)) {
            if (cursor.isShare() && isWellFormed(share, bytes, cursor)) {
                visitor.share(share, group.file(), group.offset() + cursor.start());
            }
        }
    }

    /** False at the end, and where what follows cannot be told apart: the first reading has reported that. */
    private static boolean hasNext(RecordCursor cursor) {
        try {
            return cursor.next();
        } catch (MalformedBytesException e) {
            return false;
        }
    }

    private static boolean isWellFormed(ShareFields share, byte[] bytes, RecordCursor cursor) {
        try {
            share.read(bytes, cursor);
            return true;
        } catch (MalformedBytesException e) {
            return false;
        }
    }
}
