package org.motepool.payout.journal;

import org.motepool.core.money.Money;

/**
 * One account's part of a payment.
 *
 * @param account its index
 * @param amount that leaves what is available to it, network fee and donation included, positive
 * @param donated of the amount what its owner leaves to the pool: less than all of it
 */
public record PayoutLine(int account, Money amount, Money donated) {
    public PayoutLine {
        if (account < 0 || donated.compareTo(amount) >= 0) {
            throw new IllegalArgumentException("a payout pays something to an account");
        }
    }

    /** Without a donation. */
    public PayoutLine(int account, Money amount) {
        this(account, amount, Money.ZERO);
    }

    /** What is sent, network fee included. */
    public Money sent() {
        return amount.minus(donated);
    }
}
