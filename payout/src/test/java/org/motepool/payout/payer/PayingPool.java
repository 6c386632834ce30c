package org.motepool.payout.payer;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.motepool.chain.Chain;
import org.motepool.chain.wallet.FeeRate;
import org.motepool.chain.wallet.Wallet;
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
import org.motepool.payout.payer.PaymentRun.Outcome;
import org.motepool.payout.proof.LedgerProof;

/** The on-chain payer on a journal on the disk, without the rest of an accountant; may die and be started again. */
final class PayingPool implements PaymentBooks, AutoCloseable {
    private static final Network NETWORK = Network.LTC_REGTEST;

    final CrashPoints crashes = new CrashPoints();
    private final Path data;
    private final Chain chain;
    private final Wallet wallet;
    private final ChainTerms terms;
    private final FakeClock clock = new FakeClock(1_700_000_000);
    Books books = new Books(8);
    OnChainPayer payer;
    PaymentRun run;
    String hold = "";
    private FileJournal journal;

    PayingPool(Path data, Chain chain, Wallet wallet, ChainTerms terms) throws JournalException {
        this.data = data;
        this.chain = chain;
        this.wallet = wallet;
        this.terms = terms;
        journal = open();
        payer = newPayer();
        run = newRun();
    }

    /** Terms of tests: everything at once, at the lowest rate. */
    static ChainTerms terms(int confirmations, int bumpAfter) {
        return new ChainTerms(
                NETWORK, confirmations, 6, Optional.of(new FeeRate(1_000)), new FeeRate(200_000), 2_000, bumpAfter);
    }

    private FileJournal open() throws JournalException {
        return FileJournal.open(FileJournal.directoryIn(data), Optional.empty(), NETWORK.id(), books::visit);
    }

    private OnChainPayer newPayer() {
        return new OnChainPayer(chain, crashes.around(wallet), terms, this, clock);
    }

    private PaymentRun newRun() {
        return new PaymentRun(NETWORK, 10_000, () -> FeeRates.now(wallet, terms), PayoutTerms.NONE, this, clock);
    }

    /** Starts again from what is on the disk. */
    void restart() throws JournalException {
        journal.close();
        books = new Books(8);
        journal = open();
        payer = newPayer();
        run = newRun();
    }

    /** Coins came from outside, and are these accounts'. */
    void credit(List<String> addresses, List<Money> amounts) throws JournalException {
        List<Transfer> transfers = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            int account = books.accounts().size();
            append(new AccountOpened(account, addresses.get(i)));
            transfers.add(new Transfer(Pool.WALLET, new Miner(account, Part.AVAILABLE), amounts.get(i)));
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

    Outcome plan() throws Exception {
        return run.plan();
    }

    void advance() throws JournalException {
        payer.advance(books.payouts().open());
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
    LedgerProof proof() throws JournalException {
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
