package org.motepool.devices;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up the tallies of many devices. */
final class Census {
    private static final double LATE_SECONDS = 30;
    /** Hashes of five shares of the lowest level: less than one in a hundred boards needs more for its first. */
    private static final double LATE_HASHES = 5 * 65_536.0;

    private int connected;
    private int mining;
    private int withShare;
    private int late;
    private long submitted;
    private long accepted;
    private final Map<String, Long> reasons = new HashMap<>();
    private long ownDuplicates;
    private long unanswered;
    private long reconnects;
    private long lost;
    private long notifies;
    private long overBudget;
    private long bytesDown;
    private long bytesUp;
    private double linkedSeconds;
    private final List<Long> firstShare = new ArrayList<>();
    private long hashes;
    private double rate;

    private Census() {}

    /** @param now of the devices' clock */
    static SwarmReport.Counts of(Collection<Device> devices, long now) {
        Census census = new Census();
        devices.forEach(device -> census.add(device, now));
        Collections.sort(census.firstShare);
        return census.counts(devices.size());
    }

    private void add(Device device, long now) {
        Tally tally = device.tally();
        connected += tally.isConnected() ? 1 : 0;
        mining += tally.isConnected() && device.rig().isSearching() ? 1 : 0;
        withShare += tally.hasShare() ? 1 : 0;
        long first = tally.firstShareMillis(now);
        firstShare.add(first);
        late += first / 1_000.0 > Math.max(LATE_SECONDS, LATE_HASHES / device.nominalHashesPerSecond()) ? 1 : 0;
        accepted += tally.accepted.get();
        tally.rejected.forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
        ownDuplicates += tally.ownDuplicates.get();
        unanswered += tally.unanswered.get();
        // Behind the replies: so no share seems answered before it was sent.
        submitted += tally.submitted.get();
        reconnects += Math.max(0, tally.links.get() - 1);
        lost += tally.lost.get();
        notifies += tally.notifies.get();
        overBudget += tally.overBudget.get();
        bytesDown += tally.bytesDown.get();
        bytesUp += tally.bytesUp.get();
        linkedSeconds += tally.linkedNanos(now) / 1e9;
        hashes += device.realHashes();
        rate += device.nominalHashesPerSecond();
    }

    private SwarmReport.Counts counts(int devices) {
        long rejected = reasons.values().stream().mapToLong(Long::longValue).sum();
        return new SwarmReport.Counts(
                devices,
                connected,
                mining,
                withShare,
                late,
                submitted,
                accepted,
                reasons,
                ownDuplicates,
                unanswered,
                submitted - accepted - rejected - ownDuplicates - unanswered,
                reconnects,
                lost,
                notifies,
                overBudget,
                bytesDown,
                bytesUp,
                linkedSeconds,
                firstShare,
                hashes,
                rate);
    }
}
