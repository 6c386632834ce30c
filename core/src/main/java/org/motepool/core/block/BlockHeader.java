package org.motepool.core.block;

import org.motepool.core.bytes.ByteReader;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.Sha256;
import org.motepool.core.work.Nbits;

/**
 * The 80 bytes that are hashed. Integers are little-endian there, hashes in internal order.
 *
 * @param ntime seconds since 1970, unsigned
 */
public record BlockHeader(int version, Hash256 prevHash, Hash256 merkleRoot, int ntime, Nbits nbits, int nonce) {
    public static final int BYTES = 80;

    public static BlockHeader parse(Bytes bytes) throws MalformedBytesException {
        ByteReader in = new ByteReader(bytes);
        try {
            BlockHeader header = new BlockHeader(
                    in.i32(),
                    Hash256.ofInternal(in.bytes(Hash256.BYTES)),
                    Hash256.ofInternal(in.bytes(Hash256.BYTES)),
                    in.i32(),
                    new Nbits(in.i32()),
                    in.i32());
            in.end();
            return header;
        } catch (IllegalArgumentException e) {
            throw new MalformedBytesException("not a block header: " + e.getMessage(), e);
        }
    }

    public Bytes toBytes() {
        return new ByteWriter(BYTES)
                .i32(version)
                .bytes(prevHash.internal())
                .bytes(merkleRoot.internal())
                .i32(ntime)
                .i32(nbits.value())
                .i32(nonce)
                .toBytes();
    }

    /** Its SHA-256d: the block's id, and on SHA-256d chains its proof of work. */
    public Hash256 hash() {
        return Sha256.twice(toBytes());
    }
}
