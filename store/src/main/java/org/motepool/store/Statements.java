package org.motepool.store;

import java.util.List;
import java.util.Optional;
import org.motepool.core.account.AccountId;
import org.motepool.core.money.Money;

/** What accounts can prove with: lines of their statements, and a share. Written by payout and by nodes. Calls block. */
public interface Statements {
    int LINES_KEPT_MAX = 100;

    /** Adds lines; one of the same account and subject is replaced. Keeps the newest 100 of each account. */
    void put(List<Line> lines) throws StoreException;

    /** Newest first. */
    List<Line> lines(AccountId account, int max) throws StoreException;

    /** Sets the share that each account can show; kept for a year. */
    void putShares(List<ShareProof> shares) throws StoreException;

    Optional<ShareProof> share(AccountId account) throws StoreException;

    /** What a line is about. */
    enum Kind {
        /** A part of a block's reward. */
        BLOCK,
        /** A part of a day's sponsored pot. */
        POT,
        /** A SOLO block whose coinbase paid its finder: never owed. */
        COINBASE
    }

    /**
     * One credit with its proof; texts are what {@link org.motepool.core.statement.PlanTree} hashes, written out.
     *
     * @param subject hash of a block in display order, or number of a UTC day since 1970
     * @param height of the block, 0 for a pot
     * @param standing of the block: a credit of an orphaned one does not stand
     * @param weight and {@code weightBefore}, {@code totalWeight}: decimal integers
     * @param firstSlice and {@code lastSlice}: what counted, 0 for none
     * @param credits of the whole plan
     * @param index of this one, 0 for the first
     * @param journal its id in hex
     * @param root of the plan's tree, in hex
     * @param path from the credit to the root, in hex
     * @param at milliseconds since 1970
     */
    record Line(
            AccountId account,
            Kind kind,
            String subject,
            int height,
            String standing,
            Money gross,
            Money fee,
            Money amount,
            String weightBefore,
            String weight,
            String totalWeight,
            long firstSlice,
            long lastSlice,
            int credits,
            int index,
            String journal,
            String root,
            List<String> path,
            long at) {
        public Line {
            path = List.copyOf(path);
        }
    }

    /**
     * One logged share and its way to its entry's root.
     *
     * @param log id of its log, in hex
     * @param from first log offset of the entry
     * @param to the offset behind it
     * @param record bytes of the SHARE record, in hex
     * @param index of the share in the entry, 0 for the first
     * @param shares of the entry
     * @param path from the share to the root, in hex
     * @param root of the entry, in hex
     * @param at milliseconds since 1970
     */
    record ShareProof(
            AccountId account,
            String log,
            long from,
            long to,
            String record,
            int index,
            int shares,
            List<String> path,
            String root,
            long at) {
        public ShareProof {
            path = List.copyOf(path);
        }
    }
}
