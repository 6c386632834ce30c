package org.motepool.pool;

/** A command cannot go on; the message is all that a person needs to mend it. */
public final class Failure extends Exception {
    public static final int FAILED = 1;
    public static final int WRONG_USAGE = 2;
    public static final int WRONG_SETTINGS = 3;
    /** What was to be proven does not hold: a bad record of a log, a journal that is not sound. */
    public static final int BAD_RECORD = 5;

    private final int exitCode;

    public Failure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public Failure(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
