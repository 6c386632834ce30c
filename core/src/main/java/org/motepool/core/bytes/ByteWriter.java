package org.motepool.core.bytes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer that writes little-endian integers, as Bitcoin's wire format and our own files both use. Not
 * thread-safe.
 */
public final class ByteWriter {
    private ByteBuffer buffer;

    public ByteWriter(int capacity) {
        buffer = ByteBuffer.allocate(Math.max(16, capacity)).order(ByteOrder.LITTLE_ENDIAN);
    }

    public ByteWriter() {
        this(256);
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            int wanted = Math.max(buffer.capacity() * 2, buffer.position() + bytes);
            ByteBuffer larger =
                    ByteBuffer.wrap(Arrays.copyOf(buffer.array(), wanted)).order(ByteOrder.LITTLE_ENDIAN);
            larger.position(buffer.position());
            buffer = larger;
        }
        return buffer;
    }

    public ByteWriter u8(int value) {
        if (value < 0 || value > 0xff) {
            throw new IllegalArgumentException("not an unsigned byte: " + value);
        }
        room(1).put((byte) value);
        return this;
    }

    public ByteWriter u16(int value) {
        if (value < 0 || value > 0xffff) {
            throw new IllegalArgumentException("not an unsigned 16-bit integer: " + value);
        }
        room(2).putShort((short) value);
        return this;
    }

    public ByteWriter i32(int value) {
        room(4).putInt(value);
        return this;
    }

    public ByteWriter i64(long value) {
        room(8).putLong(value);
        return this;
    }

    public ByteWriter bytes(byte[] value) {
        room(value.length).put(value);
        return this;
    }

    public ByteWriter bytes(byte[] value, int offset, int length) {
        room(length).put(value, offset, length);
        return this;
    }

    public ByteWriter bytes(Bytes value) {
        room(value.size()).put(value.asByteBuffer());
        return this;
    }

    /** Bitcoin's CompactSize. */
    public ByteWriter compactSize(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("negative size: " + value);
        }
        if (value < 0xfd) {
            return u8((int) value);
        }
        if (value <= 0xffff) {
            return u8(0xfd).u16((int) value);
        }
        if (value <= 0xffff_ffffL) {
            return u8(0xfe).i32((int) value);
        }
        return u8(0xff).i64(value);
    }

    /** CompactSize length, then the bytes. */
    public ByteWriter sized(Bytes value) {
        return compactSize(value.size()).bytes(value);
    }

    /** CompactSize length, then UTF-8. */
    public ByteWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return compactSize(utf8.length).bytes(utf8);
    }

    public int size() {
        return buffer.position();
    }

    /** Overwrites a byte written before. */
    public void u8At(int offset, int value) {
        if (offset >= buffer.position()) {
            throw new IndexOutOfBoundsException(offset);
        }
        buffer.put(offset, (byte) value);
    }

    /** Forgets what was written from there on. */
    public void truncate(int size) {
        if (size > buffer.position()) {
            throw new IndexOutOfBoundsException(size);
        }
        buffer.position(size);
    }

    /** Overwrites four bytes written before, for a length that is known later. */
    public void i32At(int offset, int value) {
        if (offset + 4 > buffer.position()) {
            throw new IndexOutOfBoundsException(offset);
        }
        buffer.putInt(offset, value);
    }

    public void i64At(int offset, long value) {
        if (offset + 8 > buffer.position()) {
            throw new IndexOutOfBoundsException(offset);
        }
        buffer.putLong(offset, value);
    }

    public void clear() {
        buffer.clear();
    }

    /** The backing array, valid up to {@link #size()} until the next write; for writing to a channel without a copy. */
    public byte[] array() {
        return buffer.array();
    }

    public byte[] toArray() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    public Bytes toBytes() {
        return Bytes.copyOf(buffer.array(), 0, buffer.position());
    }
}
