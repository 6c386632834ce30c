package org.motepool.payout.payer;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.motepool.chain.Chain;
import org.motepool.chain.Chain.ChainTip;
import org.motepool.chain.ChainException;
import org.motepool.chain.wallet.Wallet;
import org.motepool.core.hash.Hash256;

/**
 * Looks for transactions in the blocks of the active chain, one by one. So what became of a payment does not hang on what a
 * wallet remembers. Not thread-safe: the payer's.
 */
final class TransactionSearch {
    /** Blocks read at one look; the rest at the next. */
    private static final int BLOCKS_MAX = 500;
    /** Read blocks that are remembered, to see a reorganization. */
    private static final int REMEMBERED_MAX = 2 * ChainTerms.CONFIRMATIONS_MAX;

    private final Chain chain;
    private final Wallet wallet;
    /** Wanted transactions, and the height from which they may be in a block. */
    private final Map<Hash256, Integer> wanted = new HashMap<>();

    private final Map<Hash256, Place> found = new HashMap<>();
    private final TreeMap<Integer, Hash256> read = new TreeMap<>();
    private int next = Integer.MAX_VALUE;
    private Optional<ChainTip> caughtUpWith = Optional.empty();

    TransactionSearch(Chain chain, Wallet wallet) {
        this.chain = chain;
        this.wallet = wallet;
    }

    /** Where a transaction is on the active chain. */
    record Place(Hash256 block, int height) {}

    /** Looks for these and no others from now on. */
    void want(Map<Hash256, Integer> transactions) {
        transactions.forEach((id, from) -> {
            if (!wanted.containsKey(id)) {
                next = Math.min(next, Math.max(0, from));
                caughtUpWith = Optional.empty();
            }
        });
        wanted.keySet().retainAll(transactions.keySet());
        wanted.putAll(transactions);
        found.keySet().retainAll(transactions.keySet());
    }

    /** Reads what blocks have come; true when all up to the tip are read. */
    boolean look() throws ChainException {
        ChainTip tip = chain.tip();
        if (wanted.isEmpty()) {
            caughtUpWith = Optional.empty();
            next = Integer.MAX_VALUE;
            read.clear();
            return true;
        }
        if (caughtUpWith.equals(Optional.of(tip))) {
            return true;
        }
        forgetLost();
        for (int left = BLOCKS_MAX; next <= tip.height() && left > 0; left--) {
            Optional<Hash256> block = chain.hashAt(next);
            if (block.isEmpty()) {
                return false;
            }
            for (Hash256 id : wallet.transactions(block.get())) {
                if (wanted.containsKey(id)) {
                    found.put(id, new Place(block.get(), next));
                }
            }
            read.put(next, block.get());
            next++;
        }
        while (read.size() > REMEMBERED_MAX) {
            read.pollFirstEntry();
        }
        boolean done = next > tip.height() && chain.hashAt(tip.height()).equals(Optional.of(tip.hash()));
        caughtUpWith = done ? Optional.of(tip) : Optional.empty();
        return done;
    }

    /** Goes back to where the active chain is still the one that was read. */
    private void forgetLost() throws ChainException {
        while (!read.isEmpty()) {
            Map.Entry<Integer, Hash256> last = read.lastEntry();
            if (chain.hashAt(last.getKey()).equals(Optional.of(last.getValue()))) {
                return;
            }
            found.values().removeIf(place -> place.height() >= last.getKey());
            next = Math.min(next, last.getKey());
            read.pollLastEntry();
        }
    }

    /** Where it is, by the last look. */
    Optional<Place> place(Hash256 transaction) {
        return Optional.ofNullable(found.get(transaction));
    }

    /** The tip up to which everything is read. */
    Optional<ChainTip> caughtUpWith() {
        return caughtUpWith;
    }
}
