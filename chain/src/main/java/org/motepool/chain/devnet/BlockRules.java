package org.motepool.chain.devnet;

import static org.motepool.chain.devnet.BlockRefusedException.unless;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.motepool.chain.block.CoinbaseHeight;
import org.motepool.chain.block.RawBlock;
import org.motepool.chain.block.RawTransaction;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.hash.Hash256;
import org.motepool.core.work.PowShift;

/**
 * What a block must be, in the order and in the words of Bitcoin Core. Not thread-safe, guarded by the chain's lock.
 *
 * <p>Scripts are not run: a transaction is valid when it is, to the last byte, one that the mempool made.
 */
final class BlockRules {
    static final int WEIGHT_MAX = 4_000_000;
    /** Consensus since BIP 65. */
    static final int VERSION_MIN = 4;
    /** Two hours, as nodes have it. */
    static final int FUTURE_SECONDS_MAX = 2 * 60 * 60;
    /** Coinbase input scripts have 2 to 100 bytes. */
    private static final int COINBASE_SCRIPT_MIN = 2;

    private static final int COINBASE_SCRIPT_MAX = 100;
    /** Lock times below are heights, above seconds. */
    private static final int LOCK_TIME_THRESHOLD = 500_000_000;

    private final PowShift shift;
    private final int halvingInterval;
    private final Retarget retarget;
    private final SyntheticMempool mempool;

    BlockRules(DevnetSettings settings, Retarget retarget, SyntheticMempool mempool) {
        shift = settings.powShift();
        halvingInterval = settings.halvingInterval();
        this.retarget = retarget;
        this.mempool = mempool;
    }

    /**
     * Judges a block that builds on {@code parent}.
     *
     * @param parent null when the tree does not know it
     * @param nowSeconds since 1970
     * @return the block as the tree takes it
     */
    DevnetBlock judge(RawBlock block, @Nullable DevnetBlock parent, long nowSeconds) throws BlockRefusedException {
        checkAlone(block);
        if (parent == null) {
            throw new BlockRefusedException("prev-blk-not-found");
        }
        checkHeader(block.header(), parent, nowSeconds);
        checkInPlace(block, parent);
        long[] mined = spend(block, parent);
        return new DevnetBlock(block.header(), parent, block.coinbase().withoutWitness(), mined);
    }

    private void checkAlone(RawBlock block) throws BlockRefusedException {
        BlockHeader header = block.header();
        byte[] hash = block.hash().internal().toArray();
        unless(retarget.withinLimit(header.nbits()) && header.nbits().target().accepts(hash, 0, shift), "high-hash");
        unless(block.merkleRoot().equals(header.merkleRoot()), "bad-txnmrklroot");
        unless(!block.hasRepeatedMerkleNodes(), "bad-txns-duplicate");
        unless(4L * block.bytesWithoutWitness() <= WEIGHT_MAX, "bad-blk-length");
        unless(block.coinbase().isCoinbase(), "bad-cb-missing");
        List<RawTransaction> others =
                block.transactions().subList(1, block.transactions().size());
        unless(others.stream().noneMatch(RawTransaction::isCoinbase), "bad-cb-multiple");
        int script = block.coinbase().inputs().getFirst().scriptSig().size();
        unless(script >= COINBASE_SCRIPT_MIN && script <= COINBASE_SCRIPT_MAX, "bad-cb-length");
        unless(others.stream().noneMatch(RawTransaction::hasNullInput), "bad-txns-prevout-null");
        checkAmounts(block.coinbase());
    }

    private static void checkAmounts(RawTransaction transaction) throws BlockRefusedException {
        long sum = 0;
        for (RawTransaction.Output output : transaction.outputs()) {
            unless(output.value() >= 0, "bad-txns-vout-negative");
            unless(output.value() <= Subsidy.MONEY_MAX, "bad-txns-vout-toolarge");
            sum += output.value();
            unless(sum <= Subsidy.MONEY_MAX, "bad-txns-txouttotal-toolarge");
        }
    }

    private void checkHeader(BlockHeader header, DevnetBlock parent, long nowSeconds) throws BlockRefusedException {
        long ntime = Integer.toUnsignedLong(header.ntime());
        unless(retarget.allows(parent, header.ntime(), header.nbits()), "bad-diffbits");
        unless(ntime > parent.medianTimePast(), "time-too-old");
        unless(ntime <= nowSeconds + FUTURE_SECONDS_MAX, "time-too-new");
        unless(header.version() >= VERSION_MIN, "bad-version(0x%08x)".formatted(header.version()));
    }

    private static void checkInPlace(RawBlock block, DevnetBlock parent) throws BlockRefusedException {
        int height = parent.height() + 1;
        for (RawTransaction transaction : block.transactions()) {
            unless(isFinal(transaction, height, parent.medianTimePast()), "bad-txns-nonfinal");
        }
        unless(CoinbaseHeight.begins(block.coinbase().inputs().getFirst().scriptSig(), height), "bad-cb-height");
        switch (block.witnessVerdict()) {
            case COMMITTED, NO_WITNESS -> {}
            case UNEXPECTED_WITNESS -> throw new BlockRefusedException("unexpected-witness");
            case BAD_RESERVED_VALUE -> throw new BlockRefusedException("bad-witness-nonce-size");
            case MISMATCH -> throw new BlockRefusedException("bad-witness-merkle-match");
        }
        unless(block.weight() <= WEIGHT_MAX, "bad-blk-weight");
    }

    private static boolean isFinal(RawTransaction transaction, int height, long medianTime) {
        long lock = Integer.toUnsignedLong(transaction.lockTime());
        return lock < (lock < LOCK_TIME_THRESHOLD ? height : medianTime)
                || lock == 0
                || transaction.inputs().stream().allMatch(input -> input.sequence() == -1);
    }

    /** Checks all transactions against mempool and branch, then the coinbase against their fees. */
    private long[] spend(RawBlock block, DevnetBlock parent) throws BlockRefusedException {
        int height = parent.height() + 1;
        List<RawTransaction> others =
                block.transactions().subList(1, block.transactions().size());
        long[] mined = new long[others.size()];
        Set<Hash256> seen = new HashSet<>();
        long fees = 0;
        for (int i = 0; i < mined.length; i++) {
            Hash256 id = others.get(i).id();
            SyntheticTransaction known = mempool.find(id, height).orElse(null);
            if (known == null || !seen.add(id) || inBranch(known, parent)) {
                throw new BlockRefusedException("bad-txns-inputs-missingorspent");
            }
            unless(
                    known.witnessId().equals(others.get(i).witnessId()),
                    "mandatory-script-verify-flag-failed (Witness program hash mismatch)");
            fees += known.fee();
            mined[i] = known.reference();
        }
        long paid = block.coinbase().outputs().stream()
                .mapToLong(RawTransaction.Output::value)
                .sum();
        unless(paid <= Subsidy.at(height, halvingInterval) + fees, "bad-cb-amount");
        return mined;
    }

    private static boolean inBranch(SyntheticTransaction transaction, DevnetBlock parent) {
        int from = SyntheticTransaction.heightOf(transaction.reference());
        for (DevnetBlock block = parent; block != null && block.height() >= from; block = block.parent()) {
            if (block.mined(transaction.reference())) {
                return true;
            }
        }
        return false;
    }
}
