package org.motepool.chain.template;

import java.util.List;
import java.util.Optional;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.MerkleTree;
import org.motepool.core.work.Nbits;

/**
 * A block proposal from a node. Immutable; its merkle branch is computed once.
 *
 * @param height of the block that it would make
 * @param minTime lowest ntime that the chain takes, seconds since 1970
 * @param curTime the node's time, seconds since 1970
 * @param coinbaseValue subsidy and fees in satoshis: most that the coinbase may pay
 * @param witnessCommitment output script of the witness commitment; empty where segwit is not active
 * @param transactions in block order, without the coinbase
 * @param branch merkle branch of the coinbase over them
 * @param mweb Litecoin's MWEB part, which follows the transactions in the block; empty elsewhere
 */
public record BlockTemplate(
        int height,
        Hash256 prevHash,
        int version,
        Nbits nbits,
        int minTime,
        int curTime,
        long coinbaseValue,
        Optional<Bytes> witnessCommitment,
        List<Transaction> transactions,
        List<Hash256> branch,
        Bytes mweb) {
    public BlockTemplate {
        transactions = List.copyOf(transactions);
        branch = List.copyOf(branch);
    }

    /** A template whose branch is computed from its transactions. */
    public static BlockTemplate of(
            int height,
            Hash256 prevHash,
            int version,
            Nbits nbits,
            int minTime,
            int curTime,
            long coinbaseValue,
            Optional<Bytes> witnessCommitment,
            List<Transaction> transactions) {
        List<Hash256> branch = MerkleTree.coinbaseBranch(
                transactions.stream().map(Transaction::id).toList());
        return new BlockTemplate(
                height,
                prevHash,
                version,
                nbits,
                minTime,
                curTime,
                coinbaseValue,
                witnessCommitment,
                transactions,
                branch,
                Bytes.EMPTY);
    }

    /** The same with an MWEB part, whose last transaction is a HogEx. */
    public BlockTemplate withMweb(Bytes part) {
        return new BlockTemplate(
                height,
                prevHash,
                version,
                nbits,
                minTime,
                curTime,
                coinbaseValue,
                witnessCommitment,
                transactions,
                branch,
                part);
    }

    /**
     * @param id without witness, as the merkle tree has it
     * @param raw serialized as the node gave it, with witness where there is one
     */
    public record Transaction(Hash256 id, Bytes raw) {}
}
