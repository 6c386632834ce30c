package org.motepool.payout.slice;

/** What becomes of a work entry that was read. */
public enum EntryVerdict {
    /** Begins at the high-water: its work counts. */
    TAKEN,
    /** Ends at or below the high-water: it was read before. */
    ALREADY_READ,
    /** Begins above the high-water: something before it is missing and will be sent again. */
    GAP,
    /** Begins below the high-water and ends above it: the log or the entry is corrupt. */
    STRADDLES,
    /** Has work for an account whose address no one declared, or sums that no log can have. */
    UNSOUND,
    /** Of another chain than this accountant's. */
    FOREIGN_CHAIN,
    /** Its log was found corrupt before. */
    HALTED;

    /** It can never be journaled, or comes again by itself: its place in the stream is free. */
    public boolean isDropped() {
        return switch (this) {
            case TAKEN, ALREADY_READ -> false;
            case GAP, STRADDLES, UNSOUND, FOREIGN_CHAIN, HALTED -> true;
        };
    }
}
