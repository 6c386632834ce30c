package org.motepool.core.account;

/** How work is rewarded; the code stands in logs and entries and never changes its meaning. */
public enum Scheme {
    PPLNS(1),
    SOLO(2);

    private final int code;

    Scheme(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Throws IllegalArgumentException for a code that no scheme has. */
    public static Scheme ofCode(int code) {
        return switch (code) {
            case 1 -> PPLNS;
            case 2 -> SOLO;
            default -> throw new IllegalArgumentException("no scheme has the code " + code);
        };
    }
}
