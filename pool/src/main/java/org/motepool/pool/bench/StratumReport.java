package org.motepool.pool.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.motepool.devices.load.Arrival;
import org.motepool.devices.load.FanOut;
import org.motepool.devices.load.Replies;

/**
 * What a bench of a pool came to.
 *
 * @param residentBefore the server's memory before anyone connected, in bytes
 * @param residentIdle with all connections, before any share
 * @param closed every connection sends when it is answered; empty where that was not asked for
 * @param open shares are due at a fixed rate
 * @param fanOuts of the tips that came meanwhile
 */
public record StratumReport(
        int connections,
        Arrival arrival,
        OptionalLong residentBefore,
        OptionalLong residentIdle,
        Optional<Replies> closed,
        Replies open,
        List<FanOut> fanOuts) {
    public StratumReport {
        fanOuts = List.copyOf(fanOuts);
    }

    /** Empty where the system does not tell. */
    public OptionalLong bytesPerIdleConnection() {
        return residentBefore.isPresent() && residentIdle.isPresent()
                ? OptionalLong.of((residentIdle.getAsLong() - residentBefore.getAsLong()) / connections)
                : OptionalLong.empty();
    }
}
