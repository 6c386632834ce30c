package org.motepool.payout.ledger;

import java.util.OptionalInt;
import org.motepool.core.money.Money;
import org.motepool.payout.ledger.LedgerAccount.Miner;
import org.motepool.payout.ledger.LedgerAccount.Part;

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

    /** The account index for which this leaves the pool. */
    OptionalInt paysTo() {
        return outside(debit, credit);
    }

    /** The account index whose payment this takes back. */
    OptionalInt takesBackFrom() {
        return outside(credit, debit);
    }

    private static OptionalInt outside(LedgerAccount miner, LedgerAccount other) {
        return miner instanceof Miner(int account, Part part)
                        && part == Part.PAYING
                        && !(other instanceof Miner)
                        && other.growsByDebit()
                ? OptionalInt.of(account)
                : OptionalInt.empty();
    }
}
