package org.motepool.payout;

import org.motepool.core.money.Money;
import org.motepool.store.Balances.Balance;

/**
 * Sums of the ledger, as of the accountant's last turn.
 *
 * @param rewards of all blocks that are credited now
 * @param miners what is owed to all miners
 * @param fee the pool's part
 * @param accounts that ever had a credit
 */
public record PayoutTotals(Money rewards, Balance miners, Balance fee, long accounts) {
    public static final PayoutTotals ZERO = new PayoutTotals(Money.ZERO, Balance.ZERO, Balance.ZERO, 0);
}
