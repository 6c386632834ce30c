package org.motepool.core.preference;

/** What someone wishes cannot be; the message says why and is fit for a miner to read. */
public final class PreferenceException extends Exception {
    public PreferenceException(String message) {
        super(message);
    }
}
