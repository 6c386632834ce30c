package org.motepool.stratum.stats;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.motepool.core.account.AccountId;
import org.motepool.core.account.WorkerName;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;
import org.motepool.core.time.PoolClock;
import org.motepool.core.work.Level;
import org.motepool.store.History;
import org.motepool.store.LiveStats;

/** All workers of this node and their sums. Thread-safe. */
public final class StatsBook {
    /** Named workers of one account; names are free, so the rest is counted together. */
    public static final int WORKERS_PER_ACCOUNT_MAX = 1000;

    /** Workers in all: above it new ones are counted together by account. */
    public static final int WORKERS_MAX = 500_000;

    /** The worker that stands for those beyond the bound. */
    public static final WorkerName OTHERS = new WorkerName("others");

    /** A worker that is gone is remembered so long; its store entries expire by themselves. */
    static final long FORGET_MILLIS = TimeUnit.HOURS.toMillis(1);

    /** Sums over all workers by family and class are made so often. */
    private static final long FAMILIES_SECONDS = 2;

    private final PoolClock clock;
    private final Map<AccountId, Map<String, WorkerStats>> accounts = new HashMap<>();
    private final ShareCounters node;
    private final long startedAt;
    private int workers;
    private List<LiveStats.FamilyReport> families = List.of();
    private long familiesAt = Long.MIN_VALUE;

    public StatsBook(PoolClock clock) {
        this.clock = clock;
        this.node = new ShareCounters(seconds());
        this.startedAt = clock.epochMillis();
    }

    private long seconds() {
        return TimeUnit.NANOSECONDS.toSeconds(clock.nanos());
    }

    private long today() {
        return day(clock.epochMillis());
    }

    /** Days since 1970, by UTC. */
    static long day(long epochMillis) {
        return TimeUnit.MILLISECONDS.toDays(epochMillis);
    }

    /** Opens a connection of a worker; {@link #closed} ends it. */
    public synchronized WorkerStats opened(PayoutAddress address, WorkerName name, WorkerStats.SessionView session) {
        Map<String, WorkerStats> ofAccount = accounts.computeIfAbsent(address.accountId(), id -> new HashMap<>());
        String wanted = name.value();
        boolean full = ofAccount.size() >= WORKERS_PER_ACCOUNT_MAX || workers >= WORKERS_MAX;
        String counted = full && !ofAccount.containsKey(wanted) ? OTHERS.value() : wanted;
        WorkerStats stats = ofAccount.get(counted);
        if (stats == null) {
            stats = new WorkerStats(address.accountId(), address.canonical(), counted, clock.epochMillis(), seconds());
            ofAccount.put(counted, stats);
            workers++;
        }
        stats.opened(session, clock.epochMillis());
        return stats;
    }

    public void closed(WorkerStats worker, WorkerStats.SessionView session) {
        worker.closed(session, clock.epochMillis());
    }

    /** @param difficulty that the share's hash reached */
    public void accepted(WorkerStats worker, Level level, double difficulty) {
        worker.accept(level, difficulty, seconds(), clock.epochMillis());
        node.accept(level, difficulty, seconds(), today());
    }

    public void rejected(WorkerStats worker, RejectReason reason) {
        worker.reject(reason, clock.epochMillis());
        node.reject(reason);
    }

    /** A refused share of nobody we know. */
    public void rejected(RejectReason reason) {
        node.reject(reason);
    }

    /**
     * Reports of workers that changed, of busy ones every few seconds; forgets those long gone. Asked by one thread.
     *
     * @param max so many reports at most, of those that have waited longest, besides the last ones of workers that are
     *     forgotten; the others' follow with the next calls
     */
    public List<LiveStats.WorkerReport> takeChanged(String nodeId, int max) {
        long now = seconds();
        List<WorkerStats> due = new ArrayList<>();
        List<WorkerStats> told = new ArrayList<>();
        sort(now, due, told);
        if (due.size() > max) {
            due.sort(Comparator.comparingLong(WorkerStats::toldSeconds));
            due = due.subList(0, max);
        }
        told.addAll(due);
        List<LiveStats.WorkerReport> reports = new ArrayList<>(told.size());
        for (WorkerStats worker : told) {
            worker.tell(now);
            reports.add(worker.report(nodeId, now, today()));
        }
        return reports;
    }

    /**
     * Finds whose report is due, and forgets workers.
     *
     * @param last takes those forgotten ones that still have to say that they have left
     */
    private synchronized void sort(long now, List<WorkerStats> due, List<WorkerStats> last) {
        long forgetBefore = clock.epochMillis() - FORGET_MILLIS;
        for (Map<String, WorkerStats> ofAccount : accounts.values()) {
            ofAccount.values().removeIf(worker -> {
                boolean gone = worker.idleSince(forgetBefore) || !worker.connected() && !worker.hasShares();
                if (worker.isDue(now) && !gone) {
                    due.add(worker);
                } else if (worker.isDue(now) && worker.wasTold()) {
                    last.add(worker);
                }
                workers -= gone ? 1 : 0;
                return gone;
            });
        }
        accounts.values().removeIf(Map::isEmpty);
    }

    /** The connected workers of the highest rates, the highest first. */
    public synchronized List<LiveStats.WorkerReport> strongest(String nodeId, int max) {
        record Rated(double rate, WorkerStats worker) {}
        long now = seconds();
        PriorityQueue<Rated> kept = new PriorityQueue<>(Comparator.comparingDouble(Rated::rate));
        for (Map<String, WorkerStats> ofAccount : accounts.values()) {
            for (WorkerStats worker : ofAccount.values()) {
                if (worker.connected()) {
                    ShareCounters.Totals totals = worker.totals(now, today());
                    kept.add(new Rated((double) totals.windowWork() / Math.max(1, totals.windowSeconds()), worker));
                    if (kept.size() > max) {
                        kept.remove();
                    }
                }
            }
        }
        return kept.stream()
                .sorted(Comparator.comparingDouble(Rated::rate).reversed())
                .map(rated -> rated.worker().report(nodeId, now, today()))
                .toList();
    }

    /** Their next reports go out again: the store did not take the last. */
    public synchronized void markChanged(List<LiveStats.WorkerReport> reports) {
        for (LiveStats.WorkerReport report : reports) {
            Map<String, WorkerStats> ofAccount = accounts.get(report.account());
            WorkerStats worker = ofAccount == null ? null : ofAccount.get(report.worker());
            if (worker != null) {
                worker.touch();
            }
        }
    }

    /** Connected devices by family and class; both sets are closed, so is the list. */
    private List<LiveStats.FamilyReport> families() {
        long now = seconds();
        if (familiesAt != Long.MIN_VALUE && now - familiesAt < FAMILIES_SECONDS) {
            return families;
        }
        familiesAt = now;
        Map<WorkerStats.Kind, FamilySum> sums = new HashMap<>();
        accounts.values()
                .forEach(ofAccount -> ofAccount
                        .values()
                        .forEach(worker -> worker.kind()
                                .ifPresent(kind -> sums.computeIfAbsent(kind, _ -> new FamilySum())
                                        .add(worker.totals(now, today())))));
        families = sums.entrySet().stream()
                .map(entry -> entry.getValue()
                        .report(entry.getKey().family(), entry.getKey().deviceClass()))
                .sorted(Comparator.comparing(LiveStats.FamilyReport::family)
                        .thenComparing(LiveStats.FamilyReport::deviceClass))
                .toList();
        return families;
    }

    public synchronized LiveStats.NodeReport node(String nodeId, int connections, String hashPath) {
        Set<AccountId> connectedAccounts = new HashSet<>();
        int connectedWorkers = 0;
        for (Map<String, WorkerStats> ofAccount : accounts.values()) {
            for (WorkerStats worker : ofAccount.values()) {
                if (worker.connected()) {
                    connectedWorkers++;
                    connectedAccounts.add(worker.account());
                }
            }
        }
        ShareCounters.Totals totals = node.totals(seconds(), today());
        return new LiveStats.NodeReport(
                nodeId,
                connections,
                connectedWorkers,
                connectedAccounts.size(),
                totals.accepted(),
                totals.rejected(),
                totals.windowShares(),
                totals.windowWork(),
                totals.windowSeconds(),
                totals.best(),
                totals.bestToday(),
                hashPath,
                startedAt,
                clock.epochMillis(),
                families());
    }

    /** The present minute of the pool's clock, counted from 1970. */
    long minute() {
        return clock.epochMillis() / WorkMinutes.MILLIS;
    }

    /**
     * What was accepted in the minutes since the last call: by worker, by account and in all.
     *
     * @param alsoOpen with the minute that is not over yet: the node closes
     */
    public synchronized List<History.Entry> takeMinutes(String nodeId, boolean alsoOpen) {
        Map<Place, WorkMinutes.Minute> sums = new LinkedHashMap<>();
        accounts.forEach((account, ofAccount) -> ofAccount.forEach((name, worker) -> {
            for (WorkMinutes.Minute minute : worker.takeMinutes(clock.epochMillis(), alsoOpen)) {
                add(sums, History.Subject.of(account, name), minute);
                add(sums, History.Subject.of(account), minute);
                add(sums, History.Subject.POOL, minute);
            }
        }));
        List<History.Entry> entries = new ArrayList<>(sums.size());
        sums.forEach((place, minute) -> entries.add(new History.Entry(
                place.subject(), entryId(nodeId, place.at()), place.at(), minute.work(), minute.shares())));
        return entries;
    }

    private static void add(Map<Place, WorkMinutes.Minute> sums, History.Subject subject, WorkMinutes.Minute minute) {
        sums.merge(
                new Place(subject, minute.at()),
                minute,
                (a, b) -> new WorkMinutes.Minute(a.at(), a.work() + b.work(), a.shares() + b.shares()));
    }

    /** The same node has at most one entry of a subject for a minute. */
    private static Bytes entryId(String nodeId, long at) {
        return Sha256.once(Bytes.copyOf((nodeId + '/' + at).getBytes(StandardCharsets.UTF_8)))
                .slice(0, History.Entry.ID_BYTES);
    }

    private record Place(History.Subject subject, long at) {}

    /** Accepted shares since start. */
    public long accepted() {
        return node.totals(seconds(), today()).accepted();
    }

    /** Refused shares since start, by label of {@link RejectReason}. */
    public Map<String, Long> rejected() {
        return node.totals(seconds(), today()).rejected();
    }
}
