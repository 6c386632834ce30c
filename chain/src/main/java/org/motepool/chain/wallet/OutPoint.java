package org.motepool.chain.wallet;

import java.util.Comparator;
import org.motepool.core.hash.Hash256;

/**
 * One output of one transaction: what an input spends.
 *
 * @param id of the transaction
 * @param index of the output, 0 for the first
 */
public record OutPoint(Hash256 id, int index) implements Comparable<OutPoint> {
    private static final Comparator<OutPoint> ORDER =
            Comparator.comparing(OutPoint::id).thenComparingInt(OutPoint::index);

    public OutPoint {
        if (index < 0) {
            throw new IllegalArgumentException("no output has the index " + index);
        }
    }

    @Override
    public int compareTo(OutPoint other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return id.toDisplayHex() + ":" + index;
    }
}
