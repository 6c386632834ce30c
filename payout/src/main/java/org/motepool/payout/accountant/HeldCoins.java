package org.motepool.payout.accountant;

import java.util.List;
import java.util.Optional;
import org.motepool.chain.Chain;
import org.motepool.chain.ChainException;
import org.motepool.chain.wallet.Wallet;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.money.Money;
import org.motepool.payout.books.Books;
import org.motepool.payout.books.PayoutBook.OpenPayout;
import org.motepool.payout.journal.JournalRecord.PayoutMoved;
import org.motepool.payout.journal.PayoutLine;
import org.motepool.payout.journal.PayoutRail;
import org.motepool.payout.journal.PayoutState;
import org.motepool.payout.ledger.LedgerAccount.Pool;
import org.motepool.payout.payer.ChainPayment;

/**
 * Asks a wallet what coins there are. A payment that it counts with is gone from its sum, and is owed until it is final: so
 * it is added. Not thread-safe: the accountant's.
 */
final class HeldCoins {
    private final Chain chain;
    private final Optional<Wallet> wallet;
    private final String payeeAddress;
    private final Books books;

    /**
     * @param wallet that miners are paid from
     * @param payeeAddress of the pool's coinbases; empty for none
     */
    HeldCoins(Chain chain, Optional<Wallet> wallet, String payeeAddress, Books books) {
        this.chain = chain;
        this.wallet = wallet;
        this.payeeAddress = payeeAddress;
        this.books = books;
    }

    /** Empty when no wallet at hand has the pool's address. */
    Optional<Money> inWallet() throws ChainException {
        if (payeeAddress.isEmpty()) {
            return Optional.empty();
        }
        // First the sum, then what it lacks: a payment that is sent between the two is counted twice, never left out.
        Optional<Money> sum = wallet.isEmpty() ? Optional.empty() : wallet.get().coins(payeeAddress);
        boolean payers = sum.isPresent();
        if (sum.isEmpty()) {
            sum = chain.walletCoins(payeeAddress);
        }
        return sum.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        sum.get().plus(books.ledger().balance(Pool.LIGHTNING)).plus(underWay(payers)));
    }

    /** @param payers the wallet is the one that payments are made from, and can be asked about each */
    private Money underWay(boolean payers) throws ChainException {
        Money sum = Money.ZERO;
        for (OpenPayout payout : books.payouts().open()) {
            if (payout.planned().rail() == PayoutRail.ONCHAIN
                    && (payers ? countsWith(payout) : payout.state() == PayoutState.SENT)) {
                for (PayoutLine line : payout.planned().lines()) {
                    sum = sum.plus(line.sent());
                }
            }
        }
        return sum;
    }

    private boolean countsWith(OpenPayout payout) throws ChainException {
        List<PayoutMoved> stored = payout.moves().stream()
                .filter(move -> move.to() == PayoutState.STORED)
                .toList();
        for (PayoutMoved move : stored) {
            try {
                if (wallet.orElseThrow()
                        .countsWith(ChainPayment.parse(move.detail()).id())) {
                    return true;
                }
            } catch (MalformedBytesException e) {
                throw new ChainException(
                        "payment " + payout.planned().number() + " cannot be read from the journal", e);
            }
        }
        return false;
    }
}
