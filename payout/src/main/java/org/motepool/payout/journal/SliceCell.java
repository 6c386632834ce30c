package org.motepool.payout.journal;

import org.motepool.core.account.Scheme;
import org.motepool.core.work.Nbits;

/**
 * The work of one account in one slice, under one scheme and one network target.
 *
 * @param account its index
 * @param workUnits units of 2^16 hashes, positive
 * @param shares how many shares made it, positive
 */
public record SliceCell(Scheme scheme, Nbits nbits, int account, long workUnits, long shares) {
    public SliceCell {
        if (account < 0 || workUnits <= 0 || shares <= 0) {
            throw new IllegalArgumentException("a cell holds work: " + workUnits + " wu in " + shares + " shares");
        }
    }
}
