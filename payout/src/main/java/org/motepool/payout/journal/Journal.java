package org.motepool.payout.journal;

import java.util.List;
import java.util.Optional;
import org.motepool.core.bytes.Bytes;

/** The append-only record of decisions. One thread appends; the other calls may come from any thread. */
public interface Journal extends AutoCloseable {
    /** 16 random bytes, drawn when the journal was made. */
    Bytes id();

    JournalHead head();

    /**
     * Appends records and forces them to disk, in the mirror too. When this throws, nothing may be built on the records,
     * and every further call throws: only a new opening tells what is on the disk.
     */
    JournalHead append(List<JournalRecord> records) throws JournalException;

    /** Chain hash of a record; empty when there is no such record. Reads the files. */
    Optional<Bytes> hashAt(long sequence) throws JournalException;

    /** Reads all records from the first. */
    void replay(Visitor visitor) throws JournalException;

    @Override
    void close();

    /** Hears of records in order. */
    interface Visitor {
        void visit(JournalHead at, JournalRecord record) throws JournalException;
    }
}
