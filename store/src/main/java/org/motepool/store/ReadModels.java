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

    /** Sets how a block's reward is shared; kept for a year. */
    void putPlan(Plan plan) throws StoreException;

    /** Empty while a block has no plan, and for one that is long gone. */
    Optional<Plan> plan(String blockHash) throws StoreException;

    /** The accountant's own state, for health and pages. */
    void putPayoutState(PayoutState state) throws StoreException;

    Optional<PayoutState> payoutState() throws StoreException;

    /** Tells that owners can have notices, and by which public key webhooks know them; holds for ten minutes. */
    void putNoticeKey(String key) throws StoreException;

    /** Empty where nobody sends notices. */
    Optional<String> noticeKey() throws StoreException;

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
     * How a block's reward is shared.
     *
     * @param blockHash in display order
     * @param windowBlocks PPLNS window in expected blocks
     * @param firstSlice and {@code lastSlice}: the slices that counted, 0 for none
     * @param totalWeight a decimal integer
     * @param accounts that have a part
     * @param largest parts, at most {@value #LARGEST_MAX}
     */
    record Plan(
            String blockHash,
            Money gross,
            int feeBasisPoints,
            Money fee,
            int windowBlocks,
            long firstSlice,
            long lastSlice,
            String totalWeight,
            int accounts,
            List<Part> largest) {
        public static final int LARGEST_MAX = 100;

        public Plan {
            largest = List.copyOf(largest);
        }
    }

    /**
     * @param address canonical
     * @param weight a decimal integer
     */
    record Part(String address, Money amount, String weight) {}

    /**
     * @param halted empty, or why credits have stopped
     * @param sequence of the journal's last record
     * @param slices sealed ever
     * @param workUnits journaled ever, a decimal integer
     * @param shares journaled ever
     * @param owed to miners, the pot included, and {@code held} in coins, when the two were last compared
     * @param comparedHeight of the block at which they were, 0 for never
     * @param at milliseconds since 1970
     */
    record PayoutState(
            String halted,
            long sequence,
            long slices,
            String workUnits,
            long shares,
            Money owed,
            Money held,
            int comparedHeight,
            long at) {}
}
