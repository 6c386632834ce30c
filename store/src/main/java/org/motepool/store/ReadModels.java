package org.motepool.store;

import java.util.List;
import java.util.Optional;
import org.motepool.core.account.AccountId;
import org.motepool.core.money.Money;

/** What payout publishes for pages beside balances and blocks; the journal is the truth. Calls block. */
public interface ReadModels {
    int CREDITS_KEPT_MAX = 100;

    /** Adds credits of one block; a block and account that is there already is replaced. Keeps the newest 100 each. */
    void putCredits(List<Credit> credits) throws StoreException;

    /** Newest first. */
    List<Credit> credits(AccountId account, int max) throws StoreException;

    /** The accountant's own state, for health and pages. */
    void putPayoutState(PayoutState state) throws StoreException;

    Optional<PayoutState> payoutState() throws StoreException;

    /**
     * @param blockHash in display order
     * @param height of the block
     * @param weight of the account and {@code totalWeight}: decimal integers of any size
     * @param at milliseconds since 1970
     */
    record Credit(
            AccountId account,
            String blockHash,
            int height,
            Money amount,
            String weight,
            String totalWeight,
            long at) {}

    /**
     * @param halted empty, or why credits have stopped
     * @param sequence of the journal's last record
     * @param slices sealed ever
     * @param workUnits journaled ever, a decimal integer
     * @param shares journaled ever
     * @param at milliseconds since 1970
     */
    record PayoutState(String halted, long sequence, long slices, String workUnits, long shares, long at) {}
}
