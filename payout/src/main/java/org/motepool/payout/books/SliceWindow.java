package org.motepool.payout.books;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import org.motepool.payout.scheme.SliceWork;

/** The newest sealed slices, as many as a PPLNS window can reach; older ones never count again. */
final class SliceWindow {
    private final BigInteger windowScore;
    private final Deque<SliceWork> newestFirst = new ArrayDeque<>();
    private BigInteger score = BigInteger.ZERO;

    SliceWindow(BigInteger windowScore) {
        this.windowScore = windowScore;
    }

    void add(SliceWork slice) {
        if (slice.score().signum() == 0) {
            return;
        }
        newestFirst.addFirst(slice);
        score = score.add(slice.score());
        BigInteger without = score.subtract(newestFirst.getLast().score());
        while (without.compareTo(windowScore) >= 0) {
            newestFirst.removeLast();
            score = without;
            without = score.subtract(newestFirst.getLast().score());
        }
    }

    Iterable<SliceWork> newestFirst() {
        return newestFirst;
    }

    Iterable<SliceWork> oldestFirst() {
        return newestFirst::descendingIterator;
    }

    int size() {
        return newestFirst.size();
    }
}
