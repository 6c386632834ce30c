package org.motepool.pool.swarm;

import java.time.Duration;
import org.motepool.core.address.Network;
import org.motepool.core.work.PowShift;
import org.motepool.devices.FleetOrder;
import org.motepool.devices.SwarmSettings;

/** Swarms of twins on loopback. */
public final class Swarms {
    /** Of every devnet in the tests. */
    public static final PowShift SHIFT = new PowShift(16);

    private Swarms() {}

    /** @param devices as {@code mote swarm} takes them: {@code all=60} */
    public static SwarmSettings at(int port, String devices, long seed, Duration rampUp) {
        return at("127.0.0.1", port, devices, seed, rampUp);
    }

    /** The same elsewhere. */
    public static SwarmSettings at(String host, int port, String devices, long seed, Duration rampUp) {
        FleetOrder order = FleetOrder.parse(devices);
        SwarmSettings settings = SwarmSettings.of(
                host, port, SHIFT, seed, order.specs(order.madeUpAccounts(Network.DEVNET, seed), seed));
        return new SwarmSettings(
                settings.host(),
                settings.port(),
                SHIFT,
                seed,
                settings.twins(),
                rampUp,
                settings.eventLoops(),
                settings.hashThreads(),
                settings.sources());
    }
}
