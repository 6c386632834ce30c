package org.motepool.dashboards.page;

import java.util.List;
import org.motepool.core.address.Network;
import org.motepool.dashboards.PoolPort;
import org.motepool.dashboards.language.Words;

/**
 * What stays the same on all pages.
 *
 * @param ports where devices connect, the usual one first
 * @param keepDays for how long shares are kept at least, 0 for ever
 */
public record Site(String poolName, Network network, List<PoolPort> ports, int keepDays) {
    public Site {
        ports = List.copyOf(ports);
    }

    int usualPort() {
        return ports.getFirst().port();
    }

    /** For how long shares are kept, in words. */
    String kept(Words words) {
        return keepDays == 0 ? words.say("rules.kept-ever") : words.counted("rules.kept-days", keepDays);
    }
}
