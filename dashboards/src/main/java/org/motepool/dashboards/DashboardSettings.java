package org.motepool.dashboards;

import java.util.List;
import java.util.OptionalInt;
import org.motepool.core.address.Network;

/**
 * What the public page needs to know beside the store.
 *
 * @param bind address to listen on
 * @param port 0 for any free one
 * @param devicePort where boards ask for their numbers in plain HTTP, 0 for any free one; empty for none
 * @param poolName shown in titles
 * @param stratumHost by which devices reach the pool; empty: the host by which the reader reached the page
 * @param ports where devices connect, the usual one first
 * @param network whose addresses are paid
 * @param keepDays for how long shares are kept at least, 0 for ever
 */
public record DashboardSettings(
        String bind,
        int port,
        OptionalInt devicePort,
        String poolName,
        String stratumHost,
        List<PoolPort> ports,
        Network network,
        int keepDays) {
    private static final int PORT_MAX = 65_535;
    private static final int NAME_CHARACTERS_MAX = 40;

    public DashboardSettings {
        ports = List.copyOf(ports);
        if (port < 0 || port > PORT_MAX || devicePort.orElse(0) < 0 || devicePort.orElse(0) > PORT_MAX) {
            throw new IllegalArgumentException("the page's port is 0 to 65535, not " + port);
        }
        if (ports.isEmpty()) {
            throw new IllegalArgumentException("the page tells at least one port where devices connect");
        }
        if (poolName.isBlank() || poolName.length() > NAME_CHARACTERS_MAX) {
            throw new IllegalArgumentException("the pool's name has 1 to " + NAME_CHARACTERS_MAX + " characters");
        }
    }
}
