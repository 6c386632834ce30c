package org.motepool.chain.devnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motepool.chain.block.WitnessCommitment;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.core.hash.Hash256;

/** Makes templates on the tip. Not thread-safe, guarded by the chain's lock. */
final class TemplateMaker {
    /** Version bits' base, no bit set. */
    static final int VERSION = 0x2000_0000;
    /** For header, counts and coinbase, as nodes reserve it. */
    private static final int RESERVED_WEIGHT = 8_000;

    private final DevnetSettings settings;
    private final Retarget retarget;
    private final SyntheticMempool mempool;

    TemplateMaker(DevnetSettings settings, Retarget retarget, SyntheticMempool mempool) {
        this.settings = settings;
        this.retarget = retarget;
        this.mempool = mempool;
    }

    /**
     * @param refreshes how often this tip's template was made anew: each time some transactions have come in
     * @param nowSeconds since 1970
     */
    BlockTemplate make(DevnetBlock tip, int refreshes, long nowSeconds) {
        int height = tip.height() + 1;
        long minTime = tip.medianTimePast() + 1;
        int curTime = (int) Math.max(nowSeconds, minTime);
        long fees = 0;
        int weight = RESERVED_WEIGHT;
        List<BlockTemplate.Transaction> transactions = new ArrayList<>();
        List<Hash256> witnessIds = new ArrayList<>();
        for (SyntheticTransaction one : arrived(height, refreshes)) {
            if (weight + one.weight() <= BlockRules.WEIGHT_MAX) {
                weight += one.weight();
                fees += one.fee();
                transactions.add(new BlockTemplate.Transaction(one.id(), one.raw()));
                witnessIds.add(one.witnessId());
            }
        }
        WitnessCommitment commitment =
                WitnessCommitment.of(WitnessCommitment.root(witnessIds), WitnessCommitment.RESERVED);
        return BlockTemplate.of(
                height,
                tip.hash(),
                VERSION,
                retarget.next(tip, curTime),
                (int) minTime,
                curTime,
                Subsidy.at(height, settings.halvingInterval()) + fees,
                Optional.of(commitment.script()),
                transactions);
    }

    /** Most are there when the tip comes, a tenth more at each refresh. */
    private List<SyntheticTransaction> arrived(int height, int refreshes) {
        List<SyntheticTransaction> all = mempool.at(height);
        int late = all.size() * 3 / 10;
        long batches = (long) refreshes * Math.max(1, all.size() / 10);
        return all.subList(0, (int) Math.min(all.size(), all.size() - late + batches));
    }
}
