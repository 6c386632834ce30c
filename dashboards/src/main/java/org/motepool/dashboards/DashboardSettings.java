package org.motepool.dashboards;

import org.motepool.core.address.Network;

/**
 * What the public page needs to know beside the store.
 *
 * @param bind address to listen on
 * @param port 0 for any free one
 * @param poolName shown in titles
 * @param stratumHost by which devices reach the pool; empty: the host by which the reader reached the page
 * @param stratumPort where devices connect
 * @param network whose addresses are paid
 */
public record DashboardSettings(
        String bind, int port, String poolName, String stratumHost, int stratumPort, Network network) {
    private static final int PORT_MAX = 65_535;
    private static final int NAME_CHARACTERS_MAX = 40;

    public DashboardSettings {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("the page's port is 0 to 65535, not " + port);
        }
        if (stratumPort < 1 || stratumPort > PORT_MAX) {
            throw new IllegalArgumentException("the stratum port is 1 to 65535, not " + stratumPort);
        }
        if (poolName.isBlank() || poolName.length() > NAME_CHARACTERS_MAX) {
            throw new IllegalArgumentException("the pool's name has 1 to " + NAME_CHARACTERS_MAX + " characters");
        }
    }
}
