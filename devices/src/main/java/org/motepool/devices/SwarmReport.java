package org.motepool.devices;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the devices fared so far, counted by the replies as they stood on the wire.
 *
 * @param byGroup in the order in which the swarm names its groups
 */
public record SwarmReport(Map<String, Counts> byGroup, Counts total) {
    public SwarmReport {
        byGroup = Collections.unmodifiableMap(new LinkedHashMap<>(byGroup));
    }

    /**
     * @param connected devices with a link right now
     * @param mining devices that search a job right now
     * @param withAcceptedShare devices that ever had a share accepted
     * @param late devices whose first share came later, or has been waited for longer, than 30 s or than five shares of
     *     level 16 take at their rate, whichever is more
     * @param submitted shares sent: accepted + rejected + own duplicates + unanswered + outstanding
     * @param rejectedByReason reason is code and text of the error, as {@code "21 Job not found"}
     * @param ownDuplicates shares that the firmware sent twice by its own fault and the pool refused as duplicates
     * @param unanswered shares whose link was lost before a reply came
     * @param outstanding shares that wait for a reply
     * @param reconnects links made after a device's first
     * @param unexpectedDisconnects links that ended although the pool had not asked for it, on whichever side
     * @param notifies jobs received
     * @param notifiesOverBudget of them those that would not fit every board of the kind
     * @param bytesDown what the pool sent, TCP payload
     * @param bytesUp what the devices sent, TCP payload
     * @param linkedSeconds the time that links were up, of all devices together
     * @param firstShareMillis from a device's first dialling to its first accepted share, or how long it has waited for
     *     one; sorted, one for each device
     * @param realHashes done by all
     * @param nominalHashesPerSecond of all
     */
    public record Counts(
            int devices,
            int connected,
            int mining,
            int withAcceptedShare,
            int late,
            long submitted,
            long accepted,
            Map<String, Long> rejectedByReason,
            long ownDuplicates,
            long unanswered,
            long outstanding,
            long reconnects,
            long unexpectedDisconnects,
            long notifies,
            long notifiesOverBudget,
            long bytesDown,
            long bytesUp,
            double linkedSeconds,
            List<Long> firstShareMillis,
            long realHashes,
            double nominalHashesPerSecond) {
        private static final double SECONDS_PER_HOUR = 3_600;

        public Counts {
            rejectedByReason = Map.copyOf(rejectedByReason);
            firstShareMillis = List.copyOf(firstShareMillis);
        }

        public long rejected() {
            return rejectedByReason.values().stream().mapToLong(Long::longValue).sum();
        }

        /** The time within which this part of the devices, 0 … 1, had its first share; nearest rank. */
        public double firstShareSeconds(double part) {
            if (firstShareMillis.isEmpty()) {
                return 0;
            }
            int rank = (int) Math.ceil(part * firstShareMillis.size());
            return firstShareMillis.get(Math.clamp(rank - 1, 0, firstShareMillis.size() - 1)) / 1_000.0;
        }

        public long bytesDownPerDeviceHour() {
            return perDeviceHour(bytesDown);
        }

        public long bytesUpPerDeviceHour() {
            return perDeviceHour(bytesUp);
        }

        private long perDeviceHour(long bytes) {
            return linkedSeconds > 0 ? Math.round(bytes / linkedSeconds * SECONDS_PER_HOUR) : 0;
        }
    }
}
