package org.motepool.store;

import java.util.List;
import org.motepool.core.account.AccountId;
import org.motepool.core.money.Money;

/** What was paid, as payout publishes it for pages; the journal is the truth. Calls block. */
public interface Payments {
    /** Of the whole pool. */
    int KEPT_MAX = 1_000;

    int PARTS_KEPT_MAX = 100;

    /** Sets payments, by number. Keeps the newest {@value #KEPT_MAX}. */
    void put(List<Payment> payments) throws StoreException;

    /** Newest first. */
    List<Payment> recent(int max) throws StoreException;

    /** Sets accounts' parts, by payment. Keeps the newest {@value #PARTS_KEPT_MAX} of each account. */
    void putParts(List<Part> parts) throws StoreException;

    /** Newest first. */
    List<Part> parts(AccountId account, int max) throws StoreException;

    /** By which way a payment goes. */
    enum Rail {
        ONCHAIN,
        LIGHTNING
    }

    /** Where a payment stands. */
    enum State {
        /** The amounts are set aside; nothing has left yet. */
        PREPARED,
        /** Given to the network. */
        SENT,
        /** It left the pool for good. */
        CONFIRMED,
        /** It can never get through: the amounts are available again. */
        ABANDONED
    }

    /**
     * @param number 1, 2, 3, …
     * @param reference id of its transaction in display order, or its payment hash; empty before it is known
     * @param accounts that are paid: of one on the chain each has an output
     * @param amount what is sent, the network's fee among it; what payees leave to the pool is not
     * @param donated what payees leave to the pool besides; nothing where the payment was given up
     * @param networkFee as far as it is known
     * @param plannedAt and {@code movedAt}: milliseconds since 1970 of its first and of its last step
     */
    record Payment(
            long number,
            Rail rail,
            State state,
            String reference,
            int accounts,
            Money amount,
            Money donated,
            Money networkFee,
            long plannedAt,
            long movedAt) {}

    /**
     * One account's part of a payment.
     *
     * @param payment its number
     * @param amount what is sent to the account, its charge among it; what its owner leaves to the pool is not
     * @param donated what its owner leaves to the pool besides; nothing where the payment was given up
     * @param charge of the amount what goes to the network, as far as it is known
     */
    record Part(
            AccountId account,
            long payment,
            Rail rail,
            State state,
            String reference,
            Money amount,
            Money donated,
            Money charge,
            long plannedAt,
            long movedAt) {}
}
