package org.motepool.chain.block;

import java.util.List;
import java.util.Optional;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.MerkleTree;
import org.motepool.core.hash.Sha256;

/**
 * The coinbase output by which a block commits to its witnesses (BIP 141).
 *
 * @param hash SHA-256d of the witness merkle root and the reserved value
 */
public record WitnessCommitment(Hash256 hash) {
    /** What the reserved value is until a soft fork gives it a meaning. */
    public static final Bytes RESERVED = Hash256.ZERO.internal();

    private static final Bytes PREFIX = Bytes.ofHex("6a24aa21a9ed");
    private static final int SCRIPT_BYTES_MIN = PREFIX.size() + Hash256.BYTES;

    /** @param reserved 32 bytes, the only witness item of the coinbase */
    public static WitnessCommitment of(Hash256 witnessRoot, Bytes reserved) {
        return new WitnessCommitment(Sha256.pair(witnessRoot, Hash256.ofInternal(reserved)));
    }

    /**
     * The root over witness ids, in which the coinbase counts as zero.
     *
     * @param others witness ids of all transactions but the coinbase, in block order
     */
    public static Hash256 root(List<Hash256> others) {
        return MerkleTree.foldBranch(Hash256.ZERO, MerkleTree.coinbaseBranch(others));
    }

    /** The commitment in a coinbase: its last output of that form. */
    public static Optional<WitnessCommitment> in(RawTransaction coinbase) {
        for (RawTransaction.Output output : coinbase.outputs().reversed()) {
            Bytes script = output.script();
            if (script.size() >= SCRIPT_BYTES_MIN
                    && script.slice(0, PREFIX.size()).equals(PREFIX)) {
                return Optional.of(
                        new WitnessCommitment(Hash256.ofInternal(script.slice(PREFIX.size(), SCRIPT_BYTES_MIN))));
            }
        }
        return Optional.empty();
    }

    /** Its output script. */
    public Bytes script() {
        return new ByteWriter(SCRIPT_BYTES_MIN)
                .bytes(PREFIX)
                .bytes(hash.internal())
                .toBytes();
    }
}
