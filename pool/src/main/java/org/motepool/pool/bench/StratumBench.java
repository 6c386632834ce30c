package org.motepool.pool.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.motepool.core.time.PoolClock;
import org.motepool.devices.load.Arrival;
import org.motepool.devices.load.LoadGenerator;
import org.motepool.devices.load.LoadSettings;
import org.motepool.devices.load.Replies;

/**
 * Loads a pool and measures it: all connections at once, then none doing anything, then each as fast as it is answered, then
 * shares at a fixed rate. Stateless.
 *
 * @param server whose processor time and memory are told
 * @param perSecond shares in open loop
 * @param measured of each of the two loops; half as long is warmed up before
 * @param closedLoop whether that is run too
 */
public record StratumBench(
        LoadSettings load, ServerGauge server, int perSecond, Duration measured, boolean closedLoop) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration IDLE = Duration.ofSeconds(2);

    /** @throws IOException when not all connections log in */
    public StratumReport run() throws IOException, InterruptedException {
        OptionalLong before = server.residentBytes();
        try (LoadGenerator generator = new LoadGenerator(load, PoolClock.SYSTEM)) {
            Arrival arrival = generator.arrive(PATIENCE);
            if (arrival.authorized() < load.connections()) {
                throw new IOException("only " + arrival.authorized() + " of " + load.connections()
                        + " connections were authorized in " + PATIENCE.toSeconds() + " s; "
                        + generator.trouble().orElse("no error was seen"));
            }
            TimeUnit.NANOSECONDS.sleep(IDLE.toNanos());
            OptionalLong idle = server.residentBytes();
            Duration warmUp = measured.dividedBy(2);
            Optional<Replies> closed = closedLoop
                    ? Optional.of(generator.closedLoop(warmUp, measured, server::cpuNanos))
                    : Optional.empty();
            Replies open = generator.openLoop(perSecond, warmUp, measured, server::cpuNanos);
            return new StratumReport(load.connections(), arrival, before, idle, closed, open, generator.fanOuts());
        }
    }
}
