package org.motepool.stratum.stats;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.motepool.core.account.AccountId;
import org.motepool.core.work.Level;
import org.motepool.store.LiveStats;
import org.motepool.stratum.v1.UserAgent;
import org.motepool.stratum.vardiff.Device;
import org.motepool.stratum.vardiff.DeviceTable;

/** What one worker did on this node, and its open connections. Thread-safe. */
public final class WorkerStats {
    /** Connections of one worker that its report lists; more are counted by the node alone. */
    static final int SESSIONS_LISTED_MAX = 32;

    /** One share after the other is told together: a busy worker's report goes out so often. */
    static final long SHARES_TOLD_SECONDS = 3;

    /** Earlier than any time, and not so early that the time since would not fit. */
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final AccountId account;
    private final String address;
    private final String worker;
    private final long firstSeen;
    private final ShareCounters counters;
    private final AtomicBoolean changed = new AtomicBoolean(true);
    private final AtomicBoolean sharesUntold = new AtomicBoolean();
    private long toldSeconds = NEVER;
    private final Deque<SessionView> sessions = new ArrayDeque<>();
    private final WorkMinutes minutes = new WorkMinutes();
    private int open;
    private long lastSeen;
    private long lastShare;

    WorkerStats(AccountId account, String address, String worker, long epochMillis, long nowSeconds) {
        this.account = account;
        this.address = address;
        this.worker = worker;
        this.firstSeen = epochMillis;
        this.lastSeen = epochMillis;
        this.counters = new ShareCounters(nowSeconds);
    }

    /** What a report asks of a connection; may be asked from any thread. */
    @FunctionalInterface
    public interface SessionView {
        LiveStats.SessionReport report();
    }

    synchronized void opened(SessionView session, long epochMillis) {
        open++;
        lastSeen = epochMillis;
        if (sessions.size() < SESSIONS_LISTED_MAX) {
            sessions.addFirst(session);
        }
        touch();
    }

    synchronized void closed(SessionView session, long epochMillis) {
        open--;
        lastSeen = epochMillis;
        sessions.remove(session);
        touch();
    }

    /** Its next report goes out at once: something that it shows is new. */
    public void touch() {
        changed.set(true);
    }

    synchronized void accept(Level level, double difficulty, long nowSeconds, long epochMillis) {
        counters.accept(level, difficulty, nowSeconds, StatsBook.day(epochMillis));
        minutes.add(epochMillis, level.workUnits());
        lastSeen = epochMillis;
        if (lastShare == 0) {
            touch();
        }
        lastShare = epochMillis;
        sharesUntold.set(true);
    }

    synchronized void reject(RejectReason reason, long epochMillis) {
        counters.reject(reason);
        lastSeen = epochMillis;
        sharesUntold.set(true);
    }

    /** Minutes that are over, with {@code alsoOpen} also the one that is not: oldest first, each once. */
    synchronized List<WorkMinutes.Minute> takeMinutes(long epochMillis, boolean alsoOpen) {
        return minutes.take(epochMillis, open > 0, alsoOpen);
    }

    /**
     * What its newest connection is.
     *
     * @param family by what it calls itself
     * @param deviceClass that it is served as
     */
    record Kind(String family, String deviceClass) {}

    /** Empty while no connection is open. */
    synchronized Optional<Kind> kind() {
        if (sessions.isEmpty()) {
            return Optional.empty();
        }
        LiveStats.SessionReport newest = sessions.getFirst().report();
        Device named = DeviceTable.of(UserAgent.ofWire(newest.userAgent()));
        return Optional.of(new Kind(named.family(), newest.deviceClass()));
    }

    ShareCounters.Totals totals(long nowSeconds, long day) {
        return counters.totals(nowSeconds, day);
    }

    /** Whether its report is due. This and what follows of reports is asked by one thread. */
    boolean isDue(long nowSeconds) {
        return changed.get() || sharesUntold.get() && nowSeconds - toldSeconds >= SHARES_TOLD_SECONDS;
    }

    /** Its report goes out now; what happens from now on is for the next. */
    void tell(long nowSeconds) {
        changed.set(false);
        sharesUntold.set(false);
        toldSeconds = nowSeconds;
    }

    /** When the last report went out; long ago before the first. */
    long toldSeconds() {
        return toldSeconds;
    }

    boolean wasTold() {
        return toldSeconds != NEVER;
    }

    synchronized boolean idleSince(long epochMillis) {
        return open == 0 && lastSeen < epochMillis;
    }

    synchronized boolean connected() {
        return open > 0;
    }

    synchronized boolean hasShares() {
        return lastShare != 0;
    }

    AccountId account() {
        return account;
    }

    /** Under which name it is counted. */
    public String worker() {
        return worker;
    }

    synchronized LiveStats.WorkerReport report(String nodeId, long nowSeconds, long day) {
        ShareCounters.Totals totals = counters.totals(nowSeconds, day);
        List<LiveStats.SessionReport> views =
                sessions.stream().map(SessionView::report).toList();
        return new LiveStats.WorkerReport(
                account,
                address,
                worker,
                nodeId,
                views,
                totals.accepted(),
                totals.rejected(),
                totals.acceptedWork(),
                totals.windowShares(),
                totals.windowWork(),
                totals.windowSeconds(),
                totals.best(),
                totals.bestToday(),
                firstSeen,
                lastSeen,
                lastShare);
    }
}
