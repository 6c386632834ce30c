package org.motepool.validator.audit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.motepool.core.account.AccountId;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.sharelog.LogRecordCodec;
import org.motepool.core.work.Level;
import org.motepool.validator.hash.ShareBatch;

/**
 * The fields of one SHARE after the other, read where they stand; a share of an unusual form goes through {@link
 * LogRecordCodec}, which decides what is well-formed. Reused; not thread-safe.
 */
final class ShareFields {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int EXTRANONCES_AT = 5;
    private static final int ONE_BYTE_SIZE_MAX = 0xfc;
    /** Behind the extranonces: ntime, nonce, version, level, scheme, account, and the length of the worker's name. */
    private static final int TAIL_BYTES = 4 + 4 + 4 + 1 + 1 + AccountId.BYTES + 1;

    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    private byte[] bytes = {};
    private int at;
    private int tail;

    /** Reads the SHARE at the cursor, which goes over {@code group}. */
    void read(byte[] group, RecordCursor cursor) throws MalformedBytesException {
        if (place(group, cursor.body(), cursor.end()) && isPlain(cursor.end())) {
            return;
        }
        LogRecord record = cursor.read();
        if (!(record instanceof LogRecord.Share share)) {
            throw new MalformedBytesException("not a SHARE");
        }
        byte[] shortest = LogRecordCodec.toBytes(share).toArray();
        RecordCursor again = new RecordCursor(shortest, 0, shortest.length);
        if (!again.next() || !place(shortest, again.body(), again.end())) {
            throw new MalformedBytesException(
                    "extranonces of " + share.extranonces().size() + " bytes");
        }
    }

    /** Where the fields stand; false when the extranonces or the whole are of a wrong or unusual length. */
    private boolean place(byte[] group, int body, int end) {
        bytes = group;
        at = body;
        if (end - body < EXTRANONCES_AT || extranonceBytes() > ONE_BYTE_SIZE_MAX) {
            return false;
        }
        tail = body + EXTRANONCES_AT + extranonceBytes();
        return end - tail >= TAIL_BYTES;
    }

    private boolean isPlain(int end) {
        int worker = tail + TAIL_BYTES;
        if ((bytes[worker - 1] & 0xff) != end - worker) {
            return false;
        }
        for (int i = worker; i < end; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        int level = level();
        int scheme = scheme();
        return level >= Level.LOWEST && level <= Level.HIGHEST && (scheme == 1 || scheme == 2);
    }

    int jobNumber() {
        return (int) INT.get(bytes, at);
    }

    int extranonceBytes() {
        return bytes[at + EXTRANONCES_AT - 1] & 0xff;
    }

    /** Adds this share to those that wait to be hashed; its index there. */
    int addTo(ShareBatch batch) {
        return batch.add(bytes, at + EXTRANONCES_AT, ntime(), nonce(), version());
    }

    int ntime() {
        return (int) INT.get(bytes, tail);
    }

    int nonce() {
        return (int) INT.get(bytes, tail + 4);
    }

    int version() {
        return (int) INT.get(bytes, tail + 8);
    }

    int level() {
        return bytes[tail + 12];
    }

    int scheme() {
        return bytes[tail + 13];
    }

    Bytes account() {
        return Bytes.copyOf(bytes, tail + 14, AccountId.BYTES);
    }

    /** The account id's first 8 bytes. */
    long accountHigh() {
        return (long) LONG.get(bytes, tail + 14);
    }

    /** And its last. */
    long accountLow() {
        return (long) LONG.get(bytes, tail + 14 + Long.BYTES);
    }

    /** What makes two shares the same one: job, extranonces, ntime, nonce, version. */
    Bytes identity() {
        return Bytes.copyOf(bytes, at, tail + 12 - at);
    }

    /** 64 bits of {@link #identity()}: the same for the same share, and seldom for others. */
    long fingerprint() {
        int end = tail + 12;
        long hash = MIX * (end - at);
        int i = at;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            hash = mixed(hash ^ (long) LONG.get(bytes, i));
        }
        long rest = 0;
        for (; i < end; i++) {
            rest = rest << 8 | bytes[i] & 0xff;
        }
        return mixed(hash ^ rest);
    }

    private static long mixed(long value) {
        long mixed = (value ^ value >>> 32) * MIX;
        mixed = (mixed ^ mixed >>> 29) * MIX;
        return mixed ^ mixed >>> 32;
    }
}
