package org.motepool.pool.redis;

/** The embedded Redis cannot be had; the message says why and how to mend it. */
public final class EmbeddedRedisException extends Exception {
    public EmbeddedRedisException(String message) {
        super(message);
    }

    public EmbeddedRedisException(String message, Throwable cause) {
        super(message, cause);
    }
}
