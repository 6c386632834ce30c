package org.motepool.chain.devnet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motepool.core.hash.Hash256;

/**
 * All blocks that are kept, and which of them are the active chain: the branch of most work, of equals the first seen.
 * Not thread-safe, guarded by the chain's lock.
 */
final class BlockTree {
    /** About half a kilobyte each; at 5 s a block, a month. Older ones are forgotten. */
    static final int ACTIVE_BLOCKS_MAX = 500_000;
    /** Newest blocks off the active chain. */
    static final int SIDE_BLOCKS_MAX = 2_000;
    /** No branch may start further below the tip. */
    static final int FORK_DEPTH_MAX = 100;

    /** Blocks forgotten at once, so that the list is seldom moved. */
    private static final int FORGOTTEN_AT_ONCE = 1_000;

    private final int activeMax;
    private final Map<Hash256, DevnetBlock> byHash = new HashMap<>();
    private final List<DevnetBlock> active = new ArrayList<>();
    private final Deque<DevnetBlock> side = new ArrayDeque<>();

    BlockTree(DevnetBlock genesis, int activeMax) {
        this.activeMax = activeMax;
        byHash.put(genesis.hash(), genesis);
        active.add(genesis);
    }

    DevnetBlock tip() {
        return active.getLast();
    }

    Optional<DevnetBlock> find(Hash256 hash) {
        return Optional.ofNullable(byHash.get(hash));
    }

    /** The active block at a height, if there is one and it is kept. */
    Optional<DevnetBlock> at(int height) {
        int index = height - active.getFirst().height();
        return index < 0 || index >= active.size() ? Optional.empty() : Optional.of(active.get(index));
    }

    boolean isActive(DevnetBlock block) {
        return at(block.height()).filter(one -> one == block).isPresent();
    }

    /** Keeps a block whose parent is known; tells whether it is the new tip. */
    boolean add(DevnetBlock block) {
        byHash.put(block.hash(), block);
        if (block.work().compareTo(tip().work()) <= 0) {
            side.add(block);
            forgetOldSides();
            return false;
        }
        activate(block);
        forgetOldSides();
        forgetOldTransactions();
        forgetOldBlocks();
        return true;
    }

    private void activate(DevnetBlock block) {
        Deque<DevnetBlock> path = new ArrayDeque<>();
        for (DevnetBlock one = block; one != null && !isActive(one); one = one.parent()) {
            path.addFirst(one);
        }
        int forkHeight = path.getFirst().height() - 1;
        while (tip().height() > forkHeight) {
            side.add(active.removeLast());
        }
        side.removeAll(path);
        for (DevnetBlock one : path) {
            byHash.put(one.hash(), one);
            active.add(one);
        }
    }

    private void forgetOldSides() {
        while (side.size() > SIDE_BLOCKS_MAX) {
            byHash.remove(side.removeFirst().hash());
        }
    }

    /** No block can build so deep that it would need them. */
    private void forgetOldTransactions() {
        at(tip().height() - FORK_DEPTH_MAX - SyntheticMempool.HEIGHTS_ALIVE - 1)
                .ifPresent(DevnetBlock::forgetTransactions);
    }

    private void forgetOldBlocks() {
        if (active.size() >= activeMax + FORGOTTEN_AT_ONCE) {
            List<DevnetBlock> oldest = active.subList(0, FORGOTTEN_AT_ONCE);
            oldest.forEach(block -> byHash.remove(block.hash()));
            oldest.clear();
            active.getFirst().forgetParent();
        }
    }
}
