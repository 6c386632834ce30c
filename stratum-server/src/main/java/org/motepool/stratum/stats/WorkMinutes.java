package org.motepool.stratum.stats;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** One worker's accepted work by minutes of the pool's clock, until history takes them. Not thread-safe. */
final class WorkMinutes {
    static final long MILLIS = 60_000;

    /** Minutes that wait to be taken, which is done every minute; beyond it the newest two become one. */
    private static final int WAITING_MAX = 16;

    private final Deque<Minute> waiting = new ArrayDeque<>();
    private long minute;
    private long work;
    private long shares;

    void add(long epochMillis, long workUnits) {
        turn(epochMillis);
        work += workUnits;
        shares++;
    }

    /** @param connected without a share the minute is then a zero, else it is a gap */
    List<Minute> take(long epochMillis, boolean connected, boolean alsoOpen) {
        boolean over = minute != 0 && epochMillis / MILLIS > minute;
        if (connected && over && shares == 0) {
            push(new Minute(minute * MILLIS, 0, 0));
        }
        turn(epochMillis);
        if (alsoOpen && shares > 0) {
            close();
        }
        List<Minute> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }

    private void turn(long epochMillis) {
        long now = epochMillis / MILLIS;
        if (now == minute) {
            return;
        }
        if (shares > 0) {
            close();
        }
        minute = now;
    }

    private void close() {
        push(new Minute(minute * MILLIS, work, shares));
        work = 0;
        shares = 0;
    }

    private void push(Minute next) {
        Minute last = waiting.size() < WAITING_MAX ? null : waiting.pollLast();
        waiting.addLast(
                last == null ? next : new Minute(next.at(), last.work() + next.work(), last.shares() + next.shares()));
    }

    /** @param at its beginning, milliseconds since 1970 */
    record Minute(long at, long work, long shares) {}
}
