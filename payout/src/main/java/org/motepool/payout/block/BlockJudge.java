package org.motepool.payout.block;

import java.time.Duration;
import java.util.Optional;
import org.motepool.chain.Chain;
import org.motepool.chain.Chain.ChainBlock;
import org.motepool.chain.ChainException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.time.PoolClock;

/**
 * Asks the chain about one reported block until it has an answer. A block that is known but not on the active chain is
 * off it once the chain is as high; one that nobody knows {@code patience} after it was reported is off it. A node
 * that does not answer decides nothing. Not thread-safe.
 */
public final class BlockJudge {
    private final Chain chain;
    private final PoolClock clock;
    private final long patienceNanos;
    private final Hash256 hash;
    private final int height;
    private long since;

    /** @param reportedSince the clock's nanoseconds by which it was reported, with nodes answering ever since */
    public BlockJudge(Chain chain, PoolClock clock, Duration patience, Hash256 hash, int height, long reportedSince) {
        this.chain = chain;
        this.clock = clock;
        this.patienceNanos = patience.toNanos();
        this.hash = hash;
        this.height = height;
        this.since = reportedSince;
    }

    /** Asks once; empty when it must be asked again. */
    public Optional<BlockVerdict> ask() throws ChainException {
        Optional<ChainBlock> found;
        try {
            found = chain.block(hash);
        } catch (ChainException e) {
            since = clock.nanos();
            throw e;
        }
        if (found.isEmpty()) {
            return unknown();
        }
        since = clock.nanos();
        ChainBlock block = found.get();
        if (block.confirmations() > 0) {
            return Optional.of(new BlockVerdict.OnChain(block));
        }
        if (chain.tip().height() < block.height()) {
            return Optional.empty();
        }
        return Optional.of(
                new BlockVerdict.OffChain(found, "stale: another block is on the chain at height " + block.height()));
    }

    private Optional<BlockVerdict> unknown() {
        if (clock.nanos() - since < patienceNanos) {
            return Optional.empty();
        }
        return Optional.of(new BlockVerdict.OffChain(
                Optional.empty(), "stale: no node knows it, so its submission at height " + height + " failed"));
    }
}
