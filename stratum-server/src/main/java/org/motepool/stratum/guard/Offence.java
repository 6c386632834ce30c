package org.motepool.stratum.guard;

/**
 * What a connection can do too much of; a closed set of metric labels. Most of it is noise that honest firmware makes
 * too, and the worst that follows is being read more slowly. Only what no firmware does leads to a refusal, and never of
 * an address: many devices share one.
 */
public enum Offence {
    /** A line that is no request: 16 at once are slowed. */
    JUNK(12, true),
    /** A user name that cannot be paid, is banned, or is one too many. */
    BAD_LOGIN(6, true),
    /** A request whose parameters cannot be read. */
    MALFORMED(1, false),
    /** A share of a name that this connection has not authorized, or before it subscribed. */
    UNAUTHORIZED(1, false),
    DUPLICATE(1, false),
    LOW_DIFFICULTY(1, false),
    STALE(1, false),
    /** A request that is no share: keep-alives, suggestions. */
    CHATTER(1, false);

    private final int points;
    private final boolean refusable;

    Offence(int points, boolean refusable) {
        this.points = points;
        this.refusable = refusable;
    }

    int points() {
        return points;
    }

    boolean isRefusable() {
        return refusable;
    }
}
