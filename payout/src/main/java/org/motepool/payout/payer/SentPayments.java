package org.motepool.payout.payer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.motepool.chain.Chain.ChainTip;
import org.motepool.chain.ChainException;
import org.motepool.chain.wallet.FeeRate;
import org.motepool.chain.wallet.OutPoint;
import org.motepool.chain.wallet.Wallet;
import org.motepool.chain.wallet.Wallet.Sent;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.PayoutState;
import org.motepool.payout.payer.TransactionMaker.Draft;
import org.motepool.payout.payer.TransactionSearch.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What to do about a payment whose transaction is stored: send it, until it is in a block deep enough; raise its fee when
 * that takes too long. It is given up only when the chain has spent its coins otherwise, as deep as a coinbase has to be.
 * Not thread-safe: the payer's.
 */
final class SentPayments {
    /** So deep, and no transaction comes back from a reorganization that is reckoned with. */
    static final int ABANDON_DEPTH = ChainTerms.CONFIRMATIONS_MAX;
    /** Replacements of one payment. */
    static final int DRAFTS_MAX = 30;
    /** A replacement pays its own relay on top: 1 satoshi a vbyte is what nodes ask for. */
    private static final FeeRate INCREMENT = new FeeRate(1_000);
    /** Signatures differ by a byte or two from one signing to the next. */
    private static final int SIGNATURE_SLACK = 4;

    /** Reasons that a higher fee may do away with. */
    private static final Pattern CHEAP = Pattern.compile("fee|conflict|mempool full");

    private static final Logger LOG = LoggerFactory.getLogger(SentPayments.class);

    private final Wallet wallet;
    private final ChainTerms terms;
    private final TransactionMaker maker;
    private final TransactionSearch search;
    private final Steps steps;
    /** Height of the tip at which a payment's coins were first seen spent by another transaction. */
    private final Map<Long, Integer> spentSince = new HashMap<>();

    SentPayments(Wallet wallet, ChainTerms terms, TransactionMaker maker, TransactionSearch search, Steps steps) {
        this.wallet = wallet;
        this.terms = terms;
        this.maker = maker;
        this.search = search;
        this.steps = steps;
    }

    /**
     * Does what is due.
     *
     * @param caughtUp every block up to the tip was looked through
     * @param mayLeave whether anything may be sent
     * @return whether a step was journaled after which there may be more to do at once
     */
    boolean follow(Underway payment, boolean caughtUp, boolean mayLeave) throws ChainException, JournalException {
        for (Draft draft : payment.sendable()) {
            Optional<Place> place = search.place(draft.payment().id());
            if (place.isPresent()) {
                spentSince.remove(payment.number());
                return inBlock(payment, draft, place.get());
            }
        }
        Optional<ChainTip> tip = search.caughtUpWith();
        boolean looked = caughtUp && tip.isPresent();
        // Sending again is as good as once; but only who has looked at every block may draw conclusions.
        if (!mayLeave || (!looked && payment.state() == PayoutState.SENT)) {
            return false;
        }
        Draft newest = payment.newest();
        boolean there = payment.state() == PayoutState.SENT
                && wallet.inMempool(newest.payment().id());
        if (!there) {
            wallet.lock(newest.payment().places(), true);
        }
        Sent outcome = there ? new Sent(true, "") : wallet.send(newest.payment().transaction());
        if (outcome.taken()) {
            spentSince.remove(payment.number());
            if (payment.state() == PayoutState.STORED) {
                steps.sent(payment);
                return true;
            }
            if (tip.isEmpty()) {
                return false;
            }
            int age = tip.get().height() - newest.payment().height();
            return terms.bumpAfter() > 0
                    && age >= terms.bumpAfter()
                    && raise(payment, tip.get().height());
        }
        return looked && refused(payment, outcome.reason(), tip.get().height());
    }

    private boolean inBlock(Underway payment, Draft draft, Place place) throws JournalException {
        Optional<ChainTip> tip = search.caughtUpWith();
        int depth = tip.map(ChainTip::height).orElse(place.height()) - place.height() + 1;
        if (payment.state() == PayoutState.STORED && draft.equals(payment.newest())) {
            steps.sent(payment);
            return true;
        }
        if (depth < terms.confirmations()) {
            return false;
        }
        Bytes detail = new ByteWriter()
                .bytes(draft.payment().id().internal())
                .bytes(place.block().internal())
                .i32(place.height())
                .toBytes();
        steps.confirmed(payment, draft, detail);
        LOG.info(
                "payment {}: {} satoshis to {} accounts are final in block {}, network fee {}",
                payment.number(),
                payment.satoshis(),
                payment.lines().size(),
                place.height(),
                draft.networkFee());
        return false;
    }

    private boolean refused(Underway payment, String reason, int height) throws ChainException, JournalException {
        for (OutPoint coin : payment.newest().payment().places()) {
            if (!wallet.isUnspent(coin, false)) {
                return spentOtherwise(payment, coin, height);
            }
        }
        spentSince.remove(payment.number());
        // Its coins are there: it offers too little, or another transaction that is in no block yet is in the way.
        if (CHEAP.matcher(reason).find() && !keepsOlder(payment, reason) && raise(payment, height)) {
            return true;
        }
        throw new ChainException("the node does not take its transaction: " + reason);
    }

    /** A node that replaces nothing keeps the first one: a higher fee does not help, and the first is a payment too. */
    private boolean keepsOlder(Underway payment, String reason) throws ChainException {
        for (Draft draft : payment.sendable()) {
            if (reason.contains("conflict") && wallet.inMempool(draft.payment().id())) {
                return true;
            }
        }
        return false;
    }

    private boolean spentOtherwise(Underway payment, OutPoint coin, int height)
            throws ChainException, JournalException {
        int since = spentSince.computeIfAbsent(payment.number(), number -> height);
        if (height - since < ABANDON_DEPTH) {
            throw new ChainException(
                    "coin " + coin + " was spent by a transaction that is not the pool's payment, since"
                            + " block " + since + " or before: if that is " + ABANDON_DEPTH
                            + " blocks deep, the payment is made anew");
        }
        spentSince.remove(payment.number());
        LOG.error(
                "payment {} can never confirm, coin {} is spent by another transaction; its amounts are available again",
                payment.number(),
                coin);
        steps.end(payment, PayoutState.ABANDONED, Bytes.EMPTY);
        return false;
    }

    /** Stores a replacement at a higher fee, from the same coins; false when there is no room for more. */
    private boolean raise(Underway payment, int height) throws ChainException, JournalException {
        Draft old = payment.newest();
        long vbytes = old.payment().vbytes()
                + (long) SIGNATURE_SLACK * old.payment().inputs().size();
        FeeRate quarterMore =
                new FeeRate(Math.min(FeeRate.PER_KVB_MAX, old.payment().rate().perKvb() * 5 / 4 + 1));
        FeeRate wanted = quarterMore
                .max(wallet.lowestRate())
                .max(wallet.estimate(terms.feeTarget()).orElse(quarterMore))
                .min(terms.most());
        long fee = Math.max(wanted.of(vbytes), Math.addExact(old.networkFee(), INCREMENT.of(vbytes)));
        if (fee > terms.most().of(vbytes) || payment.drafts().size() >= DRAFTS_MAX) {
            return false;
        }
        Draft raised = TransactionMaker.raised(old, payment.lines(), fee, wanted, height);
        if (maker.unworthy(raised, payment.lines(), terms.feeBasisPointsMax()).isPresent()) {
            return false;
        }
        ChainPayment signed = maker.sign(raised, payment.lines());
        checkSharesCoins(payment, signed);
        steps.move(payment, PayoutState.STORED, new Draft(signed, raised.networkFee(), raised.charges()));
        LOG.info("payment {}: fee raised from {} to {} satoshis", payment.number(), old.networkFee(), fee);
        return true;
    }

    /** Two transactions that spend one coin can never both confirm: nothing else is ever stored. */
    private static void checkSharesCoins(Underway payment, ChainPayment replacement) {
        List<OutPoint> coins = replacement.places();
        for (Draft draft : payment.sendable()) {
            if (draft.payment().places().stream().noneMatch(coins::contains)) {
                throw new IllegalStateException("a replacement has to spend a coin of every transaction before it");
            }
        }
    }
}
