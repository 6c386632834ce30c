package org.motepool.stratum.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.motepool.core.work.Level;
import org.motepool.stratum.guard.StratumLimits;
import org.motepool.stratum.job.LiveJob;

/**
 * The jobs that one connection got, each with the level it was sent with and the shares that came in for it. A job that
 * falls out takes its shares along: they cannot come again, since the job is then unknown. Owned by the event loop.
 */
final class JobRing {
    private final Deque<Entry> entries = new ArrayDeque<>();
    private int remembered;

    /** One job as this connection got it. */
    static final class Entry {
        private final LiveJob job;
        private final Level level;
        private final SeenShares shares = new SeenShares();

        Entry(LiveJob job, Level level) {
            this.job = job;
            this.level = level;
        }

        LiveJob job() {
            return job;
        }

        Level level() {
            return level;
        }
    }

    void add(LiveJob job, Level level) {
        if (!entries.isEmpty() && entries.getLast().job.tip() != job.tip()) {
            clear();
        }
        entries.addLast(new Entry(job, level));
        if (entries.size() > StratumLimits.JOBS_PER_SESSION_MAX) {
            dropOldest();
        }
    }

    /** The job of that number, or null when this connection never got it or it is too old. */
    @Nullable
    Entry find(long jobNumber) {
        Entry newest = entries.peekLast();
        if (newest != null && Integer.toUnsignedLong(newest.job.job().number()) == jobNumber) {
            return newest.job.expired() ? null : newest;
        }
        for (Iterator<Entry> newestFirst = entries.descendingIterator(); newestFirst.hasNext(); ) {
            Entry entry = newestFirst.next();
            if (Integer.toUnsignedLong(entry.job.job().number()) == jobNumber) {
                return entry.job.expired() ? null : entry;
            }
        }
        return null;
    }

    /** False for a duplicate. */
    boolean remember(Entry entry, int extranonce2, int ntime, int nonce, int version) {
        if (!entry.shares.add(extranonce2, ntime, nonce, version)) {
            return false;
        }
        // A job that has just made room takes its shares along, this one too.
        if (entries.contains(entry)) {
            remembered++;
        }
        return true;
    }

    /** Makes room for one more share; false when the newest job alone has filled all of it. */
    boolean makeRoom() {
        while (remembered >= StratumLimits.SHARES_REMEMBERED_MAX && entries.size() > 1) {
            dropOldest();
        }
        return remembered < StratumLimits.SHARES_REMEMBERED_MAX;
    }

    /** The share was not taken: it may come again. */
    void forget(Entry entry, int extranonce2, int ntime, int nonce, int version) {
        if (entry.shares.remove(extranonce2, ntime, nonce, version) && entries.contains(entry)) {
            remembered--;
        }
    }

    private void dropOldest() {
        remembered -= entries.removeFirst().shares.size();
    }

    void clear() {
        entries.clear();
        remembered = 0;
    }
}
