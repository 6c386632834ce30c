package org.motepool.chain;

/** No node could answer: the world's fault, worth another try later. */
public final class ChainException extends Exception {
    public ChainException(String message) {
        super(message);
    }

    public ChainException(String message, Throwable cause) {
        super(message, cause);
    }
}
