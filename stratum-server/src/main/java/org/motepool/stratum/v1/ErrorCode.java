package org.motepool.stratum.v1;

/**
 * The de-facto error codes of Stratum V1. The texts are those that devices explain to their users: each is a counter on
 * somebody's screen, so the set stays small.
 */
public enum ErrorCode {
    OTHER(20, "Not supported"),
    JOB_NOT_FOUND(21, "Job not found"),
    DUPLICATE(22, "Duplicate share"),
    LOW_DIFFICULTY(23, "Difficulty too low"),
    UNAUTHORIZED(24, "Unauthorized worker"),
    NOT_SUBSCRIBED(25, "Not subscribed");

    /** Texts of code 20. */
    public static final String MALFORMED = "Malformed request";

    public static final String NTIME = "Ntime out of range";
    public static final String VERSION_MASK = "Invalid version mask";
    public static final String NONCE2_LENGTH = "Invalid nonce2 length";
    public static final String NONCE = "Invalid nonce";
    public static final String BANNED = "banned by the pool's operator";
    public static final String NOT_STORED = "Share not stored";
    public static final String TOO_MANY = "Too many shares of one job";

    private final int code;
    private final String text;

    ErrorCode(int code, String text) {
        this.code = code;
        this.text = text;
    }

    public int code() {
        return code;
    }

    public String text() {
        return text;
    }
}
