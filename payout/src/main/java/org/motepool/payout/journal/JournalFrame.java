package org.motepool.payout.journal;

import java.security.MessageDigest;
import java.util.zip.CRC32C;
import org.motepool.core.bytes.ByteReader;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Sha256;

/**
 * A record's bytes in a segment: head, body, and a mark that is never zero, so that a tail which a crash left unwritten
 * cannot be taken for a damaged record, nor the reverse.
 *
 * <p>Head: length of the body (i32), CRC-32C of body and mark (i32), sequence (i64), hash of the record before (32), kind
 * (u8), CRC-32C of the head so far (i32).
 */
final class JournalFrame {
    static final int HEAD_BYTES = 4 + 4 + 8 + 32 + 1 + 4;
    static final int MARK_BYTES = 1;
    static final int MARK = 0xe5;
    /** A plan for a million accounts fits. A reader refuses more before it allocates. */
    static final int BODY_BYTES_MAX = 1 << 28;

    private JournalFrame() {}

    /** Appends a frame and returns its place in the chain. */
    static JournalHead write(JournalRecord record, JournalHead before, ByteWriter out) throws JournalException {
        ByteWriter body = new ByteWriter(512);
        JournalRecordCodec.write(record, body);
        if (body.size() > BODY_BYTES_MAX) {
            throw new JournalException("a journal record of " + body.size() + " bytes is over the limit");
        }
        int length = body.size();
        body.u8(MARK);
        int start = out.size();
        long sequence = before.sequence() + 1;
        out.i32(length).i32(crc(body.array(), 0, body.size())).i64(sequence);
        out.bytes(before.hash()).u8(JournalRecordCodec.kind(record));
        out.i32(crc(out.array(), start, HEAD_BYTES - 4));
        out.bytes(body.array(), 0, body.size());
        MessageDigest digest = Sha256.newDigest();
        digest.update(out.array(), start, out.size() - start);
        return new JournalHead(sequence, Bytes.copyOf(digest.digest()));
    }

    /**
     * Parses a head; throws when it is damaged.
     *
     * @param bytes exactly the head's
     */
    static Head parseHead(byte[] bytes) throws MalformedBytesException {
        ByteReader in = new ByteReader(bytes);
        Head head = new Head(in.i32(), in.i32(), in.i64(), in.bytes(32), in.u8());
        if (in.i32() != crc(bytes, 0, HEAD_BYTES - 4)) {
            throw new MalformedBytesException("its head is damaged (wrong CRC)");
        }
        if (head.length < 0 || head.length > BODY_BYTES_MAX) {
            throw new MalformedBytesException("its length " + head.length + " is absurd");
        }
        return head;
    }

    /** Checks a body with its mark. */
    static void checkBody(Head head, byte[] bodyAndMark) throws MalformedBytesException {
        if ((bodyAndMark[bodyAndMark.length - 1] & 0xff) != MARK
                || crc(bodyAndMark, 0, bodyAndMark.length) != head.bodyCrc) {
            throw new MalformedBytesException("its body is damaged (wrong CRC)");
        }
    }

    static Bytes hash(byte[] head, byte[] bodyAndMark) {
        MessageDigest digest = Sha256.newDigest();
        digest.update(head);
        digest.update(bodyAndMark);
        return Bytes.copyOf(digest.digest());
    }

    private static int crc(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /** @param length of the body, without mark */
    record Head(int length, int bodyCrc, long sequence, Bytes previous, int kind) {}
}
