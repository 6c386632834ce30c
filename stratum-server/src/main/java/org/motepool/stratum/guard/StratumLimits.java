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

    /** A refused connection is held so long before it is closed, or its firmware would be back at once. */
    public static final Duration REFUSED_HOLD = Duration.ofSeconds(30);

    /** Refused connections held at once; one more is closed at once. */
    public static final int REFUSED_HELD_MAX = 1024;

    /** After a planned stop's client.reconnect a device has so long to go by itself. */
    public static final Duration RECONNECT_TIME = Duration.ofSeconds(5);

    /** From the first byte of a line to its newline: the slowest radio takes seconds. */
    public static final Duration LINE_TIME_MAX = Duration.ofMinutes(2);

    /**
     * Connections of the last {@link #ARRIVAL_MAX} that have not logged in: above it the rest of a storm waits in the
     * backlog. Those that stay silent for longer count no more, so that they cannot keep others out.
     */
    public static final int ARRIVALS_MAX = 4096;

    /** How long a connection counts as just come. */
    public static final Duration ARRIVAL_MAX = Duration.ofSeconds(5);

    /** A connection that asked something but never authorized is kept so long without a line. */
    public static final Duration UNAUTHORIZED_IDLE_MAX = Duration.ofMinutes(30);

    /** Bytes of unread output at which a connection is no longer read: more than all replies that may wait. */
    public static final int WRITE_QUEUE_HIGH_BYTES = 16 * 1024;

    public static final int WRITE_QUEUE_LOW_BYTES = 4 * 1024;

    /** One read: what waits in memory when reading stops. No known client sends more than three lines at once. */
    public static final int READ_BYTES_MAX = 4 * 1024;

    /**
     * Bytes that the kernel takes beyond what it has sent: a peer that reads nothing has a job or two there, not the whole
     * send buffer full.
     */
    public static final int UNSENT_BYTES_MAX = 2 * 1024;

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
