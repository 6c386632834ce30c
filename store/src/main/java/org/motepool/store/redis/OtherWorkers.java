package org.motepool.store.redis;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.motepool.core.account.AccountId;
import org.motepool.store.LiveStats.WorkerReport;

/**
 * The workers of this node for which their account has no line left, summed into one line named {@code others}. It
 * remembers the last report of each, for a node reports only those that changed. Thread-safe.
 */
final class OtherWorkers {
    static final String NAME = "others";

    /** Reports remembered, over all accounts; the one that is silent for longest goes first. */
    private static final int REMEMBERED_MAX = 20_000;

    private final Map<Place, WorkerReport> last = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, WorkerReport> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    /** Takes reports that found no room and returns the line of each account and node they are of, by its field. */
    synchronized Map<AccountId, Map<String, WorkerReport>> merged(Map<AccountId, Map<String, WorkerReport>> over) {
        over.forEach((account, reports) -> reports.forEach((field, report) -> {
            last.put(new Place(account, field), report);
        }));
        Map<AccountId, Map<String, WorkerReport>> lines = new HashMap<>();
        last.forEach((place, report) -> {
            if (over.containsKey(place.account())) {
                lines.computeIfAbsent(place.account(), account -> new HashMap<>())
                        .merge("+" + report.nodeId(), named(report), OtherWorkers::sum);
            }
        });
        return lines;
    }

    /** Drops those of {@code reported} that have a line of their own now: all that are not {@code over}. */
    synchronized void forget(
            Map<AccountId, Map<String, WorkerReport>> reported, Map<AccountId, Map<String, WorkerReport>> over) {
        if (last.isEmpty()) {
            return;
        }
        reported.forEach((account, reports) -> reports.keySet().forEach(field -> {
            if (!over.getOrDefault(account, Map.of()).containsKey(field)) {
                last.remove(new Place(account, field));
            }
        }));
    }

    private static WorkerReport named(WorkerReport report) {
        return sum(
                report,
                new WorkerReport(
                        report.account(),
                        report.address(),
                        NAME,
                        report.nodeId(),
                        List.of(),
                        0,
                        Map.of(),
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        report.firstSeen(),
                        report.lastSeen(),
                        report.lastShare()));
    }

    private static WorkerReport sum(WorkerReport a, WorkerReport b) {
        Map<String, Long> rejected = new HashMap<>(a.rejected());
        b.rejected().forEach((reason, count) -> rejected.merge(reason, count, Long::sum));
        return new WorkerReport(
                a.account(),
                a.address(),
                NAME,
                a.nodeId(),
                List.of(),
                a.accepted() + b.accepted(),
                rejected,
                a.acceptedWork() + b.acceptedWork(),
                a.windowShares() + b.windowShares(),
                a.windowWork() + b.windowWork(),
                Math.max(a.windowSeconds(), b.windowSeconds()),
                Math.max(a.best(), b.best()),
                Math.max(a.bestToday(), b.bestToday()),
                Math.min(a.firstSeen(), b.firstSeen()),
                Math.max(a.lastSeen(), b.lastSeen()),
                Math.max(a.lastShare(), b.lastShare()));
    }

    private record Place(AccountId account, String field) {}
}
