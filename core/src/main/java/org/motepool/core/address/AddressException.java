package org.motepool.core.address;

/** A text is not a payout address of this chain; the message says what is wrong and is fit for a miner to read. */
public final class AddressException extends Exception {
    public AddressException(String message) {
        super(message);
    }
}
