package org.motepool.core.sharelog;

import java.security.SecureRandom;
import org.motepool.core.bytes.Bytes;

/**
 * Names the share log of one process start. Its first 8 bytes stand in every coinbase of that process, so no two
 * processes search the same space.
 *
 * @param bytes 16 random bytes
 */
public record LogId(Bytes bytes) implements Comparable<LogId> {
    public static final int BYTES = 16;
    public static final int TAG_BYTES = 8;

    public LogId {
        if (bytes.size() != BYTES) {
            throw new IllegalArgumentException("a log id has 16 bytes, not " + bytes.size());
        }
    }

    public static LogId random(SecureRandom random) {
        byte[] id = new byte[BYTES];
        random.nextBytes(id);
        return new LogId(Bytes.copyOf(id));
    }

    public static LogId ofHex(String hex) {
        return new LogId(Bytes.ofHex(hex));
    }

    /** The 8 bytes that stand in coinbases. */
    public Bytes tag() {
        return bytes.slice(0, TAG_BYTES);
    }

    @Override
    public int compareTo(LogId other) {
        return bytes.compareTo(other.bytes);
    }

    /** 32 hex digits; also the name of its directory. */
    @Override
    public String toString() {
        return bytes.toHex();
    }
}
