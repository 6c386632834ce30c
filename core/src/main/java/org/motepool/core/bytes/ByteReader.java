package org.motepool.core.bytes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link ByteWriter} writes, from bytes that may be wrong: every shortfall or absurd length is a {@link
 * MalformedBytesException}, never another exception. Not thread-safe.
 */
public final class ByteReader {
    private final ByteBuffer buffer;

    public ByteReader(byte[] source) {
        this(source, 0, source.length);
    }

    public ByteReader(byte[] source, int offset, int length) {
        buffer = ByteBuffer.wrap(source, offset, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    public ByteReader(Bytes source) {
        buffer = source.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer need(long bytes) throws MalformedBytesException {
        if (bytes < 0 || buffer.remaining() < bytes) {
            throw new MalformedBytesException(
                    "needs " + bytes + " bytes at " + buffer.position() + ", " + buffer.remaining() + " are left");
        }
        return buffer;
    }

    public int u8() throws MalformedBytesException {
        return need(1).get() & 0xff;
    }

    public int u16() throws MalformedBytesException {
        return need(2).getShort() & 0xffff;
    }

    public int i32() throws MalformedBytesException {
        return need(4).getInt();
    }

    public long i64() throws MalformedBytesException {
        return need(8).getLong();
    }

    public byte[] array(long length) throws MalformedBytesException {
        need(length);
        byte[] value = new byte[(int) length];
        buffer.get(value);
        return value;
    }

    public Bytes bytes(long length) throws MalformedBytesException {
        return Bytes.copyOf(array(length));
    }

    /** Bitcoin's CompactSize, shortest form or not. */
    public long compactSize() throws MalformedBytesException {
        int first = u8();
        long value = switch (first) {
            case 0xfd -> u16();
            case 0xfe -> i32() & 0xffff_ffffL;
            case 0xff -> i64();
            default -> first;
        };
        if (value < 0) {
            throw new MalformedBytesException("size over 2^63 at " + buffer.position());
        }
        return value;
    }

    /** A CompactSize that counts things of at least {@code bytesEach} bytes, so it cannot exceed what is left. */
    public int count(int bytesEach) throws MalformedBytesException {
        long count = compactSize();
        if (count > buffer.remaining() / Math.max(1, bytesEach)) {
            throw new MalformedBytesException("count " + count + " at " + buffer.position() + " exceeds what is left");
        }
        return (int) count;
    }

    public Bytes sized() throws MalformedBytesException {
        return bytes(compactSize());
    }

    public String text() throws MalformedBytesException {
        byte[] utf8 = array(compactSize());
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedBytesException("text is not UTF-8", e);
        }
    }

    public int position() {
        return buffer.position();
    }

    public int remaining() {
        return buffer.remaining();
    }

    /** Throws if anything is left: a format without trailing bytes was read to its end. */
    public void end() throws MalformedBytesException {
        if (buffer.hasRemaining()) {
            throw new MalformedBytesException(buffer.remaining() + " bytes too many at " + buffer.position());
        }
    }
}
