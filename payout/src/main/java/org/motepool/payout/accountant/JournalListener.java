package org.motepool.payout.accountant;

import org.motepool.payout.journal.JournalRecord;

/** Hears of records that are journaled. Called on the accountant's thread: it must not wait for anything. */
@FunctionalInterface
public interface JournalListener {
    /** The record is on the disk, and the books do not know it yet. */
    void journaled(JournalRecord record);
}
