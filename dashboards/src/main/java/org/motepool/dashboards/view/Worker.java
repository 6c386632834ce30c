package org.motepool.dashboards.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.motepool.core.work.Level;
import org.motepool.dashboards.format.Quantities;
import org.motepool.store.LiveStats.SessionReport;
import org.motepool.store.LiveStats.WorkerReport;

/**
 * One worker over all nodes where it mines.
 *
 * @param sessions open connections, newest first
 * @param rejected by reason, in order of the reason
 * @param acceptedWork work units
 * @param hashRate hashes a second, a statistic; 0 while offline
 * @param windowShares shares behind it
 * @param bestToday highest difficulty of a share of this day, by UTC; 0 without one
 * @param state verdict at the moment of reading
 */
public record Worker(
        String name,
        List<SessionReport> sessions,
        long accepted,
        long acceptedWork,
        Map<String, Long> rejected,
        double hashRate,
        long windowShares,
        double best,
        double bestToday,
        long firstSeen,
        long lastSeen,
        long lastShare,
        WorkerState state) {
    private static final double HASHES_PER_WORK_UNIT = 65_536;
    private static final double MILLIS_PER_SECOND = 1_000;

    public Worker {
        sessions = List.copyOf(sessions);
        rejected = Collections.unmodifiableMap(new TreeMap<>(rejected));
    }

    public boolean online() {
        return !sessions.isEmpty();
    }

    /** What its newest connection calls itself; empty while offline or nameless. */
    public String userAgent() {
        return sessions.isEmpty() ? "" : sessions.getFirst().userAgent();
    }

    /** Seconds that its next share takes on average; empty while its rate is unknown. */
    public OptionalDouble secondsPerShare() {
        if (sessions.isEmpty() || hashRate <= 0 || windowShares < Quantities.SHARES_FOR_A_RATE_MIN) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                Math.scalb(1.0, Level.clamped(sessions.getFirst().level()).value()) / hashRate);
    }

    public long rejectedInAll() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Level of its newest connection; empty while offline. */
    public OptionalInt level() {
        return sessions.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(sessions.getFirst().level());
    }

    /** Reports of one account, merged by worker name: online ones first, then by hash rate, then by name. */
    static List<Worker> merged(List<WorkerReport> reports, long now) {
        Map<String, List<WorkerReport>> byName = new TreeMap<>();
        for (WorkerReport report : reports) {
            byName.computeIfAbsent(report.worker(), name -> new ArrayList<>()).add(report);
        }
        return byName.entrySet().stream()
                .map(entry -> one(entry.getKey(), entry.getValue(), now))
                .sorted(Comparator.comparing(Worker::online)
                        .thenComparingDouble(Worker::hashRate)
                        .reversed()
                        .thenComparing(Worker::name))
                .toList();
    }

    private static Worker one(String name, List<WorkerReport> reports, long now) {
        List<SessionReport> sessions = reports.stream()
                .flatMap(report -> report.sessions().stream())
                .sorted(Comparator.comparingLong(SessionReport::connectedAt).reversed())
                .toList();
        Map<String, Long> rejected = new TreeMap<>();
        reports.forEach(report -> report.rejected().forEach((reason, n) -> rejected.merge(reason, n, Long::sum)));
        long lastShare =
                reports.stream().mapToLong(WorkerReport::lastShare).max().orElse(0);
        boolean online = !sessions.isEmpty();
        return new Worker(
                name,
                sessions,
                reports.stream().mapToLong(WorkerReport::accepted).sum(),
                reports.stream().mapToLong(WorkerReport::acceptedWork).sum(),
                rejected,
                online ? reports.stream().mapToDouble(WorkerReport::hashRate).sum() : 0,
                online ? sharesOf(reports) : 0,
                reports.stream().mapToDouble(WorkerReport::best).max().orElse(0),
                bestToday(reports, now),
                reports.stream().mapToLong(WorkerReport::firstSeen).min().orElse(0),
                reports.stream().mapToLong(WorkerReport::lastSeen).max().orElse(0),
                lastShare,
                state(reports, sessions, lastShare, now));
    }

    private static long sharesOf(List<WorkerReport> reports) {
        Band band = new Band();
        reports.forEach(report -> band.add(report.hashRate(), report.windowShares()));
        return band.shares();
    }

    /** A report is from when it last changed: what was a day's best may be of yesterday. */
    private static double bestToday(List<WorkerReport> reports, long now) {
        long today = TimeUnit.MILLISECONDS.toDays(now);
        return reports.stream()
                .filter(report -> TimeUnit.MILLISECONDS.toDays(report.lastShare()) == today)
                .mapToDouble(WorkerReport::bestToday)
                .max()
                .orElse(0);
    }

    private static WorkerState state(
            List<WorkerReport> reports, List<SessionReport> sessions, long lastShare, long now) {
        if (sessions.isEmpty()) {
            return WorkerState.OFFLINE;
        }
        if (lastShare == 0) {
            return WorkerState.STARTING;
        }
        // A connection that was made after the last share starts the wait anew.
        long quietSince = Math.max(lastShare, sessions.getFirst().connectedAt());
        double silence = Math.max(0, now - quietSince) / MILLIS_PER_SECOND;
        double rate = reports.stream()
                .mapToDouble(report -> rateWhileSharing(report, silence, now))
                .sum();
        double hashesPerShare =
                Math.scalb(1.0, Level.clamped(sessions.getFirst().level()).value());
        return WorkerState.afterSilence(silence, silence * rate / hashesPerShare);
    }

    /**
     * Hashes a second while shares still came: the silence itself must not slow the rate by which it is judged. With few
     * shares in the window, the rate since the worker was first seen.
     */
    private static double rateWhileSharing(WorkerReport report, double silence, long now) {
        if (report.windowShares() >= Quantities.SHARES_FOR_A_RATE_MIN) {
            double seconds = Math.max(1, report.windowSeconds() - silence);
            return (double) report.windowWork() * HASHES_PER_WORK_UNIT / seconds;
        }
        long until = report.accepted() >= Quantities.SHARES_FOR_A_RATE_MIN ? report.lastShare() : now;
        double seconds = Math.max(1, (until - report.firstSeen()) / MILLIS_PER_SECOND);
        return (double) report.acceptedWork() * HASHES_PER_WORK_UNIT / seconds;
    }
}
