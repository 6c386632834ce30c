package org.motepool.payout.journal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;

/** Reads one segment from its start and checks every record and the chain. Stateless. */
final class SegmentReader {
    private static final int BUFFER_BYTES = 1 << 16;

    private SegmentReader() {}

    static SegmentHeader header(Path file) throws JournalException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(SegmentHeader.BYTES);
            if (bytes.length < SegmentHeader.BYTES) {
                throw new JournalException("journal segment " + file + " is too short to have a header; put it back"
                        + " from the mirror or a backup");
            }
            return SegmentHeader.parse(bytes);
        } catch (MalformedBytesException e) {
            throw new JournalException(
                    "journal segment " + file + ": " + e.getMessage() + "; put it back from the mirror or a backup", e);
        } catch (IOException e) {
            throw new JournalException("cannot read journal segment " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Visits all records.
     *
     * @param last no segment follows: its tail may be torn
     * @return where it ends, and up to which offset it is whole
     */
    static End read(Path file, JournalHead before, boolean last, Journal.Visitor visitor) throws JournalException {
        JournalHead head = before;
        long offset = SegmentHeader.BYTES;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
            long size = Files.size(file);
            in.skipNBytes(SegmentHeader.BYTES);
            while (offset < size) {
                Frame frame = frame(in, size - offset, last);
                if (frame == null) {
                    break;
                }
                head = chained(frame, head);
                visitor.visit(head, JournalRecordCodec.read(frame.head.kind(), body(frame)));
                offset += JournalFrame.HEAD_BYTES + frame.body.length;
            }
            return new End(head, offset, size);
        } catch (MalformedBytesException e) {
            throw new JournalException(
                    "journal " + file + " is damaged at offset " + offset + ", record " + (head.sequence() + 1) + ": "
                            + e.getMessage() + "; put the file back from the mirror or a backup",
                    e);
        } catch (IOException e) {
            throw new JournalException("cannot read journal segment " + file + ": " + e.getMessage(), e);
        }
    }

    private static JournalHead chained(Frame frame, JournalHead before) throws MalformedBytesException {
        JournalFrame.Head head = frame.head;
        if (head.sequence() != before.sequence() + 1 || !head.previous().equals(before.hash())) {
            throw new MalformedBytesException("it does not follow the record before it (number " + head.sequence()
                    + "): a record was changed, removed or put in");
        }
        return new JournalHead(head.sequence(), JournalFrame.hash(frame.headBytes, frame.body));
    }

    private static Bytes body(Frame frame) {
        return Bytes.copyOf(frame.body, 0, frame.body.length - JournalFrame.MARK_BYTES);
    }

    /** The next frame; null at a torn tail. */
    private static @Nullable Frame frame(InputStream in, long left, boolean last)
            throws IOException, MalformedBytesException {
        if (left < JournalFrame.HEAD_BYTES) {
            return torn(last, "it is cut short");
        }
        byte[] headBytes = in.readNBytes(JournalFrame.HEAD_BYTES);
        JournalFrame.Head head;
        try {
            head = JournalFrame.parseHead(headBytes);
        } catch (MalformedBytesException e) {
            if (last && isZero(headBytes) && restIsZero(in)) {
                return null;
            }
            throw e;
        }
        int length = head.length() + JournalFrame.MARK_BYTES;
        if (left - JournalFrame.HEAD_BYTES < length) {
            return torn(last, "it is cut short");
        }
        byte[] body = in.readNBytes(length);
        if (last && body[length - 1] == 0 && restIsZero(in)) {
            return null;
        }
        JournalFrame.checkBody(head, body);
        return new Frame(head, headBytes, body);
    }

    private static @Nullable Frame torn(boolean last, String trouble) throws MalformedBytesException {
        if (last) {
            return null;
        }
        throw new MalformedBytesException(trouble);
    }

    private static boolean isZero(byte[] bytes) {
        for (byte each : bytes) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean restIsZero(InputStream in) throws IOException {
        byte[] buffer = new byte[8192];
        for (int read = in.readNBytes(buffer, 0, buffer.length); read > 0; ) {
            for (int i = 0; i < read; i++) {
                if (buffer[i] != 0) {
                    return false;
                }
            }
            read = in.readNBytes(buffer, 0, buffer.length);
        }
        return true;
    }

    /**
     * @param whole offset behind the last whole record
     * @param size of the file; larger than {@code whole} when its tail is torn
     */
    record End(JournalHead head, long whole, long size) {}

    private static final class Frame {
        private final JournalFrame.Head head;
        private final byte[] headBytes;
        private final byte[] body;

        private Frame(JournalFrame.Head head, byte[] headBytes, byte[] body) {
            this.head = head;
            this.headBytes = headBytes;
            this.body = body;
        }
    }
}
