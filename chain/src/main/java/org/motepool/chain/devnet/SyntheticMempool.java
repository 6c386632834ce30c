package org.motepool.chain.devnet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motepool.core.hash.Hash256;

/** The transactions that the devnet knows. Not thread-safe, guarded by the chain's lock. */
final class SyntheticMempool {
    /** Heights after its own at which a transaction may still be mined. */
    static final int HEIGHTS_ALIVE = 8;

    /** Twice the heights alive, for branches. */
    private static final int HEIGHTS_CACHED_MAX = 2 * HEIGHTS_ALIVE;

    private final long seed;
    private final int perHeight;
    private final Map<Integer, Map<Hash256, SyntheticTransaction>> byHeight = new LinkedHashMap<>(32, 0.75f, true);

    SyntheticMempool(DevnetSettings settings) {
        seed = settings.seed();
        perHeight = settings.transactionsPerBlock();
    }

    /** All that are made for a height, in the order in which they come in. */
    List<SyntheticTransaction> at(int height) {
        return new ArrayList<>(cached(height).values());
    }

    /** A transaction that a block at {@code height} may hold, if it is one of ours. */
    Optional<SyntheticTransaction> find(Hash256 id, int height) {
        for (int made = height; made > Math.max(0, height - HEIGHTS_ALIVE); made--) {
            SyntheticTransaction found = cached(made).get(id);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private Map<Hash256, SyntheticTransaction> cached(int height) {
        Map<Hash256, SyntheticTransaction> found = byHeight.get(height);
        if (found == null) {
            found = new LinkedHashMap<>();
            for (int index = 0; index < perHeight; index++) {
                SyntheticTransaction transaction = SyntheticTransaction.make(seed, height, index);
                found.put(transaction.id(), transaction);
            }
            byHeight.put(height, found);
            if (byHeight.size() > HEIGHTS_CACHED_MAX) {
                byHeight.remove(byHeight.keySet().iterator().next());
            }
        }
        return found;
    }
}
