package org.motepool.payout.payer;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.motepool.chain.Chain;
import org.motepool.chain.wallet.FeeRate;
import org.motepool.chain.wallet.Wallet;
import org.motepool.core.address.Network;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.ledger.LedgerAccount.Pool;
import org.motepool.payout.payer.PaymentRun.Outcome;

/** The on-chain payer on a journal on the disk; may die and be started again. */
final class PayingPool extends JournalBooks {
    static final int DONOR = 1;
    /** In hundredths of a percent. */
    static final int DONATED = 250;

    private static final Network NETWORK = Network.LTC_REGTEST;

    /** The second account leaves a part of its payments to the pool. */
    private static final PayoutTerms CHOICES = (books, account) -> account == DONOR
            ? new PayoutTerms.Choice(OptionalLong.empty(), Optional.empty(), DONATED)
            : PayoutTerms.Choice.NONE;

    private final Chain chain;
    private final Wallet wallet;
    private final ChainTerms terms;
    OnChainPayer payer;
    PaymentRun run;

    PayingPool(Path data, Chain chain, Wallet wallet, ChainTerms terms) throws JournalException {
        super(data, NETWORK, Pool.WALLET);
        this.chain = chain;
        this.wallet = wallet;
        this.terms = terms;
        payer = newPayer();
        run = newRun();
    }

    /** Terms of tests: everything at once, at the lowest rate. */
    static ChainTerms terms(int confirmations, int bumpAfter) {
        return new ChainTerms(
                NETWORK, confirmations, 6, Optional.of(new FeeRate(1_000)), new FeeRate(200_000), 2_000, bumpAfter);
    }

    private OnChainPayer newPayer() {
        return new OnChainPayer(chain, crashes.around(wallet), terms, this, clock);
    }

    private PaymentRun newRun() {
        return new PaymentRun(NETWORK, 10_000, 0, () -> FeeRates.now(wallet, terms), CHOICES, this, clock);
    }

    @Override
    public void restart() throws JournalException {
        super.restart();
        payer = newPayer();
        run = newRun();
    }

    Outcome plan() throws Exception {
        return run.plan();
    }

    void advance() throws JournalException {
        payer.advance(books.payouts().open());
    }
}
