package org.motepool.payout.accountant;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.motepool.core.account.AccountId;
import org.motepool.core.bytes.Bytes;
import org.motepool.payout.books.Books;
import org.motepool.payout.journal.Journal;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalHead;
import org.motepool.store.Balances;
import org.motepool.store.Balances.Balance;
import org.motepool.store.Balances.Position;
import org.motepool.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the store's balances where the journal is: one step from one position to the next, or all anew. Never writes to a
 * store that holds another journal's balances. Not thread-safe: the accountant's.
 */
final class BalancesCopy {
    /** A step of more accounts would hold the store up for too long: a rebuild goes in pages. */
    private static final int STEP_ACCOUNTS_MAX = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(BalancesCopy.class);

    private final Balances balances;
    private final Journal journal;
    private final Books books;
    private final Set<Integer> pending = new HashSet<>();
    private Optional<Position> applied = Optional.empty();
    private boolean inStep;

    BalancesCopy(Balances balances, Journal journal, Books books) {
        this.balances = balances;
        this.journal = journal;
        this.books = books;
    }

    /** The store is known to stand at the journal's head. */
    boolean isInStep() {
        return inStep && applied.equals(Optional.of(position(journal.head())));
    }

    /** What the store holds is not known any more: it did not answer, or not as expected. */
    void doubt() {
        inStep = false;
    }

    /**
     * Compares the store's position with the journal and brings it up.
     *
     * @return what it took
     * @throws ForeignStoreException when the store cannot be this journal's copy
     */
    Attached attach() throws StoreException, JournalException, ForeignStoreException {
        Optional<Position> stands = balances.position();
        if (stands.isEmpty()) {
            rebuild("the store is empty");
            return Attached.REBUILT_EMPTY;
        }
        Position there = stands.get();
        check(there);
        if (there.sequence() == journal.head().sequence()) {
            settled(there);
            return Attached.AS_IT_WAS;
        }
        if (stands.equals(applied)) {
            inStep = true;
            push();
            return Attached.AS_IT_WAS;
        }
        rebuild("the store stands at record " + there.sequence() + ", the journal at "
                + journal.head().sequence());
        return Attached.REBUILT_BEHIND;
    }

    private void check(Position there) throws JournalException, ForeignStoreException {
        String mine = journal.id().toHex();
        if (!there.journal().equals(mine)) {
            throw new ForeignStoreException("the store holds balances of the journal " + there.journal()
                    + ", this data directory has " + mine + ": " + MEND);
        }
        if (there.sequence() > journal.head().sequence()) {
            throw new ForeignStoreException("the store is at record " + there.sequence() + ", this journal ends at "
                    + journal.head().sequence()
                    + ": the journal has lost records; put its newest files back from mirror or backup. Else " + MEND);
        }
        Optional<Bytes> hash = journal.hashAt(there.sequence());
        if (!hash.map(Bytes::toHex).equals(Optional.of(there.hash()))) {
            throw new ForeignStoreException("the store's record " + there.sequence()
                    + " is not this journal's record of that number: the two have parted; " + MEND);
        }
    }

    /** Looks whether the store still stands where it was left: it may have been emptied without a word. */
    void look() throws StoreException {
        if (inStep && !balances.position().equals(applied)) {
            inStep = false;
        }
    }

    /** Brings the store to the journal's head by one step; after a doubt, {@link #attach} comes first. */
    void push() throws StoreException {
        pending.addAll(books.drainTouched());
        Position head = position(journal.head());
        if (!inStep || applied.equals(Optional.of(head))) {
            return;
        }
        if (pending.size() > STEP_ACCOUNTS_MAX) {
            rebuild(pending.size() + " balances changed at once");
            return;
        }
        Map<AccountId, Balance> changed = new HashMap<>();
        pending.forEach(account ->
                changed.put(books.accounts().id(account), books.ledger().miner(account)));
        changed.put(Balances.FEE_ACCOUNT, books.ledger().fee());
        boolean done;
        try {
            done = balances.apply(applied, head, changed);
        } catch (StoreException e) {
            inStep = false;
            throw e;
        }
        if (done) {
            settled(head);
        } else {
            LOG.warn("the store does not stand where it was left; its balances are compared with the journal");
            inStep = false;
        }
    }

    private void rebuild(String reason) throws StoreException {
        books.drainTouched();
        Map<AccountId, Balance> all = new HashMap<>();
        for (int account : books.ledger().miners()) {
            all.put(books.accounts().id(account), books.ledger().miner(account));
        }
        all.put(Balances.FEE_ACCOUNT, books.ledger().fee());
        Position head = position(journal.head());
        inStep = false;
        balances.rebuild(head, all);
        settled(head);
        LOG.info("rebuilt {} balances from the journal at record {}: {}", all.size() - 1, head.sequence(), reason);
    }

    private void settled(Position at) {
        applied = Optional.of(at);
        pending.clear();
        books.drainTouched();
        inStep = true;
    }

    private Position position(JournalHead head) {
        return new Position(journal.id().toHex(), head.sequence(), head.hash().toHex());
    }

    private static final String MEND = "point payout at the store and data directory that belong together, or empty the"
            + " store (its balances are then rebuilt from the journal)";

    /** What attaching took. */
    enum Attached {
        AS_IT_WAS,
        REBUILT_BEHIND,
        REBUILT_EMPTY
    }
}
