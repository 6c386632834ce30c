package org.motepool.payout.payer;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.motepool.core.address.Network;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.money.Money;
import org.motepool.core.time.FakeClock;
import org.motepool.payout.books.Books;
import org.motepool.payout.books.Snapshots;
import org.motepool.payout.journal.FileJournal;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalRecord;
import org.motepool.payout.journal.JournalRecord.AccountOpened;
import org.motepool.payout.journal.JournalRecord.Corrected;
import org.motepool.payout.ledger.LedgerAccount.Miner;
import org.motepool.payout.ledger.LedgerAccount.Part;
import org.motepool.payout.ledger.LedgerAccount.Pool;
import org.motepool.payout.ledger.Transfer;
import org.motepool.payout.proof.LedgerProof;

/** Books on a journal on the disk, without the rest of an accountant; may die and be started again. */
public class JournalBooks implements PaymentBooks, AutoCloseable {
    public final CrashPoints crashes = new CrashPoints();
    public final FakeClock clock = new FakeClock(1_700_000_000);
    public Books books = new Books(8);
    public String hold = "";
    private final Path data;
    private final String network;
    private final Pool asset;
    private FileJournal journal;

    /** @param asset that credits come from */
    public JournalBooks(Path data, Network network, Pool asset) throws JournalException {
        this.data = data;
        this.network = network.id();
        this.asset = asset;
        this.journal = open();
    }

    private FileJournal open() throws JournalException {
        return FileJournal.open(FileJournal.directoryIn(data), Optional.empty(), network, books::visit);
    }

    /** Starts again from what is on the disk. */
    public void restart() throws JournalException {
        journal.close();
        books = new Books(8);
        journal = open();
    }

    /** Coins came from outside, and are these accounts'. */
    public void credit(List<String> addresses, List<Money> amounts) throws JournalException {
        List<Transfer> transfers = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            int account = books.accounts().size();
            append(new AccountOpened(account, addresses.get(i)));
            transfers.add(new Transfer(asset, new Miner(account, Part.AVAILABLE), amounts.get(i)));
        }
        byte[] request = new byte[JournalRecord.REQUEST_BYTES];
        request[0] = (byte) books.accounts().size();
        append(new Corrected(Bytes.copyOf(request), transfers, "coins of a test", clock.epochMillis()));
    }

    private void append(JournalRecord record) throws JournalException {
        books.check(record);
        journal.append(List.of(record));
        books.apply(record);
    }

    @Override
    public <T> T ask(Function<Books, T> question) {
        return question.apply(books);
    }

    @Override
    public void record(JournalRecord record) throws JournalException {
        crashes.pass("before " + name(record));
        append(record);
        crashes.pass("behind " + name(record));
    }

    private static String name(JournalRecord record) {
        return record instanceof JournalRecord.PayoutMoved moved ? moved.to().name() : "PLANNED";
    }

    @Override
    public String hold() {
        return hold;
    }

    /** Proves the journal from its files, and that a replay comes to these books. */
    public LedgerProof proof() throws JournalException {
        LedgerProof proof = LedgerProof.of(FileJournal.directoryIn(data));
        if (!proof.isSound() || !Snapshots.digest(proof.books()).equals(Snapshots.digest(books))) {
            throw new AssertionError("a replay comes to other books: " + proof.trouble());
        }
        if (!books.ledger().imbalance().equals(BigInteger.ZERO)) {
            throw new AssertionError("the books do not balance");
        }
        return proof;
    }

    @Override
    public void close() {
        journal.close();
    }
}
