package org.motepool.store;

/** The store did not answer, or not as it should: the world's fault, worth another try later. */
public final class StoreException extends Exception {
    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
