package org.motepool.stratum.share;

/** Steps in the life of a share that passed the cheap checks. */
public enum Verdict {
    /** Its hash misses its level. Final. */
    LOW_DIFFICULTY,
    /** Its hash meets its level; it went to the log and is not durable yet. */
    PROVEN,
    /** Forced to disk: it may be answered. Final. */
    STORED,
    /** The log could not force it: it may be sent again. Final. */
    NOT_STORED
}
