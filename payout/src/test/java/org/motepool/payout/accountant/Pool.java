package org.motepool.payout.accountant;

import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.motepool.core.address.Network;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.time.FakeClock;
import org.motepool.payout.PayoutSettings;
import org.motepool.payout.books.Books;
import org.motepool.payout.journal.FileJournal;
import org.motepool.payout.journal.Journal;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalHead;
import org.motepool.payout.journal.JournalRecord;

/** One accountant on a data directory, driven turn by turn; may be crashed and started again. */
final class Pool implements AutoCloseable {
    static final Duration SLICE = Duration.ofSeconds(2);
    static final Duration POLL = Duration.ofSeconds(1);

    final FakeClock clock = new FakeClock(1_700_000_000);
    final ScriptedChain chain = new ScriptedChain();
    final Faults faults = new Faults();
    final MemoryStore store = new MemoryStore(faults);
    final Path data;
    CollectorRegistry registry = new CollectorRegistry();
    Books books;
    Journal journal;
    Accountant accountant;
    Bytes payee = Fixtures.POOL_SCRIPT;
    PayoutSettings.Terms terms = PayoutSettings.Terms.NONE;
    int snapshotBlocks = 3;

    Pool(Path data) throws JournalException {
        this.data = data;
        books = new Books(8);
        journal = open();
        accountant = make();
    }

    /** Starts again from what is on the disk and in the store. */
    void restart() throws JournalException {
        journal.close();
        registry = new CollectorRegistry();
        books = new Books(8);
        journal = open();
        accountant = make();
    }

    private Journal open() throws JournalException {
        return new FaultyJournal(
                FileJournal.open(FileJournal.directoryIn(data), Optional.empty(), Network.DEVNET.id(), books::visit),
                faults);
    }

    private Accountant make() {
        PayoutSettings settings = new PayoutSettings(
                data, Optional.empty(), Network.DEVNET, payee, SLICE, POLL, 8, terms, snapshotBlocks);
        return new Accountant(settings, journal, books, chain, store, clock, registry);
    }

    void turn() throws JournalException {
        accountant.turn(Duration.ZERO, false);
    }

    /** Turns for so long, a turn each half second. */
    void run(Duration time) throws JournalException {
        for (long left = time.toMillis(); left > 0; left -= 500) {
            turn();
            clock.advance(Duration.ofMillis(500));
        }
        turn();
    }

    long metric(String name, String... label) {
        Double value = label.length == 0
                ? registry.getSampleValue(name)
                : registry.getSampleValue(name, new String[] {label[0]}, new String[] {label[1]});
        return value == null ? -1 : value.longValue();
    }

    @Override
    public void close() {
        journal.close();
    }

    private static final class FaultyJournal implements Journal {
        private final Journal real;
        private final Faults faults;

        FaultyJournal(Journal real, Faults faults) {
            this.real = real;
            this.faults = faults;
        }

        @Override
        public Bytes id() {
            return real.id();
        }

        @Override
        public JournalHead head() {
            return real.head();
        }

        @Override
        public JournalHead append(List<JournalRecord> records) throws JournalException {
            faults.boundary("before journal");
            JournalHead head = real.append(records);
            faults.boundary("after journal");
            return head;
        }

        @Override
        public Optional<Bytes> hashAt(long sequence) throws JournalException {
            return real.hashAt(sequence);
        }

        @Override
        public void replay(Visitor visitor) throws JournalException {
            real.replay(visitor);
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
