package org.motepool.payout.journal;

import org.motepool.core.money.Money;

/**
 * One account's part of a payment.
 *
 * @param account its index
 * @param amount that leaves what is available to it, network fee included, positive
 */
public record PayoutLine(int account, Money amount) {
    public PayoutLine {
        if (account < 0 || amount.isZero()) {
            throw new IllegalArgumentException("a payout pays something to an account");
        }
    }
}
