package org.motepool.devices;

import java.util.List;
import java.util.Map;

/**
 * How the devices fared so far, counted by the replies as they stood on the wire.
 *
 * @param byKind only kinds that the swarm has
 */
public record SwarmReport(Map<TwinKind, Counts> byKind, Counts total) {
    public SwarmReport {
        byKind = Map.copyOf(byKind);
    }

    /**
     * @param connected devices with a link right now
     * @param withAcceptedShare devices that ever had a share accepted
     * @param submitted shares sent: accepted + rejected + unanswered + outstanding
     * @param rejectedByReason reason is code and text of the error, as {@code "21 Job not found"}
     * @param unanswered shares whose link was lost before a reply came
     * @param outstanding shares that wait for a reply
     * @param reconnects links made after a device's first
     * @param firstShareMillis from a device's first dialling to its first accepted share, sorted; one for each that has
     * @param realHashes done by all
     * @param nominalHashesPerSecond of all
     */
    public record Counts(
            int devices,
            int connected,
            int withAcceptedShare,
            long submitted,
            long accepted,
            Map<String, Long> rejectedByReason,
            long unanswered,
            long outstanding,
            long reconnects,
            List<Long> firstShareMillis,
            long realHashes,
            double nominalHashesPerSecond) {
        public Counts {
            rejectedByReason = Map.copyOf(rejectedByReason);
            firstShareMillis = List.copyOf(firstShareMillis);
        }

        public long rejected() {
            return rejectedByReason.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
