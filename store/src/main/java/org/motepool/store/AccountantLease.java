package org.motepool.store;

import java.time.Duration;

/**
 * Who is the pool's accountant: of all payout processes around one store, the one that holds this. A lease ends by itself
 * when it is not renewed. Each new holder gets a higher token, and marks that come with a lower one are refused, so a
 * holder that slept through its end cannot undo what its successor did. Calls block.
 */
public interface AccountantLease {
    /** Longest name of a holder. */
    int HOLDER_CHARACTERS_MAX = 120;

    /**
     * Takes the lease where it is free, and renews it where it is held.
     *
     * @param holder names this process, for people too; no two processes have the same
     * @param life after which it ends unless it is renewed
     */
    Answer take(String holder, Duration life) throws StoreException;

    /** Lets it go at once; nothing happens where another has it. */
    void release(String holder) throws StoreException;

    /** What became of an attempt. */
    sealed interface Answer {}

    /**
     * It is ours.
     *
     * @param token the same as long as it is renewed in time, else higher
     * @param former the token before this one; 0 when the store knows of none. Who finds its own here knows that nobody
     *     else held the lease meanwhile
     */
    record Held(long token, long former) implements Answer {}

    /**
     * Somebody else has it.
     *
     * @param left until it ends unless it is renewed
     */
    record Taken(String holder, Duration left) implements Answer {}
}
