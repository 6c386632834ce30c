package org.motepool.core.outbox;

import java.util.Comparator;
import org.motepool.core.account.AccountId;
import org.motepool.core.account.Scheme;
import org.motepool.core.work.Nbits;

/**
 * The work of one account under one scheme and one network target in one range.
 *
 * @param workUnits units of 2^16 hashes, positive
 * @param shares how many shares made it, positive
 */
public record WorkCell(Scheme scheme, Nbits nbits, AccountId account, long workUnits, long shares)
        implements Comparable<WorkCell> {
    private static final Comparator<WorkCell> ORDER = Comparator.comparing(WorkCell::scheme)
            .thenComparingLong(cell -> Integer.toUnsignedLong(cell.nbits().value()))
            .thenComparing(WorkCell::account);

    public WorkCell {
        if (workUnits <= 0 || shares <= 0) {
            throw new IllegalArgumentException("a cell holds work: " + workUnits + " wu in " + shares + " shares");
        }
    }

    /** Order of cells in an entry: scheme, nbits, account. */
    @Override
    public int compareTo(WorkCell other) {
        return ORDER.compare(this, other);
    }
}
