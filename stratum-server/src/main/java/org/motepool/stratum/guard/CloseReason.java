package org.motepool.stratum.guard;

import java.util.Locale;

/** Why a connection ended; a closed set of metric labels. */
public enum CloseReason {
    /** The device hung up, or its network did. */
    PEER,
    HTTP,
    NOT_STRATUM,
    LINE_TOO_LONG,
    /** A line was begun and not ended in time. */
    LINE_TOO_SLOW,
    /** Answered and held: banned, or it made too much trouble. */
    REFUSED,
    /** Sent on by a planned stop. */
    DRAINED,
    NEVER_SUBSCRIBED,
    NEVER_AUTHORIZED,
    SHUTDOWN,
    /** A defect of ours; logged. */
    INTERNAL;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
