package org.motepool.dashboards.preference;

/** What someone asks for is not taken. */
public final class RefusedException extends Exception {
    private final int status;

    /**
     * @param status of HTTP
     * @param message fit for a miner to read
     */
    RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** Why. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
