package org.motepool.payout.accountant;

import io.prometheus.client.SimpleTimer;
import java.util.List;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.books.Books;
import org.motepool.payout.journal.Journal;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** First the journal, forced; then the books. The only way by which the books change. */
final class Recorder {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

    private final Journal journal;
    private final Books books;
    private final PoolClock clock;
    private final PayoutMetrics metrics;
    private JournalListener listener = record -> {};

    Recorder(Journal journal, Books books, PoolClock clock, PayoutMetrics metrics) {
        this.journal = journal;
        this.books = books;
        this.clock = clock;
        this.metrics = metrics;
    }

    void setListener(JournalListener newListener) {
        listener = newListener;
    }

    /** What a listener makes of it is not the books' business. */
    private void tell(JournalRecord record) {
        try {
            listener.journaled(record);
        } catch (RuntimeException e) {
            LOG.error("a listener of the journal had a defect", e);
        }
    }

    void record(List<? extends JournalRecord> records) throws JournalException {
        records.forEach(books::check);
        long begin = clock.nanos();
        try {
            journal.append(List.copyOf(records));
        } catch (JournalException e) {
            metrics.writeFailures.labels("journal").inc();
            throw e;
        }
        metrics.writes.observe(SimpleTimer.elapsedSecondsFromNanos(begin, clock.nanos()));
        records.forEach(this::tell);
        records.forEach(books::apply);
    }
}
