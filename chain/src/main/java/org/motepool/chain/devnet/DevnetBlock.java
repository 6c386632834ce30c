package org.motepool.chain.devnet;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.work.Nbits;

/** A block in the tree: what is kept of it in memory. Not thread-safe, guarded by the chain's lock. */
final class DevnetBlock {
    private static final int MEDIAN_BLOCKS = 11;
    private static final long[] NONE = {};

    private final Hash256 hash;
    private final BlockHeader header;
    private final int height;
    private final Bytes coinbase;
    private final BigInteger work;
    /** Null in the genesis block and in the oldest that is kept. */
    private @Nullable DevnetBlock parent;

    /** References of the synthetic transactions in it, see {@link SyntheticTransaction#reference()}. */
    private long[] mined;

    private @Nullable Resume resume;

    /**
     * The process was started again on this tip: the time between counts for nothing.
     *
     * @param ntime when
     * @param restart difficulty to start from again, where the settings changed
     */
    record Resume(int ntime, Optional<Nbits> restart) {}

    /** @param coinbase without witness */
    DevnetBlock(BlockHeader header, @Nullable DevnetBlock parent, Bytes coinbase, long[] mined) {
        this.hash = header.hash();
        this.header = header;
        this.parent = parent;
        this.height = parent == null ? 0 : parent.height + 1;
        this.coinbase = coinbase;
        this.mined = mined.clone();
        this.work = parent == null ? BigInteger.ZERO : parent.work.add(Retarget.work(header.nbits()));
    }

    Hash256 hash() {
        return hash;
    }

    BlockHeader header() {
        return header;
    }

    int height() {
        return height;
    }

    Bytes coinbase() {
        return coinbase;
    }

    /** Expected nominal hashes of the branch up to here. */
    BigInteger work() {
        return work;
    }

    @Nullable
    DevnetBlock parent() {
        return parent;
    }

    /** Lets the ancestors go, and the list of transactions with them. */
    void forgetParent() {
        parent = null;
    }

    void forgetTransactions() {
        mined = NONE;
    }

    long[] mined() {
        return mined.clone();
    }

    boolean mined(long reference) {
        return Arrays.stream(mined).anyMatch(one -> one == reference);
    }

    void resumed(Resume value) {
        resume = value;
    }

    Optional<Resume> resume() {
        return Optional.ofNullable(resume);
    }

    /** From when the next block was worked on, seconds since 1970. */
    long restTime() {
        long ntime = ntime();
        return resume == null ? ntime : Math.max(ntime, Integer.toUnsignedLong(resume.ntime()));
    }

    long ntime() {
        return Integer.toUnsignedLong(header.ntime());
    }

    /** Median time of the last 11 blocks: the next block's ntime lies above it. */
    long medianTimePast() {
        long[] times = new long[MEDIAN_BLOCKS];
        int count = 0;
        for (DevnetBlock block = this; block != null && count < MEDIAN_BLOCKS; block = block.parent) {
            times[count++] = block.ntime();
        }
        Arrays.sort(times, 0, count);
        return times[count / 2];
    }
}
