package org.motepool.core.bytes;

/** Bytes from outside, a file or the store do not have the form they should; says what and where. */
public final class MalformedBytesException extends Exception {
    public MalformedBytesException(String message) {
        super(message);
    }

    public MalformedBytesException(String message, Throwable cause) {
        super(message, cause);
    }
}
