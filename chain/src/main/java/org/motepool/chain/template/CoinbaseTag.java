package org.motepool.chain.template;

import java.util.Optional;
import org.motepool.core.bytes.ByteReader;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.sharelog.LogId;

/**
 * What a pool coinbase says of its origin.
 *
 * @param logTag first 8 bytes of the id of the share log that the job belongs to
 * @param jobNumber of that log's job
 */
public record CoinbaseTag(Bytes logTag, int jobNumber) {
    /** Length of its push in the coinbase's script. */
    public static final int BYTES = LogId.TAG_BYTES + 4;

    private static final int OP_16 = 0x60;

    public CoinbaseTag {
        if (logTag.size() != LogId.TAG_BYTES) {
            throw new IllegalArgumentException("a log tag has 8 bytes, not " + logTag.size());
        }
    }

    /**
     * Reads the tag of any chain coinbase. Another pool's coinbase may by chance have such a push too: that the log is
     * one of ours is for the caller to find out.
     *
     * @param coinbase without witness
     * @return empty when it has none
     */
    public static Optional<CoinbaseTag> find(Bytes coinbase) {
        try {
            ByteReader in = new ByteReader(coinbase);
            in.i32();
            if (in.compactSize() != 1) {
                return Optional.empty();
            }
            in.bytes(Hash256.BYTES + 4);
            return findInScript(new ByteReader(in.sized()));
        } catch (MalformedBytesException e) {
            return Optional.empty();
        }
    }

    private static Optional<CoinbaseTag> findInScript(ByteReader script) throws MalformedBytesException {
        int height = script.u8();
        if (height > OP_16) {
            return Optional.empty();
        }
        if (height <= 75) {
            script.bytes(height);
        }
        if (script.u8() != BYTES) {
            return Optional.empty();
        }
        return Optional.of(new CoinbaseTag(script.bytes(LogId.TAG_BYTES), script.i32()));
    }

    /** Tells whether {@code log} is the log it names. */
    public boolean isOf(LogId log) {
        return logTag.equals(log.tag());
    }
}
