package org.motepool.validator.log;

import java.nio.file.Path;

/**
 * A group whose checksum is right, before its records are read: for readers to whom the records as objects would be too
 * slow. Its array is not copied, and must not be changed.
 */
public final class RawGroup {
    private final Path file;
    private final long offset;
    private final byte[] bytes;

    RawGroup(Path file, long offset, byte[] bytes) {
        this.file = file;
        this.offset = offset;
        this.bytes = bytes;
    }

    /** The segment that it stands in. */
    public Path file() {
        return file;
    }

    /** Log offset of its first byte. */
    public long offset() {
        return offset;
    }

    /** Log offset behind it. */
    public long end() {
        return offset + bytes.length;
    }

    /** Its header, then its records. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where in {@link #bytes()} the first record begins. */
    public int recordsAt() {
        return GroupCodec.HEADER_BYTES;
    }
}
