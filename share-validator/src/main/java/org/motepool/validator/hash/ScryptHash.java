package org.motepool.validator.hash;

import org.bouncycastle.crypto.generators.SCrypt;
import org.motepool.core.hash.Hash256;

/**
 * scrypt as a proof of work, by Bouncy Castle: about a third of a millisecond, and 128 KiB of garbage. Stateless.
 *
 * @see "RFC 7914"
 */
public final class ScryptHash {
    private static final int ROWS = 1024;
    private static final int BLOCK_SIZE = 1;
    private static final int PARALLEL = 1;

    private ScryptHash() {}

    /** Writes the hash of a header's 80 bytes, which are password and salt at once, to {@code hash} from {@code offset}. */
    static void of(byte[] header, byte[] hash, int offset) {
        byte[] derived = SCrypt.generate(header, header, ROWS, BLOCK_SIZE, PARALLEL, Hash256.BYTES);
        System.arraycopy(derived, 0, hash, offset, Hash256.BYTES);
    }

    /** The hash of a header's 80 bytes. */
    public static Hash256 of(byte[] header) {
        byte[] hash = new byte[Hash256.BYTES];
        of(header, hash, 0);
        return Hash256.ofInternal(hash, 0);
    }
}
