package org.motepool.chain.devnet;

import java.math.BigInteger;
import java.util.List;
import org.motepool.chain.ChainException;
import org.motepool.chain.block.CoinbaseHeight;
import org.motepool.chain.block.RawBlock;
import org.motepool.chain.block.RawTransaction;
import org.motepool.chain.block.WitnessCommitment;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.Sha256;
import org.motepool.core.work.Nbits;
import org.motepool.core.work.PowShift;
import org.motepool.core.work.Target;

/** Mines the chain's own empty blocks, for reorgs: real proofs, no shortcut. Thread-safe. */
final class OwnBlockMiner {
    /** Some ten seconds of one thread. */
    static final long EXPECTED_HASHES_MAX = 1 << 24;
    /** So many times the expected hashes that missing is out of the question. */
    private static final int LUCK_MAX = 64;

    private static final int NONCE_OFFSET = 76;
    private static final Bytes UNSPENDABLE = Bytes.ofHex("6a");

    private final PowShift shift;

    OwnBlockMiner(PowShift shift) {
        this.shift = shift;
    }

    /**
     * @param salt makes blocks of the same place differ
     * @throws ChainException when one thread would take too long
     */
    RawBlock mine(int height, Hash256 prevHash, int ntime, Nbits nbits, long value, long salt) throws ChainException {
        BigInteger expected = Retarget.work(nbits).shiftRight(shift.bits());
        if (expected.compareTo(BigInteger.valueOf(EXPECTED_HASHES_MAX)) > 0) {
            throw new ChainException("a block of our own would take " + expected
                    + " hashes on one thread: use a larger pow-shift or fewer devices");
        }
        RawTransaction coinbase = coinbase(height, value, salt);
        byte[] header = new BlockHeader(TemplateMaker.VERSION, prevHash, coinbase.id(), ntime, nbits, 0)
                .toBytes()
                .toArray();
        int nonce = nonce(header, nbits.target(), (expected.longValueExact() + 16) * LUCK_MAX);
        return new RawBlock(
                new BlockHeader(TemplateMaker.VERSION, prevHash, coinbase.id(), ntime, nbits, nonce),
                List.of(coinbase));
    }

    private static RawTransaction coinbase(int height, long value, long salt) {
        Bytes script = new ByteWriter()
                .bytes(CoinbaseHeight.push(height))
                .u8(8)
                .i64(salt)
                .toBytes();
        WitnessCommitment commitment =
                WitnessCommitment.of(WitnessCommitment.root(List.of()), WitnessCommitment.RESERVED);
        return new RawTransaction(
                2,
                List.of(new RawTransaction.Input(Hash256.ZERO, -1, script, -1, List.of(WitnessCommitment.RESERVED))),
                List.of(
                        new RawTransaction.Output(value, UNSPENDABLE),
                        new RawTransaction.Output(0, commitment.script())),
                0);
    }

    private int nonce(byte[] header, Target target, long hashesMax) throws ChainException {
        for (long nonce = 0; nonce < hashesMax; nonce++) {
            for (int i = 0; i < 4; i++) {
                header[NONCE_OFFSET + i] = (byte) (nonce >>> (8 * i));
            }
            if (target.accepts(Sha256.twice(header, 0, header.length), 0, shift)) {
                return (int) nonce;
            }
            if ((nonce & 0xffff) == 0 && Thread.currentThread().isInterrupted()) {
                throw new ChainException("interrupted while mining a block of our own");
            }
        }
        throw new ChainException("no proof within " + hashesMax + " hashes, which chance does not explain");
    }
}
