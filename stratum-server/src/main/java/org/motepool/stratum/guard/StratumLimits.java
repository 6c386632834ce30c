package org.motepool.stratum.guard;

import java.time.Duration;

/**
 * Limits that an operator may set; the constants beside them are not for setting.
 *
 * @param connectionsMax open at once; above it nothing is accepted, and clients wait in the backlog instead of reconnecting
 * @param subscribeTimeout a connection that never asked anything for so long is closed; at least 60 s, since slow devices
 *     may take that long to come up
 */
public record StratumLimits(int connectionsMax, Duration subscribeTimeout) {
    /** A full notify of 1,000 shares a second would still wait for one force only: 64 is many turns of any device. */
    public static final int PENDING_REPLIES_MAX = 64;

    /** Jobs that one connection may still send shares for: 10 minutes at one every 10 s, and room for a start-up. */
    public static final int JOBS_PER_SESSION_MAX = 96;

    /** Shares remembered per connection and tip, to tell duplicates: hours of a device at its right level. */
    public static final int SHARES_REMEMBERED_MAX = 8192;

    /** User names that one connection may authorize: rigs behind one proxy line. */
    public static final int USERS_PER_SESSION_MAX = 16;

    /** Longest user name: an address, a separator, a worker name. */
    public static final int USER_CHARACTERS_MAX = 160;

    /** Malformed lines in a row before a connection is closed: no working firmware sends two. */
    public static final int MALFORMED_LINES_MAX = 32;

    /** A connection that asked something but never authorized is kept so long without a line. */
    public static final Duration UNAUTHORIZED_IDLE_MAX = Duration.ofMinutes(30);

    /** Bytes of unread output at which a connection counts as slow: some 20 notify lines. */
    public static final int WRITE_QUEUE_HIGH_BYTES = 32 * 1024;

    public static final int WRITE_QUEUE_LOW_BYTES = 8 * 1024;

    public static final StratumLimits DEFAULT = new StratumLimits(100_000, Duration.ofSeconds(75));

    public StratumLimits {
        if (connectionsMax < 1) {
            throw new IllegalArgumentException("connectionsMax is at least 1, not " + connectionsMax);
        }
        if (subscribeTimeout.compareTo(Duration.ofSeconds(60)) < 0) {
            throw new IllegalArgumentException("subscribeTimeout is at least 60 s, not " + subscribeTimeout);
        }
    }
}
