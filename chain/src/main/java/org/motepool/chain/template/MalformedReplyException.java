package org.motepool.chain.template;

/** A node's JSON is not what its documentation promises; the message names the field and what it holds. */
public final class MalformedReplyException extends Exception {
    public MalformedReplyException(String message) {
        super(message);
    }

    public MalformedReplyException(String message, Throwable cause) {
        super(message, cause);
    }
}
