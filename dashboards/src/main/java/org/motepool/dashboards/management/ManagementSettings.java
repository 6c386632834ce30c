package org.motepool.dashboards.management;

import java.nio.file.Path;

/**
 * Where operators reach this process.
 *
 * @param bind address to listen on; anything but loopback is the operator's own choice
 * @param port 0 for any free one
 * @param tokenFile holds the admin token; made on first start
 */
public record ManagementSettings(String bind, int port, Path tokenFile) {
    /** What an operator has to change knowingly. */
    public static final String BIND_DEFAULT = "127.0.0.1";

    private static final int PORT_MAX = 65_535;

    public ManagementSettings {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("the management port is 0 to 65535, not " + port);
        }
    }
}
