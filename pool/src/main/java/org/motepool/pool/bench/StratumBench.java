package org.motepool.pool.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.motepool.core.time.PoolClock;
import org.motepool.devices.load.Arrival;
import org.motepool.devices.load.FanOut;
import org.motepool.devices.load.LoadGenerator;
import org.motepool.devices.load.LoadSettings;
import org.motepool.devices.load.Rehearsal;
import org.motepool.devices.load.Replies;
import org.motepool.devices.load.Traffic;

/**
 * Loads a pool and measures it: all connections at once, then none doing anything, then what the plan says. Stateless.
 *
 * @param server whose processor time and memory are told
 */
public record StratumBench(LoadSettings load, ServerGauge server, StratumPlan plan) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final Duration BETWEEN_STORMS = Duration.ofSeconds(1);
    private static final Duration OPENING = Duration.ofSeconds(10);
    private static final Duration TIP_PATIENCE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_TIPS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_SHARES = Duration.ofSeconds(10);

    /** @throws IOException when not all connections log in */
    public StratumReport run() throws IOException, InterruptedException {
        rehearse();
        OptionalLong before = server.residentBytes();
        List<Arrival> arrivals = new ArrayList<>();
        while (arrivals.size() < plan.storms() - 1) {
            arrivals.add(storm(load));
            TimeUnit.NANOSECONDS.sleep(BETWEEN_STORMS.toNanos());
        }
        try (LoadGenerator generator = new LoadGenerator(load, PoolClock.SYSTEM)) {
            arrivals.add(arrive(generator));
            Optional<Replies> opening = plan.opening()
                    ? Optional.of(generator.openLoop(plan.perSecond(), Duration.ZERO, OPENING, server))
                    : Optional.empty();
            TimeUnit.NANOSECONDS.sleep(IDLE.toNanos());
            OptionalLong idle = server.residentBytes();
            List<TipTimes> tips = tips(generator);
            Optional<Traffic> traffic = plan.traffic().isZero()
                    ? Optional.empty()
                    : Optional.of(generator.traffic(BETWEEN_SHARES, plan.traffic()));
            Optional<Replies> closed = plan.closedLoop()
                    ? Optional.of(generator.closedLoop(plan.warmUp(), plan.measured(), server))
                    : Optional.empty();
            Optional<HttpLoad.Running> http =
                    plan.http().isPresent() ? Optional.of(plan.http().get().start(PoolClock.SYSTEM)) : Optional.empty();
            Optional<Replies> open = plan.openLoop()
                    ? Optional.of(generator.openLoop(plan.perSecond(), plan.warmUp(), plan.measured(), server))
                    : Optional.empty();
            Optional<HttpReplies> asked =
                    http.isPresent() ? Optional.of(http.get().stop()) : Optional.empty();
            return new StratumReport(
                    load.connections(),
                    OptionalLong.empty(),
                    arrivals,
                    before,
                    idle,
                    opening,
                    tips,
                    traffic,
                    closed,
                    open,
                    asked,
                    plan.tipSource().isPresent() ? List.of() : generator.fanOuts());
        }
    }

    private void rehearse() throws IOException, InterruptedException {
        if (plan.rehearsals() > 0) {
            try (Rehearsal standIn = new Rehearsal()) {
                for (int i = 0; i < plan.rehearsals(); i++) {
                    storm(load.to(standIn.port()));
                }
            }
        }
    }

    /** All come at once, and leave when all are there. */
    private Arrival storm(LoadSettings settings) throws IOException, InterruptedException {
        try (LoadGenerator generator = new LoadGenerator(settings, PoolClock.SYSTEM)) {
            return arrive(generator);
        }
    }

    private Arrival arrive(LoadGenerator generator) throws IOException, InterruptedException {
        Arrival arrival = generator.arrive(PATIENCE);
        if (arrival.authorized() < load.connections()) {
            throw new IOException("only " + arrival.authorized() + " of " + load.connections()
                    + " connections were authorized in " + PATIENCE.toSeconds() + " s; "
                    + generator.trouble().orElse("no error was seen"));
        }
        return arrival;
    }

    private List<TipTimes> tips(LoadGenerator generator) throws IOException, InterruptedException {
        List<TipTimes> times = new ArrayList<>();
        if (plan.tipSource().isEmpty()) {
            return times;
        }
        for (int i = -plan.warmTips(); i < plan.tips(); i++) {
            int before = generator.fanOuts().size();
            long known = plan.tipSource().get().next();
            FanOut heard = generator
                    .fanOut(before, TIP_PATIENCE)
                    .orElseThrow(() -> new IOException("a new tip did not reach all connections in "
                            + TIP_PATIENCE.toSeconds() + " s; does the pool mine on that node?"));
            if (i >= 0) {
                times.add(new TipTimes(heard.nanos(), heard.lastAt() - known));
            }
            TimeUnit.NANOSECONDS.sleep(BETWEEN_TIPS.toNanos());
        }
        return times;
    }
}
