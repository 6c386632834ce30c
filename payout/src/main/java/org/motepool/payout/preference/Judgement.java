package org.motepool.payout.preference;

import org.motepool.payout.journal.JournalRecord.PreferenceDecided;

/** What a request comes to. */
public sealed interface Judgement {
    /** It decides something, once this is journaled. */
    record Accepted(PreferenceDecided record) implements Judgement {}

    /** Its text was accepted before and stands in the journal: nothing is left to do. */
    record Known() implements Judgement {}

    /** @param reason fit for a miner to read */
    record Refused(String reason) implements Judgement {}
}
