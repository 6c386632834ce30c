package org.motepool.pool.wiring;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.motepool.pool.Failure;
import org.motepool.pool.config.PoolConfig.Endpoint;

/** Looks at the ports before anything is started, so that a busy one costs nothing but a line. */
public final class Ports {
    private Ports() {}

    /** @param option by which the user chooses another port */
    public static void requireFree(Endpoint endpoint, String option) throws Failure {
        if (endpoint.port() == 0) {
            return;
        }
        InetSocketAddress address = new InetSocketAddress(endpoint.bind(), endpoint.port());
        if (address.isUnresolved()) {
            throw new Failure(Failure.FAILED, "the address " + endpoint.bind() + " to listen on is not known here");
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(address);
        } catch (IOException e) {
            throw new Failure(
                    Failure.FAILED,
                    "port " + endpoint.port() + " on " + endpoint.bind() + " cannot be had (" + e.getMessage()
                            + "); choose another with " + option + " PORT, or 0 for any free one",
                    e);
        }
    }
}
