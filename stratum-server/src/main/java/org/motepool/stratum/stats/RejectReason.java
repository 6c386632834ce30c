package org.motepool.stratum.stats;

import java.util.Locale;

/** Why a share was refused; a closed set, used as metric label and in APIs. */
public enum RejectReason {
    STALE,
    DUPLICATE,
    LOW_DIFFICULTY,
    MALFORMED,
    UNAUTHORIZED,
    /** The share log could not force it. */
    NOT_STORED;

    private final String label = name().toLowerCase(Locale.ROOT);

    public String label() {
        return label;
    }
}
