package org.motepool.payout.ledger;

import org.motepool.core.money.Money;

/** One amount from one ledger account to another: a debit and an equal credit. */
public record Transfer(LedgerAccount debit, LedgerAccount credit, Money amount) {
    public Transfer {
        if (debit.equals(credit)) {
            throw new IllegalArgumentException("a transfer has two sides, not " + debit + " twice");
        }
    }

    /** The equal and opposite entry. */
    public Transfer reversed() {
        return new Transfer(credit, debit, amount);
    }
}
