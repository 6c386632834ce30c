package org.motepool.stratum;

/** The server could not listen: the port is taken, or the address is not of this machine. */
public final class StratumBindException extends Exception {
    private final String host;
    private final int port;

    StratumBindException(String host, int port, Throwable cause) {
        super("cannot listen for miners on " + host + ":" + port + ": " + cause.getMessage(), cause);
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
