package org.motepool.payout.proof;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Optional;
import org.motepool.core.address.Network;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.money.Money;
import org.motepool.payout.PayoutSettings;
import org.motepool.payout.books.Books;
import org.motepool.payout.books.Snapshots;
import org.motepool.payout.books.Snapshots.Snapshot;
import org.motepool.payout.journal.Journal;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalFiles;
import org.motepool.payout.journal.JournalHead;
import org.motepool.payout.journal.JournalRecord.HeldCompared;
import org.motepool.payout.journal.JournalRecord.PreferenceDecided;
import org.motepool.payout.preference.SignedDecision;

/**
 * What a journal comes to when it is read from its first record, beside a running accountant or without one: every record
 * and the chain of hashes checked, every step applied, every sum made again.
 *
 * @param journal its id in hex
 * @param network id of the chain whose money it is
 * @param head the last record
 * @param books as they are after it
 * @param trouble empty, or what is wrong
 */
public record LedgerProof(String journal, String network, JournalHead head, Books books, Optional<String> trouble) {
    /** Proves the journal of a data directory; throws when a record cannot be read, or cannot follow those before it. */
    public static LedgerProof of(Path journalDirectory) throws JournalException {
        return of(journalDirectory, new Books(PayoutSettings.WINDOW_BLOCKS), Long.MAX_VALUE, (at, record) -> {});
    }

    /**
     * The same, heard along the way.
     *
     * @param books empty ones, to which the records are applied
     * @param last record that counts; those behind it are checked and not applied
     * @param listener hears of each record after it was applied
     */
    public static LedgerProof of(Path journalDirectory, Books books, long last, Journal.Visitor listener)
            throws JournalException {
        JournalFiles files = JournalFiles.open(journalDirectory);
        Journal.Visitor apply = applying(books, files);
        JournalHead[] counted = new JournalHead[1];
        JournalHead end = files.read((at, record) -> {
            if (at.sequence() <= last) {
                apply.visit(at, record);
                listener.visit(at, record);
                counted[0] = at;
            }
        });
        JournalHead head = counted[0] == null ? end : counted[0];
        return new LedgerProof(files.id().toHex(), files.network(), head, books, trouble(books));
    }

    /**
     * The same from a snapshot on.
     *
     * @throws JournalException also when the snapshot is damaged, or not of this journal
     */
    public static LedgerProof from(Path snapshot, Path journalDirectory) throws JournalException {
        JournalFiles files = JournalFiles.open(journalDirectory);
        try {
            Snapshot start = Snapshots.read(snapshot);
            if (!start.journal().equals(files.id())) {
                throw new JournalException("snapshot " + snapshot + " is of the journal "
                        + start.journal().toHex() + ", here is " + files.id().toHex());
            }
            JournalHead head = files.readFrom(start.at(), applying(start.books(), files));
            return new LedgerProof(files.id().toHex(), files.network(), head, start.books(), trouble(start.books()));
        } catch (IOException | MalformedBytesException e) {
            throw new JournalException(
                    "snapshot " + snapshot + " cannot be read: " + e.getMessage() + "; delete it, the journal has all",
                    e);
        }
    }

    private static Journal.Visitor applying(Books books, JournalFiles files) {
        return (at, record) -> {
            try {
                books.apply(record);
                if (record instanceof PreferenceDecided decided) {
                    requireSigned(at, decided, books, files);
                }
            } catch (IllegalStateException | IllegalArgumentException | ArithmeticException e) {
                throw new JournalException(
                        "record " + at.sequence() + " cannot follow those before it: " + e.getMessage(), e);
            }
        };
    }

    private static void requireSigned(JournalHead at, PreferenceDecided decided, Books books, JournalFiles files)
            throws JournalException {
        Optional<Network> network = Network.ofId(files.network());
        Optional<String> trouble = network.isEmpty()
                ? Optional.of("the journal is of no network that this version knows")
                : SignedDecision.trouble(
                        files.id(), network.get(), books.accounts().address(decided.account()), decided);
        if (trouble.isPresent()) {
            throw new JournalException(
                    "record " + at.sequence() + " is a decision that its owner did not sign: " + trouble.get());
        }
    }

    private static Optional<String> trouble(Books books) {
        BigInteger sum = books.ledger().imbalance();
        if (sum.signum() != 0) {
            return Optional.of("the sum over all ledger accounts is " + sum + " of 10^-12 satoshi");
        }
        BigInteger unexplained = books.ledger().assets().toFractions().subtract(books.explainedAssets());
        if (unexplained.signum() != 0) {
            return Optional.of(
                    "coins in the ledger and money that came and went differ by " + unexplained + " of 10^-12 satoshi");
        }
        return books.compared()
                .filter(HeldCompared::isBreach)
                .map(last -> "at block " + last.height() + " more was owed than held: " + last.owed()
                        + " to miners and " + last.pot() + " in the pot, held were " + last.held());
    }

    public boolean isSound() {
        return trouble.isEmpty();
    }

    /** What is owed to miners. */
    public Money owed() {
        return books.ledger().totals().miners().owed();
    }

    /** What was held at the last comparison with the chain; empty before the first. */
    public Optional<Money> held() {
        return books.compared().map(HeldCompared::held);
    }
}
