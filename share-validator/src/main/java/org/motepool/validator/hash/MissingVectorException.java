package org.motepool.validator.hash;

/** There is no vector hasher here; the message says why, for people. */
public final class MissingVectorException extends Exception {
    private static final long serialVersionUID = 1;

    MissingVectorException(String why, Throwable cause) {
        super(why, cause);
    }
}
