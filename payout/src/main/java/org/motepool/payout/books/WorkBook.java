package org.motepool.payout.books;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.motepool.core.account.Scheme;
import org.motepool.core.work.Nbits;
import org.motepool.payout.journal.JournalRecord.SliceSealed;
import org.motepool.payout.journal.JournalRecord.SlicesFolded;
import org.motepool.payout.journal.SliceCell;
import org.motepool.payout.scheme.Pplns;
import org.motepool.payout.scheme.SliceWork;

/** The work of the sealed slices: sums of all, the newest slices and the running hour. Not thread-safe: the accountant's. */
public final class WorkBook {
    /** Network targets remembered, to tell a new one from late work of an old one. */
    private static final int NBITS_KEPT_MAX = 16;

    private final Set<Nbits> recentNbits = new LinkedHashSet<>();
    private final HourBook hour = new HourBook();
    private final SliceWindow window;
    private long slices;
    private long shares;
    private BigInteger workUnits = BigInteger.ZERO;

    /** @param windowBlocks expected blocks that the PPLNS window holds */
    WorkBook(int windowBlocks) {
        window = new SliceWindow(Pplns.ofBlocks(windowBlocks).windowScore());
    }

    /** Throws IllegalStateException when this is not the next slice. */
    void requireNext(SliceSealed slice) {
        if (slice.number() != slices + 1) {
            throw new IllegalStateException("slice " + slice.number() + " does not follow slice " + slices);
        }
    }

    void seal(SliceSealed slice) {
        List<SliceWork.Cell> pplns = new ArrayList<>(slice.cells().size());
        for (SliceCell cell : slice.cells()) {
            remember(cell.nbits());
            workUnits = workUnits.add(BigInteger.valueOf(cell.workUnits()));
            if (cell.scheme() == Scheme.PPLNS) {
                pplns.add(new SliceWork.Cell(cell.nbits().tau(), cell.account(), cell.workUnits()));
            }
        }
        window.add(SliceWork.of(slice.number(), pplns));
        hour.add(slice);
        shares = Math.addExact(shares, slice.shares());
        slices = slice.number();
    }

    private void remember(Nbits nbits) {
        if (recentNbits.add(nbits) && recentNbits.size() > NBITS_KEPT_MAX) {
            recentNbits.remove(recentNbits.iterator().next());
        }
    }

    void fold(SlicesFolded folded) {
        hour.fold(folded);
    }

    /** The record that has to precede a slice which begins a new hour. */
    public Optional<SlicesFolded> foldBefore(SliceSealed next) {
        return hour.due(next);
    }

    /** This target is one of the last that sealed work was done under. */
    public boolean knows(Nbits nbits) {
        return recentNbits.contains(nbits);
    }

    /** PPLNS work of the newest slices. */
    public Iterable<SliceWork> newestFirst() {
        return window.newestFirst();
    }

    /** Slices that the window keeps. */
    public int windowSlices() {
        return window.size();
    }

    long slices() {
        return slices;
    }

    long shares() {
        return shares;
    }

    BigInteger workUnits() {
        return workUnits;
    }

    List<Nbits> recentNbits() {
        return List.copyOf(recentNbits);
    }

    SliceWindow window() {
        return window;
    }

    HourBook hour() {
        return hour;
    }

    void restore(long slicesBefore, long sharesBefore, BigInteger workUnitsBefore, List<Nbits> nbits) {
        slices = slicesBefore;
        shares = sharesBefore;
        workUnits = workUnitsBefore;
        recentNbits.addAll(nbits);
    }
}
