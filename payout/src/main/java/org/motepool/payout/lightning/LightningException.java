package org.motepool.payout.lightning;

/** A node or a payee's server gave no usable answer: nothing is known to have happened, and another try may do. */
public final class LightningException extends Exception {
    private static final long serialVersionUID = 1;

    public LightningException(String message) {
        super(message);
    }

    public LightningException(String message, Throwable cause) {
        super(message, cause);
    }
}
