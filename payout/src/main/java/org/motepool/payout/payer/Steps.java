package org.motepool.payout.payer;

import java.util.List;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.money.Money;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalRecord.PayoutMoved;
import org.motepool.payout.journal.PayoutState;
import org.motepool.payout.payer.TransactionMaker.Draft;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Journals the steps of payments on the chain; each is on the disk when the call returns. */
final class Steps {
    private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

    private final PaymentBooks books;
    private final PoolClock clock;

    Steps(PaymentBooks books, PoolClock clock) {
        this.books = books;
        this.clock = clock;
    }

    /** A step that says what will be sent. */
    void move(Underway payment, PayoutState to, Draft draft) throws JournalException {
        record(payment, to, draft, draft.payment().toBytes());
    }

    /** It was given to the network. */
    void sent(Underway payment) throws JournalException {
        end(payment, PayoutState.SENT, Bytes.EMPTY);
    }

    /** One of its transactions is final. */
    void confirmed(Underway payment, Draft confirmed, Bytes detail) throws JournalException {
        record(payment, PayoutState.CONFIRMED, confirmed, detail);
    }

    /** A step that needs no words. */
    void end(Underway payment, PayoutState to, Bytes detail) throws JournalException {
        books.record(new PayoutMoved(
                payment.number(), payment.state(), to, Money.ZERO, List.of(), detail, clock.epochMillis()));
        LOG.info("payment {} is {}", payment.number(), to);
    }

    private void record(Underway payment, PayoutState to, Draft draft, Bytes detail) throws JournalException {
        books.record(new PayoutMoved(
                payment.number(),
                payment.state(),
                to,
                Money.ofSatoshis(draft.networkFee()),
                draft.charges().stream().map(Money::ofSatoshis).toList(),
                detail,
                clock.epochMillis()));
        LOG.info("payment {} is {}", payment.number(), to);
    }
}
