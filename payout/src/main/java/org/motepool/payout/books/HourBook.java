package org.motepool.payout.books;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.motepool.core.account.Scheme;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.MerkleTree;
import org.motepool.core.work.Nbits;
import org.motepool.payout.journal.JournalRecord.SliceSealed;
import org.motepool.payout.journal.JournalRecord.SlicesFolded;
import org.motepool.payout.journal.SliceCell;

/** The work of the slices since the last fold, summed. Not thread-safe: the accountant's. */
final class HourBook {
    private final Map<Key, SliceCell> sums = new TreeMap<>();
    private final List<Bytes> roots = new ArrayList<>();
    private long hour;
    private long first;
    private long last;

    static long hourOf(long epochMillis) {
        return Math.floorDiv(epochMillis, TimeUnit.HOURS.toMillis(1));
    }

    /** The record that folds what there is, when {@code next} belongs to a later hour, or its work would not fit. */
    Optional<SlicesFolded> due(SliceSealed next) {
        if (roots.isEmpty() || (hourOf(next.at()) <= hour && fits(next))) {
            return Optional.empty();
        }
        return Optional.of(folded());
    }

    private SlicesFolded folded() {
        return new SlicesFolded(hour, first, last, List.copyOf(sums.values()), MerkleTree.proofRoot(roots));
    }

    private boolean fits(SliceSealed next) {
        return next.cells().stream().allMatch(cell -> {
            SliceCell sum = sums.get(Key.of(cell));
            return sum == null
                    || (Long.MAX_VALUE - sum.workUnits() >= cell.workUnits()
                            && Long.MAX_VALUE - sum.shares() >= cell.shares());
        });
    }

    void add(SliceSealed slice) {
        if (roots.isEmpty()) {
            hour = hourOf(slice.at());
            first = slice.number();
        }
        last = slice.number();
        roots.add(slice.root());
        for (SliceCell cell : slice.cells()) {
            sums.merge(Key.of(cell), cell, HourBook::sum);
        }
    }

    private static SliceCell sum(SliceCell one, SliceCell other) {
        return new SliceCell(
                one.scheme(),
                one.nbits(),
                one.account(),
                Math.addExact(one.workUnits(), other.workUnits()),
                Math.addExact(one.shares(), other.shares()));
    }

    /** Throws IllegalStateException when the record is not the sum of the slices before it. */
    void fold(SlicesFolded folded) {
        if (roots.isEmpty() || !folded().equals(folded)) {
            throw new IllegalStateException(
                    "the fold of slices " + folded.firstSlice() + " to " + folded.lastSlice() + " is not their sum");
        }
        sums.clear();
        roots.clear();
    }

    State state() {
        return new State(hour, first, last, List.copyOf(sums.values()), List.copyOf(roots));
    }

    void restore(State state) {
        hour = state.hour;
        first = state.first;
        last = state.last;
        state.cells.forEach(cell -> sums.put(Key.of(cell), cell));
        roots.addAll(state.roots);
    }

    /** All of it. */
    record State(long hour, long first, long last, List<SliceCell> cells, List<Bytes> roots) {}

    private record Key(Scheme scheme, Nbits nbits, int account) implements Comparable<Key> {
        static Key of(SliceCell cell) {
            return new Key(cell.scheme(), cell.nbits(), cell.account());
        }

        @Override
        public int compareTo(Key other) {
            int byScheme = scheme.compareTo(other.scheme);
            if (byScheme != 0) {
                return byScheme;
            }
            int byNbits = Integer.compareUnsigned(nbits.value(), other.nbits.value());
            return byNbits != 0 ? byNbits : Integer.compare(account, other.account);
        }
    }
}
