package org.motepool.payout.accountant;

/** The process dies here: nothing after it happens. */
final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1;

    SimulatedCrash(String where) {
        super(where);
    }
}
