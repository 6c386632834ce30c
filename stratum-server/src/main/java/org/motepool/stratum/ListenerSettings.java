package org.motepool.stratum;

import java.util.List;
import org.motepool.core.account.Scheme;
import org.motepool.stratum.guard.IpNetwork;
import org.motepool.stratum.session.ListenerProfile;

/**
 * One address that devices connect to.
 *
 * @param bindHost address to listen on
 * @param port 0 takes any free one
 * @param tlsOnly what comes in plain is closed
 * @param proxies whose connections begin with a PROXY header, version 1 or 2; nobody else's may
 * @param reusePort another process may listen on it at the same time, the system spreads connections over both: so a new
 *     process takes over from an old one; needs Linux
 */
public record ListenerSettings(
        String bindHost,
        int port,
        ListenerProfile profile,
        boolean tlsOnly,
        List<IpNetwork> proxies,
        boolean reusePort) {
    public ListenerSettings {
        proxies = List.copyOf(proxies);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port is 0 to 65535, not " + port);
        }
    }

    /** On a port of its own. */
    public ListenerSettings(
            String bindHost, int port, ListenerProfile profile, boolean tlsOnly, List<IpNetwork> proxies) {
        this(bindHost, port, profile, tlsOnly, proxies, false);
    }

    /** The listener that every pool has. */
    public static ListenerSettings main(String bindHost, int port, Scheme scheme) {
        return new ListenerSettings(bindHost, port, ListenerProfile.main(scheme), false, List.of());
    }
}
