package org.motepool.payout.books;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motepool.core.hash.Hash256;
import org.motepool.payout.journal.JournalRecord.BlockMoved;
import org.motepool.payout.journal.JournalRecord.BlockRegistered;
import org.motepool.payout.journal.JournalRecord.Standing;

/** The blocks that were registered, each hash once. Not thread-safe: the accountant's. */
public final class BlockBook {
    /** Newest blocks that keep their plan whatever their standing: more than a maturity of any chain. */
    public static final int PLANS_KEPT_MAX = 256;
    /** Newest blocks that are remembered at all, about 200 bytes each; the same block is never reported that late. */
    static final int BLOCKS_KEPT_MAX = 1_000_000;

    private final Map<Hash256, KnownBlock> blocks = new LinkedHashMap<>();
    private final Deque<Hash256> planned = new ArrayDeque<>();

    /** False when this hash was registered before: then nothing changes. */
    boolean add(BlockRegistered block) {
        if (blocks.containsKey(block.hash())) {
            return false;
        }
        blocks.put(block.hash(), KnownBlock.of(block));
        planned.addLast(block.hash());
        forget();
        return true;
    }

    void restore(KnownBlock block) {
        blocks.put(block.registered().hash(), block);
    }

    void restorePlanned(Hash256 hash) {
        planned.addLast(hash);
    }

    /** Blocks whose plan is kept, oldest first. */
    Collection<Hash256> planned() {
        return Collections.unmodifiableCollection(planned);
    }

    /** Records a move and returns the block as it was. */
    KnownBlock move(BlockMoved moved) {
        KnownBlock block = blocks.get(moved.hash());
        if (block == null || block.standing() != moved.from()) {
            throw new IllegalStateException("block " + moved.hash() + " does not stand at " + moved.from());
        }
        blocks.put(moved.hash(), block.moved(moved.to()));
        return block;
    }

    private void forget() {
        while (planned.size() > PLANS_KEPT_MAX && settled(planned.getFirst())) {
            blocks.computeIfPresent(planned.removeFirst(), (hash, block) -> block.slim());
        }
        if (blocks.size() > BLOCKS_KEPT_MAX) {
            blocks.remove(blocks.keySet().iterator().next());
        }
    }

    private boolean settled(Hash256 hash) {
        KnownBlock block = blocks.get(hash);
        return block == null || block.standing() != Standing.IMMATURE;
    }

    public Optional<KnownBlock> find(Hash256 hash) {
        return Optional.ofNullable(blocks.get(hash));
    }

    /** All that are remembered, oldest first. */
    public Collection<KnownBlock> all() {
        return Collections.unmodifiableCollection(blocks.values());
    }

    /** Blocks that still have their plan, oldest first. */
    public List<KnownBlock> withPlan() {
        List<KnownBlock> found = new ArrayList<>();
        for (Hash256 hash : planned) {
            KnownBlock block = blocks.get(hash);
            if (block != null && block.registered().plan().isPresent()) {
                found.add(block);
            }
        }
        return found;
    }
}
