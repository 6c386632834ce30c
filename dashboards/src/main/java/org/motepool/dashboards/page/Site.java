package org.motepool.dashboards.page;

import java.util.List;
import org.motepool.core.address.Network;
import org.motepool.dashboards.PoolPort;

/**
 * What stays the same on all pages.
 *
 * @param ports where devices connect, the usual one first
 */
public record Site(String poolName, Network network, List<PoolPort> ports) {
    public Site {
        ports = List.copyOf(ports);
    }

    int usualPort() {
        return ports.getFirst().port();
    }
}
