package org.motepool.pool.wiring;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Optional;
import org.motepool.pool.Failure;
import org.motepool.pool.config.PoolConfig.Endpoint;

/** Looks at the ports before anything is started, so that a busy one costs nothing but a line. */
public final class Ports {
    private Ports() {}

    /** @param option by which the user chooses another port */
    public static void requireFree(Endpoint endpoint, String option) throws Failure {
        requireFree(endpoint, option, false);
    }

    /** @param shared a port that other processes share too is free enough */
    static void requireFree(Endpoint endpoint, String option, boolean shared) throws Failure {
        Optional<String> trouble = trouble(endpoint, shared);
        if (trouble.isPresent()) {
            throw new Failure(
                    Failure.FAILED,
                    "port " + endpoint.port() + " on " + endpoint.bind() + " cannot be had (" + trouble.get()
                            + "); choose another with " + option + " PORT, or 0 for any free one");
        }
    }

    /**
     * Why it cannot be listened on; empty where it can.
     *
     * @param shared a port that other processes share too is free enough
     */
    public static Optional<String> trouble(Endpoint endpoint, boolean shared) {
        InetSocketAddress address = new InetSocketAddress(endpoint.bind(), endpoint.port());
        if (address.isUnresolved()) {
            return Optional.of("the address " + endpoint.bind() + " is not known here");
        }
        if (endpoint.port() == 0) {
            return Optional.empty();
        }
        // Bound, and never listening: on a shared port it would be given connections.
        try (Socket probe = new Socket()) {
            probe.setReuseAddress(true);
            if (shared && probe.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                probe.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            probe.bind(address);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.getMessage()
                    + (shared ? "; a process that shares it has to run with stratum.reuse-port, too" : ""));
        }
    }
}
