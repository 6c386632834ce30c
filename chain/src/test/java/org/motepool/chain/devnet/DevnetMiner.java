package org.motepool.chain.devnet;

import java.util.ArrayList;
import java.util.List;
import org.motepool.chain.block.RawBlock;
import org.motepool.chain.block.RawTransaction;
import org.motepool.chain.block.WitnessCommitment;
import org.motepool.chain.template.BlockAssembly;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.chain.template.CoinbaseBuilder;
import org.motepool.core.account.Scheme;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.MerkleTree;
import org.motepool.core.hash.Sha256;
import org.motepool.core.sharelog.LogId;
import org.motepool.core.work.Nbits;
import org.motepool.core.work.PowShift;

/** Mines blocks the pool's way: coinbase builder, hash loop, block assembly. Not thread-safe. */
final class DevnetMiner {
    static final Bytes PAYEE = Bytes.ofHex("0014" + "ab".repeat(20));

    private static final int EXTRANONCE_BYTES = 8;

    private final PowShift shift;
    private final CoinbaseBuilder builder = new CoinbaseBuilder(
            PAYEE, "/devnet test/", LogId.ofHex("0102030405060708090a0b0c0d0e0f10"), EXTRANONCE_BYTES);
    private int jobs;

    DevnetMiner(PowShift shift) {
        this.shift = shift;
    }

    /** A block of this template; every call makes another. */
    RawBlock mine(BlockTemplate template) {
        return mine(template, template.curTime());
    }

    RawBlock mine(BlockTemplate template, int ntime) {
        Job job = builder.build(template, jobs++, ntime, Scheme.PPLNS);
        Bytes coinbase =
                job.coinbase(new ByteWriter(EXTRANONCE_BYTES).i32(jobs).i32(7).toBytes());
        Hash256 root = MerkleTree.foldBranch(Sha256.twice(coinbase), job.branch());
        BlockHeader header = prove(new BlockHeader(job.version(), job.prevHash(), root, job.ntime(), job.nbits(), 0));
        return parsed(BlockAssembly.assemble(template, header, coinbase));
    }

    static RawBlock parsed(Bytes bytes) {
        try {
            return RawBlock.parse(bytes);
        } catch (MalformedBytesException e) {
            throw new AssertionError("our own block is malformed", e);
        }
    }

    /** Looks for a nonce from 0. */
    BlockHeader prove(BlockHeader header) {
        for (int nonce = 0; nonce != -1; nonce++) {
            BlockHeader tried = new BlockHeader(
                    header.version(), header.prevHash(), header.merkleRoot(), header.ntime(), header.nbits(), nonce);
            if (passes(tried)) {
                return tried;
            }
        }
        throw new AssertionError("no nonce proves " + header);
    }

    boolean passes(BlockHeader header) {
        return header.nbits().target().accepts(header.hash().internal().toArray(), 0, shift);
    }

    /** The same transactions under a header with their merkle root, proven again. */
    RawBlock proven(BlockHeader like, List<RawTransaction> transactions) {
        Hash256 root = new RawBlock(like, transactions).merkleRoot();
        return new RawBlock(
                prove(new BlockHeader(like.version(), like.prevHash(), root, like.ntime(), like.nbits(), 0)),
                transactions);
    }

    RawBlock withHeader(RawBlock block, int version, Hash256 prevHash, int ntime, Nbits nbits) {
        return proven(new BlockHeader(version, prevHash, Hash256.ZERO, ntime, nbits, 0), block.transactions());
    }

    /** Another coinbase over the same transactions. */
    RawBlock withCoinbase(RawBlock block, RawTransaction coinbase) {
        List<RawTransaction> transactions = new ArrayList<>(block.transactions());
        transactions.set(0, coinbase);
        return proven(block.header(), transactions);
    }

    /** Other transactions behind the coinbase, which commits to their witnesses again. */
    RawBlock withOthers(RawBlock block, List<RawTransaction> others) {
        List<RawTransaction> transactions = new ArrayList<>();
        transactions.add(block.coinbase());
        transactions.addAll(others);
        Bytes commitment = WitnessCommitment.of(
                        new RawBlock(block.header(), transactions).witnessRoot(), WitnessCommitment.RESERVED)
                .script();
        RawTransaction old = block.coinbase();
        List<RawTransaction.Output> outputs =
                List.of(old.outputs().getFirst(), new RawTransaction.Output(0, commitment));
        transactions.set(0, new RawTransaction(old.version(), old.inputs(), outputs, old.lockTime()));
        return proven(block.header(), transactions);
    }
}
