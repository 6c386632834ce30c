package org.motepool.payout.block;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.motepool.chain.Chain;
import org.motepool.chain.Chain.ChainBlock;
import org.motepool.chain.Chain.ChainTip;
import org.motepool.chain.ChainException;
import org.motepool.core.hash.Hash256;
import org.motepool.payout.books.BlockBook;
import org.motepool.payout.books.KnownBlock;
import org.motepool.payout.journal.JournalRecord.Standing;

/**
 * Follows registered blocks on the chain: who has matured, fallen off, come back. Decides by block hash on the active
 * chain, never by one error. Blocks; not thread-safe.
 *
 * <p>A block is mature when it has <em>more</em> confirmations than the chain's coinbase maturity. The rules of the chain
 * let a coinbase with exactly that many be spent in the next block, but node wallets count it from one more on, and
 * "available" has to mean that a wallet can pay it.
 */
public final class BlockWatch {
    private final Chain chain;
    private final Map<Hash256, Integer> confirmations = new HashMap<>();
    private Optional<Hash256> lastTip = Optional.empty();

    public BlockWatch(Chain chain) {
        this.chain = chain;
    }

    /**
     * Looks at every block that can still move.
     *
     * @return moves to journal, in order; empty when the tip is as it was at the last look
     */
    public List<Move> look(BlockBook blocks) throws ChainException {
        ChainTip tip = chain.tip();
        if (lastTip.equals(Optional.of(tip.hash()))) {
            return List.of();
        }
        int maturity = chain.parameters().coinbaseMaturity();
        Map<Hash256, Integer> seen = new HashMap<>();
        List<Move> moves = new ArrayList<>();
        for (KnownBlock block : blocks.withPlan()) {
            if (!canMove(block, tip, maturity)) {
                continue;
            }
            Hash256 hash = block.registered().hash();
            OptionalInt young = youngDepth(block, tip, maturity);
            if (young.isPresent()) {
                seen.put(hash, young.getAsInt());
                continue;
            }
            Optional<ChainBlock> found = chain.block(hash);
            seen.put(
                    hash,
                    found.map(ChainBlock::confirmations)
                            .filter(depth -> depth > 0)
                            .orElse(0));
            move(block, found, tip, maturity).ifPresent(moves::add);
        }
        confirmations.clear();
        confirmations.putAll(seen);
        // A block that came back may be mature at once: that is seen at the next look.
        lastTip = moves.isEmpty() ? Optional.of(tip.hash()) : Optional.empty();
        return moves;
    }

    /**
     * The confirmations of an immature block that is on the chain and stays immature: the usual case, for which one hash is
     * asked instead of a whole block.
     */
    private OptionalInt youngDepth(KnownBlock block, ChainTip tip, int maturity) throws ChainException {
        int height = block.registered().height();
        int depth = tip.height() - height + 1;
        boolean young = block.standing() == Standing.IMMATURE && depth > 0 && depth <= maturity;
        return young
                        && chain.hashAt(height)
                                .equals(Optional.of(block.registered().hash()))
                ? OptionalInt.of(depth)
                : OptionalInt.empty();
    }

    /** Confirmations at the last look, 0 when it was not looked at. */
    public int confirmations(Hash256 hash) {
        return confirmations.getOrDefault(hash, 0);
    }

    /** The next look asks about every block, even on the same tip: a block was registered. */
    public void lookAgain() {
        lastTip = Optional.empty();
    }

    private static boolean canMove(KnownBlock block, ChainTip tip, int maturity) {
        return switch (block.standing()) {
            case IMMATURE -> true;
            // No chain turns back that far.
            case ORPHANED -> tip.height() <= block.registered().height() + maturity;
            case MATURE, REFUSED -> false;
        };
    }

    private Optional<Move> move(KnownBlock block, Optional<ChainBlock> found, ChainTip tip, int maturity)
            throws ChainException {
        int depth = found.map(ChainBlock::confirmations).orElse(0);
        if (depth > 0) {
            if (block.standing() == Standing.ORPHANED) {
                return Optional.of(new Move(block, Standing.IMMATURE));
            }
            return depth > maturity ? Optional.of(new Move(block, Standing.MATURE)) : Optional.empty();
        }
        boolean off = block.standing() == Standing.IMMATURE && replaced(block, found, tip);
        return off ? Optional.of(new Move(block, Standing.ORPHANED)) : Optional.empty();
    }

    /** Another block is at its height and at least one more lies on that. */
    private boolean replaced(KnownBlock block, Optional<ChainBlock> found, ChainTip tip) throws ChainException {
        int height = block.registered().height();
        if (tip.height() <= height) {
            return false;
        }
        if (found.isPresent()) {
            return true;
        }
        // A node that never had the block: only what it has in its place counts.
        return chain.hashAt(height)
                .filter(other -> !other.equals(block.registered().hash()))
                .isPresent();
    }

    /** @param to its new standing */
    public record Move(KnownBlock block, Standing to) {}
}
