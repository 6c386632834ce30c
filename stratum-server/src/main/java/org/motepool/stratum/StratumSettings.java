package org.motepool.stratum;

import java.time.Duration;
import java.util.Optional;
import org.motepool.core.account.Scheme;
import org.motepool.core.address.Network;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.work.Level;
import org.motepool.stratum.guard.StratumLimits;

/**
 * How one node serves devices.
 *
 * @param bindHost address to listen on
 * @param port 0 takes any free one
 * @param network whose addresses may mine
 * @param payeeScript output script that the coinbase pays
 * @param poolTag stands in the coinbase, for people
 * @param feeBasisPoints 0 … 10000, noted in BLOCK records
 * @param scheme how work on this listener is rewarded
 * @param shareInterval aimed at between two shares of a device
 * @param fixedLevel every connection's level, whatever it is and asks; empty for vardiff
 * @param nodeId names this process in live statistics
 * @param eventLoops threads that serve connections; 0 for one a core
 */
public record StratumSettings(
        String bindHost,
        int port,
        Network network,
        Bytes payeeScript,
        String poolTag,
        int feeBasisPoints,
        Scheme scheme,
        Duration shareInterval,
        Optional<Level> fixedLevel,
        String nodeId,
        int eventLoops,
        StratumLimits limits) {
    public static final int EVENT_LOOPS_MAX = 256;

    public StratumSettings {
        require(port >= 0 && port <= 65_535, "port is 0 to 65535, not " + port);
        require(
                feeBasisPoints >= 0 && feeBasisPoints <= 10_000,
                "fee is 0 to 10000 basis points, not " + feeBasisPoints);
        require(
                shareInterval.compareTo(Duration.ofMillis(100)) >= 0
                        && shareInterval.compareTo(Duration.ofMinutes(10)) <= 0,
                "shareInterval is 0.1 s to 10 min, not " + shareInterval);
        require(eventLoops >= 0 && eventLoops <= EVENT_LOOPS_MAX, "eventLoops is 0 to 256, not " + eventLoops);
        require(!nodeId.isEmpty(), "nodeId is empty");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
