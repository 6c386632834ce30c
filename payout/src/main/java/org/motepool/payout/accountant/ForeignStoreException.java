package org.motepool.payout.accountant;

/** The store's balances cannot come from this journal; says how to mend it. */
final class ForeignStoreException extends Exception {
    ForeignStoreException(String message) {
        super(message);
    }
}
