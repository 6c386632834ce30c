package org.motepool.validator.log;

import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.motepool.core.bytes.ByteReader;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.sharelog.LogRecordCodec;

/**
 * A group's bytes: length of its records (u32), CRC-32C of all but itself (u32), own log offset (u64), log offset up to
 * which everything was forced before it was written (u64), records. Little-endian.
 */
final class GroupCodec {
    static final int HEADER_BYTES = 24;
    /** A writer begins another group from here on: what is lost of a torn one stays small. */
    static final int RECORDS_BYTES_AIM = 256 << 10;
    /** A group never has more records' bytes, so a reader refuses more: the aim and one record of the largest kind. */
    static final int RECORDS_BYTES_MAX = RECORDS_BYTES_AIM + LogRecordCodec.RECORD_BYTES_MAX + 64;

    private static final int CRC_AT = 4;

    private GroupCodec() {}

    /** Room for a header; its fields are set by {@link #seal} once the records stand behind it. */
    static void begin(ByteWriter out) {
        out.i32(0).i32(0).i64(0).i64(0);
    }

    /** Completes the group that begins at {@code start} of {@code out} and reaches to its end. */
    static void seal(ByteWriter out, int start, long offset, long forcedBefore) {
        out.i32At(start, out.size() - start - HEADER_BYTES);
        out.i64At(start + 8, offset);
        out.i64At(start + 16, forcedBefore);
        out.i32At(start + CRC_AT, crc(out.array(), start, out.size() - start));
    }

    /** CRC-32C over a whole group but for the checksum's own four bytes. */
    static int crc(byte[] bytes, int start, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, start, CRC_AT);
        crc.update(bytes, start + 8, length - 8);
        return (int) crc.getValue();
    }

    /**
     * The fields in front of a group's records.
     *
     * @param length of the records, as it stands there: anything where the bytes are wrong
     */
    record Header(int length, int crc, long offset, long forcedBefore) {
        static Header parse(byte[] bytes, int at) throws MalformedBytesException {
            ByteReader in = new ByteReader(bytes, at, HEADER_BYTES);
            return new Header(in.i32(), in.i32(), in.i64(), in.i64());
        }

        boolean hasPlausibleLength() {
            return length > 0 && length <= RECORDS_BYTES_MAX;
        }
    }

    /** Reads the records of a group whose checksum is right, and checks their order. */
    static List<LogRecord> records(byte[] group) throws MalformedBytesException {
        ByteReader in = new ByteReader(group, HEADER_BYTES, group.length - HEADER_BYTES);
        List<LogRecord> records = new ArrayList<>();
        while (in.remaining() > 0) {
            LogRecord record = LogRecordCodec.read(in);
            if (record instanceof LogRecord.Cut && in.remaining() > 0) {
                throw new MalformedBytesException("a CUT is not the last record of its group");
            }
            if (record instanceof LogRecord.BlockFound && (in.remaining() > 0 || !records.isEmpty())) {
                throw new MalformedBytesException("a BLOCK is not alone in its group");
            }
            records.add(record);
        }
        return records;
    }
}
