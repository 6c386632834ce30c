package org.motepool.payout.accountant;

import java.util.Optional;
import org.motepool.core.money.Money;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.PayoutStatus;
import org.motepool.payout.PayoutTotals;
import org.motepool.payout.books.Books;
import org.motepool.payout.journal.Journal;
import org.motepool.payout.journal.JournalRecord.HeldCompared;
import org.motepool.store.ReadModels.PayoutState;

/** What the accountant tells of itself and of its books; changes nothing. Not thread-safe: the accountant's. */
final class Bulletin {
    private final Journal journal;
    private final Books books;
    private final BlockDesk desk;
    private final SliceDesk slices;
    private final PoolClock clock;

    Bulletin(Journal journal, Books books, BlockDesk desk, SliceDesk slices, PoolClock clock) {
        this.journal = journal;
        this.books = books;
        this.desk = desk;
        this.slices = slices;
        this.clock = clock;
    }

    /** For pages. */
    PayoutState state(String halted) {
        Optional<HeldCompared> compared = books.compared();
        return new PayoutState(
                halted,
                journal.head().sequence(),
                books.slices(),
                books.workUnits().toString(),
                books.shares(),
                compared.map(last -> last.owed().plus(last.pot())).orElse(Money.ZERO),
                compared.map(HeldCompared::held).orElse(Money.ZERO),
                compared.map(HeldCompared::height).orElse(0),
                clock.epochMillis());
    }

    /**
     * For this process.
     *
     * @param halted why nothing is credited or paid; empty while all is
     * @param inStep whether the store's balances are the books'
     */
    PayoutStatus status(String halted, boolean inStep) {
        return new PayoutStatus(
                halted,
                true,
                inStep,
                desk.waiting()
                        .flatMap(WorkEntry::block)
                        .map(block -> block.header().hash().toDisplayHex())
                        .orElse(""),
                journal.head().sequence(),
                books.slices(),
                books.shares(),
                books.workUnits(),
                slices.halted(),
                breach());
    }

    private String breach() {
        return books.compared()
                .filter(HeldCompared::isBreach)
                .map(last -> "at block " + last.height() + " " + last.owed() + " satoshis were owed to miners and "
                        + last.pot() + " in the pot, held were " + last.held())
                .orElse("");
    }

    PayoutTotals totals() {
        var all = books.ledger().totals();
        return new PayoutTotals(books.rewards(), all.miners(), all.fee(), all.accounts());
    }
}
