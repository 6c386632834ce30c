package org.motepool.payout.accountant;

import org.motepool.store.StoreException;

/** Counts effects and crashes before or after the chosen one, or lets the store be away. Used by one thread. */
final class Faults {
    private int effects;
    private int crashAt = -1;
    private boolean away;

    /** Crashes at the n-th boundary from now, counted from 0; each effect has one before and one after it. */
    void crashAt(int boundary) {
        effects = 0;
        crashAt = boundary;
    }

    void never() {
        crashAt = -1;
    }

    int effects() {
        return effects;
    }

    void setAway(boolean isAway) {
        away = isAway;
    }

    void boundary(String name) {
        if (effects++ == crashAt) {
            crashAt = -1;
            throw new SimulatedCrash(name);
        }
    }

    void answer() throws StoreException {
        if (away) {
            throw new StoreException("the store is away");
        }
    }
}
