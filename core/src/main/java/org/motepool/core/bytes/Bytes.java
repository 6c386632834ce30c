package org.motepool.core.bytes;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/** An immutable byte string with value equality; what arrays are inside records. Thread-safe. */
public final class Bytes implements Comparable<Bytes> {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] value;

    private Bytes(byte[] value) {
        this.value = value;
    }

    /** Copies {@code source}. */
    public static Bytes copyOf(byte[] source) {
        return source.length == 0 ? EMPTY : new Bytes(source.clone());
    }

    /** Copies {@code length} bytes of {@code source} from {@code offset}. */
    public static Bytes copyOf(byte[] source, int offset, int length) {
        // Arrays.copyOfRange would fill what is missing with zeros, in silence.
        Objects.checkFromIndexSize(offset, length, source.length);
        return length == 0 ? EMPTY : new Bytes(Arrays.copyOfRange(source, offset, offset + length));
    }

    /** Parses hex of either case; throws IllegalArgumentException when it is not hex of whole bytes. */
    public static Bytes ofHex(CharSequence hex) {
        return new Bytes(HexFormat.of().parseHex(hex));
    }

    public int size() {
        return value.length;
    }

    /** The byte at {@code index}, signed as Java's are. */
    public byte at(int index) {
        return value[index];
    }

    public byte[] toArray() {
        return value.clone();
    }

    public void copyTo(byte[] target, int offset) {
        System.arraycopy(value, 0, target, offset, value.length);
    }

    public void update(MessageDigest digest) {
        digest.update(value);
    }

    /** A read-only view without a copy. */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(value).asReadOnlyBuffer();
    }

    public Bytes slice(int from, int to) {
        return copyOf(value, from, to - from);
    }

    public Bytes concat(Bytes next) {
        byte[] joined = Arrays.copyOf(value, value.length + next.value.length);
        System.arraycopy(next.value, 0, joined, value.length, next.value.length);
        return new Bytes(joined);
    }

    public String toHex() {
        return HexFormat.of().formatHex(value);
    }

    /** Unsigned lexicographic order. */
    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(value, other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
