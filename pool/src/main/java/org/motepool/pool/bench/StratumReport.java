package org.motepool.pool.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.motepool.devices.load.Arrival;
import org.motepool.devices.load.FanOut;
import org.motepool.devices.load.Replies;
import org.motepool.devices.load.Traffic;

/**
 * What a bench of a pool came to.
 *
 * @param startNanos from the start of the pool's process until a connection had its first job; of a pool that was started for
 *     this alone
 * @param arrivals all connections at once, each time
 * @param residentBefore the server's memory before anyone connected, in bytes
 * @param residentIdle with all connections, before any share
 * @param opening shares from the moment that all were there, at a fixed rate and with nothing warm
 * @param tips made on demand
 * @param traffic of connections that send a share now and then
 * @param closed every connection sends when it is answered; empty where that was not asked for
 * @param open shares are due at a fixed rate; likewise
 * @param http what was asked of the API beside that
 * @param fanOuts of the tips that came by themselves meanwhile
 */
public record StratumReport(
        int connections,
        OptionalLong startNanos,
        List<Arrival> arrivals,
        OptionalLong residentBefore,
        OptionalLong residentIdle,
        Optional<Replies> opening,
        List<TipTimes> tips,
        Optional<Traffic> traffic,
        Optional<Replies> closed,
        Optional<Replies> open,
        Optional<HttpReplies> http,
        List<FanOut> fanOuts) {
    public StratumReport {
        arrivals = List.copyOf(arrivals);
        tips = List.copyOf(tips);
        fanOuts = List.copyOf(fanOuts);
    }

    /** With that. */
    public StratumReport started(long nanos) {
        return new StratumReport(
                connections,
                OptionalLong.of(nanos),
                arrivals,
                residentBefore,
                residentIdle,
                opening,
                tips,
                traffic,
                closed,
                open,
                http,
                fanOuts);
    }

    /** Empty where the system does not tell. */
    public OptionalLong bytesPerIdleConnection() {
        return residentBefore.isPresent() && residentIdle.isPresent()
                ? OptionalLong.of((residentIdle.getAsLong() - residentBefore.getAsLong()) / connections)
                : OptionalLong.empty();
    }
}
