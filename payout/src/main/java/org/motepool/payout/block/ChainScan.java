package org.motepool.payout.block;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.motepool.chain.Chain;
import org.motepool.chain.Chain.ChainBlock;
import org.motepool.chain.Chain.ChainTip;
import org.motepool.chain.ChainException;
import org.motepool.chain.block.RawTransaction;
import org.motepool.chain.template.CoinbaseTag;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;

/**
 * Looks through every new block of the active chain for one of ours that no log has reported: its process died between
 * submitting it and writing it down. Ours has a coinbase with the pool's tag, of a log that the journal knows, which pays a
 * script of the pool's. (The printable text beside the tag may be changed at any time, so it decides nothing.) Blocks; not
 * thread-safe.
 */
public final class ChainScan {
    /** Blocks read at one look: a long gap is made up for in many. */
    private static final int READ_MAX = 32;
    /** Blocks that wait; those of logs that never become known are another's, and the oldest go. */
    private static final int SIGHTINGS_MAX = 1_000;

    private final Chain chain;
    private final Predicate<Bytes> payee;
    private final TreeMap<Integer, Hash256> scanned = new TreeMap<>();
    private final TreeMap<Integer, Sighting> sightings = new TreeMap<>();
    private int from;

    /**
     * @param payee tells the pool's scripts
     * @param from height of the first block to look at
     */
    public ChainScan(Chain chain, Predicate<Bytes> payee, int from) {
        this.chain = chain;
        this.payee = payee;
        this.from = Math.max(0, from);
    }

    /** Reads what is new up to {@code tip}. */
    public void look(ChainTip tip) throws ChainException {
        int maturity = chain.parameters().coinbaseMaturity();
        int next = firstNew(tip);
        for (int height = next; height <= tip.height() && height < next + READ_MAX; height++) {
            Optional<Hash256> hash = chain.hashAt(height);
            if (hash.isEmpty()) {
                break;
            }
            Optional<ChainBlock> block = chain.block(hash.get());
            scanned.put(height, hash.get());
            block.flatMap(this::sight).ifPresent(seen -> sightings.put(seen.block.height(), seen));
            from = height + 1;
        }
        // No chain turns back that far.
        scanned.headMap(tip.height() - 2 * maturity).clear();
        while (sightings.size() > SIGHTINGS_MAX) {
            sightings.remove(sightings.firstKey());
        }
    }

    /** Goes back over what a turn of the chain has replaced. */
    private int firstNew(ChainTip tip) throws ChainException {
        scanned.tailMap(tip.height(), false).clear();
        sightings.keySet().removeIf(height -> height > tip.height());
        while (!scanned.isEmpty()) {
            int height = scanned.lastKey();
            if (chain.hashAt(height).equals(Optional.of(scanned.lastEntry().getValue()))) {
                return height + 1;
            }
            scanned.remove(height);
            sightings.remove(height);
            from = height;
        }
        return from;
    }

    private Optional<Sighting> sight(ChainBlock block) {
        Optional<CoinbaseTag> tag = CoinbaseTag.find(block.coinbase());
        return tag.isPresent() && paysThePool(block.coinbase())
                ? Optional.of(new Sighting(block, tag.get()))
                : Optional.empty();
    }

    private boolean paysThePool(Bytes coinbase) {
        try {
            return RawTransaction.parse(coinbase).outputs().stream()
                    .anyMatch(output -> output.value() > 0 && payee.test(output.script()));
        } catch (MalformedBytesException e) {
            return false;
        }
    }

    /**
     * Sightings that have waited for their BLOCK record until half of maturity.
     *
     * @param registered tells blocks that need no waiting: a record came
     * @param known tells the logs that the journal has
     */
    public List<ChainBlock> overdue(ChainTip tip, Predicate<Hash256> registered, Predicate<CoinbaseTag> known) {
        sightings.values().removeIf(seen -> registered.test(seen.block.hash()));
        int wait = chain.parameters().coinbaseMaturity() / 2;
        List<ChainBlock> due = new ArrayList<>();
        for (Sighting seen : sightings.values()) {
            if (tip.height() - seen.block.height() + 1 > wait && known.test(seen.tag)) {
                due.add(seen.block);
            }
        }
        return due;
    }

    /** Sightings that wait. */
    public int waiting() {
        return sightings.size();
    }

    private record Sighting(ChainBlock block, CoinbaseTag tag) {}
}
