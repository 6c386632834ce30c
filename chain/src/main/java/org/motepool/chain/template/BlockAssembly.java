package org.motepool.chain.template;

import org.motepool.chain.block.RawBlock;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.MerkleTree;
import org.motepool.core.hash.Sha256;

/** Puts a proven header, its coinbase and the template's transactions together into a whole block. Thread-safe. */
public final class BlockAssembly {
    private static final int VERSION_BYTES = 4;
    private static final int LOCK_TIME_BYTES = 4;
    private static final int COINBASE_BYTES_MIN = VERSION_BYTES + 1 + 41 + 1 + LOCK_TIME_BYTES;
    /** Marker and flag of a transaction with witness (BIP 144). */
    private static final Bytes MARKER_AND_FLAG = Bytes.ofHex("0001");

    private BlockAssembly() {}

    /**
     * Serializes a block as submitblock takes it.
     *
     * @param template the one that the header's job was cut from
     * @param coinbaseWithoutWitness with the miner's extranonces; gets the witness that a commitment asks for (one item
     *     of 32 zero bytes, BIP 141)
     * @throws IllegalArgumentException when the header does not prove this coinbase over this template: a bug of ours
     */
    public static Bytes assemble(BlockTemplate template, BlockHeader header, Bytes coinbaseWithoutWitness) {
        if (coinbaseWithoutWitness.size() < COINBASE_BYTES_MIN) {
            throw new IllegalArgumentException("a coinbase has more than " + coinbaseWithoutWitness.size() + " bytes");
        }
        Hash256 root = MerkleTree.foldBranch(Sha256.twice(coinbaseWithoutWitness), template.branch());
        if (!root.equals(header.merkleRoot()) || !template.prevHash().equals(header.prevHash())) {
            throw new IllegalArgumentException("the header is not one of this template (height " + template.height()
                    + ") and coinbase: it has the merkle root " + header.merkleRoot() + ", they make " + root);
        }
        ByteWriter block = new ByteWriter(sizeOf(template, coinbaseWithoutWitness));
        block.bytes(header.toBytes()).compactSize(1L + template.transactions().size());
        if (template.witnessCommitment().isPresent()) {
            writeWithWitness(coinbaseWithoutWitness, block);
        } else {
            block.bytes(coinbaseWithoutWitness);
        }
        template.transactions().forEach(transaction -> block.bytes(transaction.raw()));
        if (template.mweb().size() > 0) {
            block.u8(RawBlock.MWEB_FOLLOWS).bytes(template.mweb());
        }
        return block.toBytes();
    }

    private static void writeWithWitness(Bytes coinbase, ByteWriter block) {
        int lockTime = coinbase.size() - LOCK_TIME_BYTES;
        block.bytes(coinbase.slice(0, VERSION_BYTES))
                .bytes(MARKER_AND_FLAG)
                .bytes(coinbase.slice(VERSION_BYTES, lockTime))
                .u8(1)
                .sized(Hash256.ZERO.internal())
                .bytes(coinbase.slice(lockTime, coinbase.size()));
    }

    private static int sizeOf(BlockTemplate template, Bytes coinbase) {
        int transactions = template.transactions().stream()
                .mapToInt(transaction -> transaction.raw().size())
                .reduce(0, Math::addExact);
        return BlockHeader.BYTES
                + 9
                + coinbase.size()
                + 36
                + transactions
                + 1
                + template.mweb().size();
    }
}
