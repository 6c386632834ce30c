package org.motepool.payout.payer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.motepool.chain.Chain;
import org.motepool.chain.ChainException;
import org.motepool.chain.wallet.FeeRate;
import org.motepool.chain.wallet.OutPoint;
import org.motepool.chain.wallet.Wallet;
import org.motepool.chain.wallet.Wallet.Coin;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.books.Books;
import org.motepool.payout.books.PayoutBook.OpenPayout;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.PayoutRail;
import org.motepool.payout.journal.PayoutState;
import org.motepool.payout.payer.TransactionMaker.Draft;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pays on the chain. A payment's transaction is journaled before it is sent, and whatever replaces it spends the same coins:
 * so at most one can ever confirm. Nothing is given up but what was never sent, or what can never confirm. Not thread-safe
 * but for {@link #troubles}.
 */
public final class OnChainPayer implements Payer {
    private static final Logger LOG = LoggerFactory.getLogger(OnChainPayer.class);

    private final Chain chain;
    private final Wallet wallet;
    private final ChainTerms terms;
    private final PaymentBooks books;
    private final Steps steps;
    private final TransactionMaker maker;
    private final TransactionSearch search;
    private final SentPayments sent;
    private final Troubles troubles = new Troubles();

    public OnChainPayer(Chain chain, Wallet wallet, ChainTerms terms, PaymentBooks books, PoolClock clock) {
        this.chain = chain;
        this.wallet = wallet;
        this.terms = terms;
        this.books = books;
        this.steps = new Steps(books, clock);
        this.maker = new TransactionMaker(wallet, terms.network());
        this.search = new TransactionSearch(chain, wallet);
        this.sent = new SentPayments(wallet, terms, maker, search, steps);
    }

    @Override
    public PayoutRail rail() {
        return PayoutRail.ONCHAIN;
    }

    @Override
    public Map<Long, String> troubles() {
        return troubles.all();
    }

    @Override
    public void advance(List<OpenPayout> open) throws JournalException {
        List<Underway> all = read(any -> open);
        troubles.keepOnly(open.stream().map(each -> each.planned().number()).toList());
        want(all);
        try {
            keepCoins(all);
            boolean caughtUp = search.look();
            for (Underway payment : all) {
                advance(payment, caughtUp);
            }
        } catch (ChainException e) {
            all.forEach(payment -> troubles.tell(payment.number(), String.valueOf(e.getMessage())));
        }
    }

    /** Those that can be read; the others are told of. */
    private List<Underway> read(Function<Books, List<OpenPayout>> which) throws JournalException {
        return books.ask(all -> {
            List<Underway> payments = new ArrayList<>();
            for (OpenPayout payout : which.apply(all)) {
                try {
                    payments.add(Underway.of(payout, all.accounts()));
                } catch (MalformedBytesException e) {
                    troubles.tell(payout.planned().number(), "the journal's record of it: " + e.getMessage());
                }
            }
            return payments;
        });
    }

    /** A reorganization may put a transaction a little below the tip that was seen when it was stored. */
    private void want(List<Underway> all) {
        Map<Hash256, Integer> wanted = new HashMap<>();
        for (Underway payment : all) {
            for (Draft draft : payment.sendable()) {
                wanted.put(draft.payment().id(), draft.payment().height() - terms.confirmations());
            }
        }
        search.want(wanted);
    }

    /** Nobody else who uses the wallet is to take them; the node forgets locks when it restarts. */
    private void keepCoins(List<Underway> all) throws ChainException {
        for (Underway payment : all) {
            if (payment.state() != PayoutState.PLANNED && payment.state() != PayoutState.SENT) {
                wallet.lock(payment.newest().payment().places(), true);
            }
        }
    }

    /** Step after step, as far as it goes. */
    private void advance(Underway payment, boolean caughtUp) throws JournalException {
        try {
            Optional<Underway> next = Optional.of(payment);
            String hold = "";
            while (next.isPresent()) {
                Underway now = next.get();
                hold = books.hold();
                boolean moved = now.state() == PayoutState.STORED || now.state() == PayoutState.SENT
                        ? sent.follow(now, caughtUp, hold.isEmpty())
                        : hold.isEmpty() && prepare(now);
                next = moved ? again(now.number()) : Optional.empty();
            }
            if (hold.isEmpty()) {
                troubles.clear(payment.number());
            } else {
                troubles.tell(payment.number(), "no money may leave: " + hold);
            }
        } catch (ChainException | IllegalStateException e) {
            troubles.tell(payment.number(), String.valueOf(e.getMessage()));
        }
    }

    private Optional<Underway> again(long number) throws JournalException {
        return read(all -> all.payouts().find(number).stream().toList()).stream()
                .findFirst();
    }

    private boolean prepare(Underway payment) throws ChainException, JournalException {
        return switch (payment.state()) {
            case PLANNED -> fund(payment);
            case FUNDED -> sign(payment);
            case SIGNED -> store(payment);
            case STORED, SENT, CONFIRMED, ABANDONED -> false;
        };
    }

    private boolean fund(Underway payment) throws ChainException, JournalException {
        FeeRate rate = FeeRates.now(wallet, terms);
        List<Coin> coins = select(payment.satoshis());
        if (coins.isEmpty()) {
            throw new ChainException(wallet.name() + " has not " + payment.satoshis() + " satoshis in at most "
                    + TransactionMaker.INPUTS_MAX + " coins of " + terms.confirmations()
                    + " confirmations: it waits until it has");
        }
        Draft draft = maker.fund(payment.lines(), coins, rate, chain.tip().height());
        Optional<String> unworthy = maker.unworthy(draft, payment.lines(), terms.feeBasisPointsMax());
        if (unworthy.isPresent()) {
            abandon(payment, unworthy.get());
            return false;
        }
        steps.move(payment, PayoutState.FUNDED, draft);
        wallet.lock(draft.payment().places(), true);
        return true;
    }

    /** Enough coins that are really there, whatever the wallet believes; none when there are not. */
    private List<Coin> select(long satoshis) throws ChainException, JournalException {
        List<Coin> free = new ArrayList<>(free());
        while (true) {
            List<Coin> chosen = TransactionMaker.select(free, satoshis);
            List<Coin> gone = new ArrayList<>();
            for (Coin coin : chosen) {
                if (!wallet.isUnspent(coin.place(), true)) {
                    gone.add(coin);
                }
            }
            if (gone.isEmpty()) {
                return chosen;
            }
            LOG.warn("{} counts with {} coins that are spent, as {}", wallet.name(), gone.size(), gone.getFirst());
            free.removeAll(gone);
        }
    }

    /** Coins that no payment has a claim on, whatever the wallet has forgotten. */
    private List<Coin> free() throws ChainException, JournalException {
        List<OpenPayout> open = books.ask(all -> all.payouts().open()).stream()
                .filter(each -> each.planned().rail() == PayoutRail.ONCHAIN)
                .toList();
        List<Underway> payments = read(any -> open);
        if (payments.size() < open.size()) {
            throw new ChainException("a payment cannot be read, so nobody knows which coins are its: none is spent");
        }
        Set<OutPoint> taken = new HashSet<>();
        payments.forEach(payment -> taken.addAll(payment.coins()));
        return wallet.spendable(terms.confirmations()).stream()
                .filter(coin -> !taken.contains(coin.place()))
                .toList();
    }

    private boolean sign(Underway payment) throws ChainException, JournalException {
        Draft draft = payment.newest();
        for (OutPoint coin : draft.payment().places()) {
            if (!wallet.isUnspent(coin, true)) {
                abandon(payment, "coin " + coin + " was spent by someone else who uses the wallet");
                return false;
            }
        }
        ChainPayment signed = maker.sign(draft, payment.lines());
        steps.move(payment, PayoutState.SIGNED, new Draft(signed, draft.networkFee(), draft.charges()));
        return true;
    }

    /** The last look before it may be out of hand. */
    private boolean store(Underway payment) throws ChainException, JournalException {
        Draft draft = payment.newest();
        Optional<String> refusal = wallet.refusal(draft.payment().transaction());
        if (refusal.isPresent()) {
            abandon(payment, "the node would not take its transaction: " + refusal.get());
            return false;
        }
        ChainPayment stored = draft.payment().at(chain.tip().height());
        steps.move(payment, PayoutState.STORED, new Draft(stored, draft.networkFee(), draft.charges()));
        return true;
    }

    /** Only before anything was sent: the amounts are available again, and are in the next run. */
    private void abandon(Underway payment, String reason) throws ChainException, JournalException {
        LOG.warn("payment {} is given up before it was sent: {}", payment.number(), reason);
        steps.end(payment, PayoutState.ABANDONED, Bytes.EMPTY);
        if (payment.state() != PayoutState.PLANNED) {
            wallet.lock(payment.newest().payment().places(), false);
        }
    }
}
