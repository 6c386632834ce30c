package org.motepool.dashboards;

/** A port where devices connect, as the page tells it. */
public record PoolPort(Kind kind, int port) {
    private static final int PORT_MAX = 65_535;

    public PoolPort {
        if (port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException("the stratum port is 1 to 65535, not " + port);
        }
    }

    /** What it is for. */
    public enum Kind {
        /** Stratum V1 over plain TCP, for every device. */
        PLAIN,
        /** The same; some boards show the pool's numbers on their screen when they are on this one. */
        SCREEN,
        /** Stratum V1 within TLS. */
        TLS,
        /** Stratum V1 where finders keep their blocks. */
        SOLO
    }
}
