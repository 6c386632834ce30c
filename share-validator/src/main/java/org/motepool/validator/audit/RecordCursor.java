package org.motepool.validator.audit;

import org.motepool.core.bytes.ByteReader;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.sharelog.LogRecordCodec;

/** Goes from record to record of a group by kind and length alone, and allocates nothing. Not thread-safe. */
final class RecordCursor {
    private static final int KIND_SHARE = 3;
    private static final int ONE_BYTE_SIZE_MAX = 0xfc;

    private final byte[] bytes;
    private final int limit;
    private int start;
    private int body;
    private int end;

    /** @param limit where in {@code bytes} the last record to read ends */
    RecordCursor(byte[] bytes, int from, int limit) {
        this.bytes = bytes;
        this.limit = limit;
        end = from;
    }

    /** Moves to the next record; false at the end. */
    boolean next() throws MalformedBytesException {
        start = end;
        if (start >= limit) {
            return false;
        }
        if (limit - start >= 2 && (bytes[start + 1] & 0xff) <= ONE_BYTE_SIZE_MAX) {
            body = start + 2;
            end = body + (bytes[start + 1] & 0xff);
        } else {
            ByteReader in = new ByteReader(bytes, start, limit - start);
            in.u8();
            long length = in.compactSize();
            if (length > LogRecordCodec.RECORD_BYTES_MAX) {
                throw new MalformedBytesException("a log record of " + length + " bytes is over the limit");
            }
            body = start + in.position();
            end = body + (int) length;
        }
        if (end > limit) {
            throw new MalformedBytesException("a log record reaches over the end of its group");
        }
        return true;
    }

    boolean isShare() {
        return bytes[start] == KIND_SHARE;
    }

    /** Where in the group's bytes the record begins. */
    int start() {
        return start;
    }

    int body() {
        return body;
    }

    int end() {
        return end;
    }

    boolean isLast() {
        return end == limit;
    }

    LogRecord read() throws MalformedBytesException {
        return LogRecordCodec.read(new ByteReader(bytes, start, end - start));
    }
}
