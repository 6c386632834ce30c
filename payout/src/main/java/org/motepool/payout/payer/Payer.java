package org.motepool.payout.payer;

import java.util.List;
import java.util.Map;
import org.motepool.payout.books.PayoutBook.OpenPayout;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.PayoutRail;

/** One way of paying. It knows nothing but the journal: every payment can be taken up again from there. One thread calls. */
public interface Payer {
    PayoutRail rail();

    /**
     * Takes each payment as far as it goes now: journals what has happened, and where that may be, does the next step. What
     * cannot go on now is tried again by the next call.
     *
     * @param open all of its rail that have begun and not ended, oldest first
     */
    void advance(List<OpenPayout> open) throws JournalException;

    /** Why payments do not go on, by their number; thread-safe. */
    Map<Long, String> troubles();
}
