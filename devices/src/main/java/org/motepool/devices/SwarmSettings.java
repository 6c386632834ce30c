package org.motepool.devices;

import java.time.Duration;
import java.util.List;
import org.motepool.core.work.PowShift;

/**
 * What a swarm is made of and where it goes.
 *
 * @param powShift of the pool's network; both sides must agree
 * @param seed of everything random in the twins
 * @param rampUp the devices are switched on at random moments within this
 * @param eventLoops threads for the sockets
 * @param hashThreads threads that hash for all
 * @param sources local addresses that the devices dial from, in turn; empty for the machine's own choice
 */
public record SwarmSettings(
        String host,
        int port,
        PowShift powShift,
        long seed,
        List<TwinSpec> twins,
        Duration rampUp,
        int eventLoops,
        int hashThreads,
        List<String> sources) {
    /** One process has about so many local ports to spare. */
    public static final int TWINS_MAX = 20_000;

    private static final int THREADS_MAX = 64;

    public SwarmSettings {
        twins = List.copyOf(twins);
        sources = List.copyOf(sources);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
        }
        if (twins.isEmpty() || twins.size() > TWINS_MAX) {
            throw new IllegalArgumentException("a swarm has 1 to " + TWINS_MAX + " devices, not " + twins.size());
        }
        if (rampUp.isNegative()) {
            throw new IllegalArgumentException("the ramp-up is no negative time");
        }
        if (eventLoops < 1 || eventLoops > THREADS_MAX || hashThreads < 1 || hashThreads > THREADS_MAX) {
            throw new IllegalArgumentException("a swarm has 1 to " + THREADS_MAX + " threads of each sort");
        }
    }

    /** For one machine: a few threads, and a millisecond or two between devices that are switched on. */
    public static SwarmSettings of(String host, int port, PowShift powShift, long seed, List<TwinSpec> twins) {
        int threads = twins.size() > 100 ? 2 : 1;
        Duration rampUp = Duration.ofMillis(Math.max(500, 2L * twins.size()));
        return new SwarmSettings(host, port, powShift, seed, twins, rampUp, threads, threads, List.of());
    }

    public SwarmSettings from(List<String> addresses) {
        return new SwarmSettings(host, port, powShift, seed, twins, rampUp, eventLoops, hashThreads, addresses);
    }
}
