package org.motepool.dashboards.http;

import java.io.IOException;

/** Another program listens there already; the message names host and port. */
public final class PortInUseException extends IOException {
    private final String host;
    private final int port;

    PortInUseException(String host, int port, Throwable cause) {
        super("port " + port + " on " + host + " is in use by another program; choose another port", cause);
        this.host = host;
        this.port = port;
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }
}
