package org.motepool.dashboards.preference;

import java.util.Locale;

/**
 * What became of a request.
 *
 * @param reason why it was refused, else empty
 * @param at when it was decided, milliseconds since 1970; 0 while it waits
 */
public record RequestState(String id, State state, String reason, long at) {
    /** Where it stands. */
    public enum State {
        WAITING,
        ACCEPTED,
        REFUSED;

        /** The word in texts and APIs. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
