package org.motepool.chain.block;

import org.motepool.core.bytes.ByteReader;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;

/** Sizes as nodes take them: in their shortest form only, so that what is parsed serializes to the same bytes. */
final class StrictReader {
    private StrictReader() {}

    static long size(ByteReader in) throws MalformedBytesException {
        int from = in.position();
        long size = in.compactSize();
        if (in.position() - from != sizeBytes(size)) {
            throw new MalformedBytesException("size " + size + " at " + from + " is not in its shortest form");
        }
        return size;
    }

    /** A count of things of at least {@code bytesEach} bytes each, so it cannot exceed what is left. */
    static int count(ByteReader in, int bytesEach) throws MalformedBytesException {
        long count = size(in);
        if (count > in.remaining() / bytesEach) {
            throw new MalformedBytesException("count " + count + " at " + in.position() + " exceeds what is left");
        }
        return (int) count;
    }

    static Bytes sized(ByteReader in) throws MalformedBytesException {
        return in.bytes(size(in));
    }

    private static int sizeBytes(long size) {
        if (size < 0xfd) {
            return 1;
        }
        if (size <= 0xffff) {
            return 3;
        }
        return size <= 0xffff_ffffL ? 5 : 9;
    }
}
