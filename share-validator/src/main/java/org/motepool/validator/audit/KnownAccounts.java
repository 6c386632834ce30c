package org.motepool.validator.audit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Accounts that a segment has declared before the shares at hand: a small memory before {@link Declarations}, since the
 * same accounts come again and again. To be asked by ascending offset. Owned by one thread.
 */
final class KnownAccounts {
    /** A power of two; of two accounts that fall together the later one is remembered. */
    private static final int SLOTS = 1 << 10;

    private final long[] first = new long[SLOTS];
    private final long[] second = new long[SLOTS];
    private @Nullable Declarations segment;

    /** Tells whether the share's account is declared before {@code offset}. */
    boolean has(Declarations present, ShareFields share, long offset) {
        if (!present.equals(segment)) {
            segment = present;
            Arrays.fill(first, 0);
            Arrays.fill(second, 0);
        }
        long high = share.accountHigh();
        long low = share.accountLow();
        int slot = (int) low & SLOTS - 1;
        // Zeros are an empty slot.
        if (first[slot] == high && second[slot] == low && (high | low) != 0) {
            return true;
        }
        if (!present.hasAccount(share.account(), offset)) {
            return false;
        }
        first[slot] = high;
        second[slot] = low;
        return true;
    }
}
