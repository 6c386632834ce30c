package org.motepool.stratum;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.motepool.core.address.Network;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.work.Level;
import org.motepool.stratum.guard.StratumLimits;
import org.motepool.stratum.tls.CertificateFiles;

/**
 * How one node serves devices.
 *
 * @param listeners where devices connect; the first one is the pool's main port
 * @param certificate empty: no TLS
 * @param webSocketOrigins pages that may mine by WebSocket; empty: of any site
 * @param network whose addresses may mine
 * @param payeeScript output script that the coinbase pays
 * @param poolTag stands in the coinbase, for people
 * @param feeBasisPoints 0 … 10000, noted in BLOCK records
 * @param shareInterval aimed at between two shares of a device
 * @param fixedLevel every connection's level, whatever it is and asks; empty for vardiff
 * @param nodeId names this process in live statistics
 * @param eventLoops threads that serve connections; 0 for one a core
 */
public record StratumSettings(
        List<ListenerSettings> listeners,
        Optional<CertificateFiles> certificate,
        List<String> webSocketOrigins,
        Network network,
        Bytes payeeScript,
        String poolTag,
        int feeBasisPoints,
        Duration shareInterval,
        Optional<Level> fixedLevel,
        String nodeId,
        int eventLoops,
        StratumLimits limits) {
    public static final int EVENT_LOOPS_MAX = 256;
    /** Each is a metric label. */
    public static final int LISTENERS_MAX = 16;

    public StratumSettings {
        listeners = List.copyOf(listeners);
        webSocketOrigins = List.copyOf(webSocketOrigins);
        require(
                !listeners.isEmpty() && listeners.size() <= LISTENERS_MAX,
                "a node has 1 to " + LISTENERS_MAX + " listeners, not " + listeners.size());
        require(
                listeners.stream().map(one -> one.profile().name()).distinct().count() == listeners.size(),
                "two listeners have one name");
        require(
                feeBasisPoints >= 0 && feeBasisPoints <= 10_000,
                "fee is 0 to 10000 basis points, not " + feeBasisPoints);
        require(
                shareInterval.compareTo(Duration.ofMillis(100)) >= 0
                        && shareInterval.compareTo(Duration.ofMinutes(10)) <= 0,
                "shareInterval is 0.1 s to 10 min, not " + shareInterval);
        require(eventLoops >= 0 && eventLoops <= EVENT_LOOPS_MAX, "eventLoops is 0 to 256, not " + eventLoops);
        require(
                certificate.isPresent() || listeners.stream().noneMatch(ListenerSettings::tlsOnly),
                "a listener for TLS alone needs a certificate");
        require(!nodeId.isEmpty(), "nodeId is empty");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
