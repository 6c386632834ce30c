package org.motepool.stratum;

import org.motepool.core.account.Scheme;
import org.motepool.stratum.session.ListenerProfile;

/**
 * One address that devices connect to.
 *
 * @param bindHost address to listen on
 * @param port 0 takes any free one
 */
public record ListenerSettings(String bindHost, int port, ListenerProfile profile) {
    public ListenerSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port is 0 to 65535, not " + port);
        }
    }

    /** The listener that every pool has. */
    public static ListenerSettings main(String bindHost, int port, Scheme scheme) {
        return new ListenerSettings(bindHost, port, ListenerProfile.main(scheme));
    }
}
