package org.motepool.store;

import java.util.List;
import org.motepool.core.money.Money;

/** The blocks that the pool found, as pages show them; the journal is the truth. Calls block. */
public interface Blocks {
    /** Sets a block's view, by hash. */
    void put(BlockView block) throws StoreException;

    /** Newest first. */
    List<BlockView> recent(int max) throws StoreException;

    /** Blocks of one finder, newest first. */
    List<BlockView> recentOf(String finder, int max) throws StoreException;

    Counts counts() throws StoreException;

    /** What is known of a block's fate. */
    enum State {
        SUBMITTED,
        IMMATURE,
        MATURE,
        ORPHANED,
        REFUSED
    }

    /**
     * @param hash in display order
     * @param finder canonical payout address
     * @param reward paid to the pool by the coinbase, and to the finder of a SOLO block; zero while unknown
     * @param fee the pool's part
     * @param foundAt milliseconds since 1970
     * @param confirmations at last look, 0 while unknown
     */
    record BlockView(
            String hash,
            int height,
            State state,
            String scheme,
            String finder,
            String worker,
            Money reward,
            Money fee,
            String nbits,
            long foundAt,
            int confirmations) {}

    /** @param found all ever put; then how many of them are in each fate */
    record Counts(long found, long immature, long mature, long orphaned, long refused) {}
}
