package org.motepool.stratum;

import java.util.Map;

/**
 * Counts since start.
 *
 * @param rejected by reason, as metrics name them
 * @param blocksStale valid, but another came first
 * @param connections open now
 */
public record StratumSnapshot(
        long accepted,
        Map<String, Long> rejected,
        long blocksFound,
        long blocksAccepted,
        long blocksStale,
        long blocksRefused,
        int connections) {
    public StratumSnapshot {
        rejected = Map.copyOf(rejected);
    }
}
