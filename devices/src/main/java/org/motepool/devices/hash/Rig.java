package org.motepool.devices.hash;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.motepool.core.work.PowShift;

/**
 * The hashing chip of one twin. The connection's thread tells it what to search and what to report; one hashing thread
 * gives it time, and it spends that at its nominal rate / 2^S.
 */
public final class Rig {
    private final double hashesPerSecond;
    private final PowShift shift;
    private final long hashesPerReport;
    private final Consumer<FoundShare> listener;
    private final AtomicLong hashes = new AtomicLong();
    private final byte[] hash = new byte[32];

    private volatile @Nullable Search search;
    private volatile boolean paused;
    private volatile ShareFilter filter = ShareFilter.nothing();

    // Of the hashing thread only.
    private double credit;
    private long inReport;
    private double bestDifficulty;
    private @Nullable FoundShare best;

    /**
     * @param nominalHashesPerSecond of the real board
     * @param nominalHashesPerReport it reports the best share of so many hashes; 1 for boards that report each
     * @param credit 0 … 1, part of the first hash already done, so that many slow twins do not hash in step
     * @param listener is called on the hashing thread and must not block
     */
    public Rig(
            double nominalHashesPerSecond,
            long nominalHashesPerReport,
            PowShift shift,
            double credit,
            Consumer<FoundShare> listener) {
        this.hashesPerSecond = Math.scalb(nominalHashesPerSecond, -shift.bits());
        this.hashesPerReport = Math.max(1, nominalHashesPerReport >> shift.bits());
        this.shift = shift;
        this.credit = credit;
        this.listener = listener;
    }

    /** Replaces what is searched. */
    public void search(Search next) {
        search = next;
    }

    public void idle() {
        search = null;
    }

    public boolean isSearching() {
        return search != null;
    }

    /** Stops the chip without taking its work away, or lets it go on. */
    public void pause(boolean stopped) {
        paused = stopped;
    }

    /** Acts at once, also on the running search. */
    public void filter(ShareFilter next) {
        filter = next;
    }

    /** Real hashes done so far. */
    public long hashes() {
        return hashes.get();
    }

    /** Real hashes per second. */
    public double hashesPerSecond() {
        return hashesPerSecond;
    }

    /** Spends so much time; without a search it is lost. */
    void spend(double seconds, MessageDigest digest) throws DigestException {
        Search current = search;
        if (current == null || paused) {
            best = null;
            return;
        }
        credit += seconds * hashesPerSecond;
        long due = (long) credit;
        credit -= due;
        for (long i = 0; i < due; i++) {
            current.next(digest, hash);
            if (filter.reports(hash, shift)) {
                keepBest(current);
            }
            if (++inReport >= hashesPerReport) {
                report();
            }
        }
        hashes.addAndGet(due);
    }

    private void keepBest(Search current) {
        double difficulty = ShareFilter.difficultyOf(hash, shift);
        if (best == null || difficulty > bestDifficulty) {
            bestDifficulty = difficulty;
            best = current.found();
        }
    }

    private void report() {
        inReport = 0;
        FoundShare found = best;
        best = null;
        if (found != null) {
            listener.accept(found);
        }
    }
}
