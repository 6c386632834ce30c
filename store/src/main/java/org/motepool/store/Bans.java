package org.motepool.store;

import java.util.List;

/**
 * Who may not mine, by an operator's word alone: the pool never bans by itself, since many honest devices share one
 * network address. Shared by all nodes; each keeps the list that it read last. Calls block.
 */
public interface Bans {
    /** Bans at once: more than any operator types, few enough to read whole every few seconds. */
    int BANS_MAX = 4096;

    /** Longest reason. */
    int REASON_CHARACTERS_MAX = 120;

    /** The end of a ban that has none. */
    long FOR_EVER = 0;

    /**
     * Sets a ban; one of the same kind and subject is replaced.
     *
     * @return false when there are {@link #BANS_MAX} already: nothing was written
     */
    boolean put(Ban ban) throws StoreException;

    /** False when there was no such ban. */
    boolean remove(Kind kind, String subject) throws StoreException;

    /** Those that hold now, in no order. */
    List<Ban> all() throws StoreException;

    /** What a ban is about. */
    enum Kind {
        /** A payout address. */
        ACCOUNT,
        /** An IP address or network. */
        NETWORK
    }

    /**
     * @param subject canonical payout address, or the network's canonical form
     * @param reason for people; shown to nobody but operators
     * @param since milliseconds since 1970
     * @param until milliseconds since 1970, or {@link #FOR_EVER}
     */
    record Ban(Kind kind, String subject, String reason, long since, long until) {
        public Ban {
            if (subject.isEmpty()) {
                throw new IllegalArgumentException("a ban needs a subject");
            }
            if (reason.length() > REASON_CHARACTERS_MAX) {
                throw new IllegalArgumentException("a reason has at most " + REASON_CHARACTERS_MAX + " characters");
            }
            if (until != FOR_EVER && until <= since) {
                throw new IllegalArgumentException("a ban ends after it begins");
            }
        }

        public boolean holdsAt(long epochMillis) {
            return until == FOR_EVER || epochMillis < until;
        }
    }
}
