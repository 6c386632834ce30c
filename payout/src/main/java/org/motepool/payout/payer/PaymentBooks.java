package org.motepool.payout.payer;

import java.util.function.Function;
import org.motepool.payout.books.Books;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalRecord;

/** A payer's door to the books, which belong to the accountant's thread. Thread-safe; calls block until it has answered. */
public interface PaymentBooks {
    /**
     * Asks the books, between two records.
     *
     * @param question runs on the accountant's thread; what it returns must not change any more
     */
    <T> T ask(Function<Books, T> question) throws JournalException;

    /**
     * Journals a step of a payment, forced: when this returns, it is done and the books know.
     *
     * @throws IllegalStateException when the books do not take it; nothing has happened then
     * @throws JournalException when it is not known whether it is on the disk: all is over until a restart
     */
    void record(JournalRecord record) throws JournalException;

    /** Empty, or why no money may leave the pool now. */
    String hold();
}
