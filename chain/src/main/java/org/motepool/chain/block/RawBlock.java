package org.motepool.chain.block;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.bytes.ByteReader;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.MerkleTree;
import org.motepool.core.hash.Sha256;

/**
 * A whole block. Immutable; says nothing about validity beyond its form.
 *
 * @param transactions in order, the coinbase first if it is a proper block; never empty
 * @param mweb Litecoin's MWEB part of a block whose last transaction is a HogEx (LIP 3), unread; empty elsewhere
 */
public record RawBlock(BlockHeader header, List<RawTransaction> transactions, Bytes mweb) {
    /** No valid block is larger: BIP 141's weight limit, reached by witness bytes alone. */
    public static final int BYTES_MAX = 4_000_000;

    /** Stands before the MWEB part. */
    public static final int MWEB_FOLLOWS = 1;

    public RawBlock {
        transactions = List.copyOf(transactions);
        if (transactions.isEmpty()) {
            throw new IllegalArgumentException("a block has at least a coinbase");
        }
        if (mweb.size() > 0 != transactions.getLast().hogEx()) {
            throw new IllegalArgumentException(
                    "a block has an MWEB part exactly where its last transaction is a HogEx");
        }
    }

    /** A block as every chain has it. */
    public RawBlock(BlockHeader header, List<RawTransaction> transactions) {
        this(header, transactions, Bytes.EMPTY);
    }

    /** How a block stands to its witness commitment. */
    public enum WitnessVerdict {
        /** Commitment there and right. */
        COMMITTED,
        /** Neither commitment nor witness, which is allowed. */
        NO_WITNESS,
        /** A witness without commitment. */
        UNEXPECTED_WITNESS,
        /** The coinbase's witness is not one item of 32 bytes. */
        BAD_RESERVED_VALUE,
        /** The commitment is to something else. */
        MISMATCH
    }

    /** Parses a whole block and nothing behind it. */
    public static RawBlock parse(Bytes bytes) throws MalformedBytesException {
        if (bytes.size() > BYTES_MAX) {
            throw new MalformedBytesException("a block has at most " + BYTES_MAX + " bytes, not " + bytes.size());
        }
        ByteReader in = new ByteReader(bytes);
        BlockHeader header = BlockHeader.parse(in.bytes(BlockHeader.BYTES));
        int count = StrictReader.count(in, RawTransaction.BYTES_MIN);
        if (count == 0) {
            throw new MalformedBytesException("block has no transactions");
        }
        List<RawTransaction> transactions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            transactions.add(RawTransaction.parse(in));
        }
        Bytes mweb = transactions.getLast().hogEx() ? mweb(in) : Bytes.EMPTY;
        in.end();
        return new RawBlock(header, transactions, mweb);
    }

    /** It is the rest of the block, behind a byte that says so. */
    private static Bytes mweb(ByteReader in) throws MalformedBytesException {
        if (in.u8() != MWEB_FOLLOWS || in.remaining() == 0) {
            throw new MalformedBytesException("the block ends with a HogEx, but has no MWEB part");
        }
        return in.bytes(in.remaining());
    }

    public Hash256 hash() {
        return header.hash();
    }

    /** The first transaction. */
    public RawTransaction coinbase() {
        return transactions.getFirst();
    }

    /** With all witnesses, as it is submitted. */
    public Bytes serialized() {
        return serialized(true);
    }

    private Bytes serialized(boolean withWitness) {
        ByteWriter out = new ByteWriter(1024);
        out.bytes(header.toBytes()).compactSize(transactions.size());
        transactions.forEach(transaction -> transaction.writeTo(out, withWitness));
        if (withWitness && mweb.size() > 0) {
            out.u8(MWEB_FOLLOWS).bytes(mweb);
        }
        return out.toBytes();
    }

    /** BIP 141: three times the size without witness plus the whole size. */
    public int weight() {
        return 3 * bytesWithoutWitness() + serialized(true).size();
    }

    public int bytesWithoutWitness() {
        return serialized(false).size();
    }

    /** What the header's merkle root should be. */
    public Hash256 merkleRoot() {
        return MerkleTree.blockRoot(ids());
    }

    public List<Hash256> ids() {
        return transactions.stream().map(RawTransaction::id).toList();
    }

    /**
     * Tells whether two neighbours in a row of the merkle tree are equal (CVE-2012-2459): the same root then also stands
     * for a shorter list, so nothing may be concluded from it.
     */
    public boolean hasRepeatedMerkleNodes() {
        List<Hash256> row = ids();
        while (row.size() > 1) {
            List<Hash256> next = new ArrayList<>((row.size() + 1) / 2);
            for (int i = 0; i < row.size(); i += 2) {
                Hash256 left = row.get(i);
                boolean single = i + 1 == row.size();
                if (!single && left.equals(row.get(i + 1))) {
                    return true;
                }
                next.add(Sha256.pair(left, single ? left : row.get(i + 1)));
            }
            row = next;
        }
        return false;
    }

    /** Root over witness ids (BIP 141), the coinbase counted as zero. */
    public Hash256 witnessRoot() {
        return WitnessCommitment.root(transactions.subList(1, transactions.size()).stream()
                .map(RawTransaction::witnessId)
                .toList());
    }

    public WitnessVerdict witnessVerdict() {
        Optional<WitnessCommitment> commitment = WitnessCommitment.in(coinbase());
        if (commitment.isEmpty()) {
            return transactions.stream().anyMatch(RawTransaction::hasWitness)
                    ? WitnessVerdict.UNEXPECTED_WITNESS
                    : WitnessVerdict.NO_WITNESS;
        }
        List<Bytes> stack = coinbase().inputs().getFirst().witness();
        if (stack.size() != 1 || stack.getFirst().size() != Hash256.BYTES) {
            return WitnessVerdict.BAD_RESERVED_VALUE;
        }
        return WitnessCommitment.of(witnessRoot(), stack.getFirst()).equals(commitment.get())
                ? WitnessVerdict.COMMITTED
                : WitnessVerdict.MISMATCH;
    }
}
