package org.motepool.pool.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Local addresses for a large swarm at a pool on this machine: one address has too few ports for many thousand links, and
 * a pool keeps only so many workers of one address apart.
 */
final class LoopbackSources {
    private static final int DEVICES_OF_ONE_ADDRESS_MAX = 500;
    private static final int ADDRESSES = 4;
    private static final int NETWORKS = 250;

    private LoopbackSources() {}

    /** {@code 127.0.B.1} to {@code 127.0.B.4}, B by the seed; none for a small swarm or a pool elsewhere. */
    static List<String> forSwarm(InetAddress pool, int devices, long seed) {
        byte[] bytes = pool.getAddress();
        if (!pool.isLoopbackAddress() || bytes.length != 4 || devices <= DEVICES_OF_ONE_ADDRESS_MAX) {
            return List.of();
        }
        List<String> addresses = new ArrayList<>();
        int b = 1 + Math.floorMod(seed, NETWORKS);
        for (int i = 1; i <= ADDRESSES; i++) {
            addresses.add("127.0." + b + "." + i);
        }
        return addresses.stream().allMatch(LoopbackSources::isOurs) ? addresses : List.of();
    }

    /** Linux has all of 127.0.0.0/8; other systems only what was set up. */
    private static boolean isOurs(String address) {
        try (Socket probe = new Socket()) {
            probe.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
