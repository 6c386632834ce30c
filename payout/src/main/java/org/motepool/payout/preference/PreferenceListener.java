package org.motepool.payout.preference;

import org.motepool.payout.books.PreferenceBook.Notices;
import org.motepool.payout.journal.JournalRecord.PreferenceDecided;

/** Hears of decisions after they are journaled. Called on the accountant's thread: it must not wait for anything. */
@FunctionalInterface
public interface PreferenceListener {
    /**
     * Somebody who has the address's key decided something; a change about money waits until {@link PreferenceDecided#from}.
     *
     * @param before where notices went before this: a thief would first send them elsewhere
     */
    void decided(PreferenceDecided record, Notices before);
}
