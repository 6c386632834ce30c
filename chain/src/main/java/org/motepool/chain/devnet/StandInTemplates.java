package org.motepool.chain.devnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motepool.chain.block.CoinbaseHeight;
import org.motepool.chain.block.RawBlock;
import org.motepool.chain.block.RawTransaction;
import org.motepool.chain.block.WitnessCommitment;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.work.Nbits;

/**
 * Templates as large as main's at main's difficulty, on tips that nobody mined: for load tests, where no block is ever found
 * and a tip is wanted at a moment of one's own. The transactions are the same on every tip. Not thread-safe.
 */
public final class StandInTemplates {
    /** About 1.3 * 10^14 times difficulty 1, as main has it. */
    public static final Nbits MAIN_NBITS = Nbits.ofHex("17022b91");

    /** Of {@link #first}. */
    public static final int FIRST_HEIGHT = 900_000;

    private static final int HALVING_INTERVAL = 210_000;
    private static final int MEDIAN_TIME_BEHIND_SECONDS = 3_600;

    private final List<BlockTemplate.Transaction> transactions = new ArrayList<>();
    private final Bytes commitment;
    private final long fees;

    /**
     * @param count of transactions: 2,048 to 4,095 make a branch of 12
     * @param seed of the transactions
     */
    public StandInTemplates(int count, long seed) {
        if (count < 0 || count > DevnetSettings.TRANSACTIONS_MAX) {
            throw new IllegalArgumentException(
                    "a template has 0 to " + DevnetSettings.TRANSACTIONS_MAX + " transactions, not " + count);
        }
        List<Hash256> witnessIds = new ArrayList<>();
        long sum = 0;
        for (int index = 0; index < count; index++) {
            SyntheticTransaction one = SyntheticTransaction.make(seed, FIRST_HEIGHT, index);
            transactions.add(new BlockTemplate.Transaction(one.id(), one.raw()));
            witnessIds.add(one.witnessId());
            sum += one.fee();
        }
        fees = sum;
        commitment = WitnessCommitment.of(WitnessCommitment.root(witnessIds), WitnessCommitment.RESERVED)
                .script();
    }

    /** The first tip, with nothing but a coinbase and no work in it, as all of these. */
    public static RawBlock first(int nowSeconds) {
        return block(FIRST_HEIGHT, Hash256.ZERO, nowSeconds);
    }

    /** A tip on the template's. */
    public static RawBlock tipOn(BlockTemplate template, int nowSeconds) {
        return block(template.height(), template.prevHash(), nowSeconds);
    }

    private static RawBlock block(int height, Hash256 before, int nowSeconds) {
        RawTransaction coinbase = new RawTransaction(
                1,
                List.of(new RawTransaction.Input(Hash256.ZERO, -1, CoinbaseHeight.push(height), -1, List.of())),
                List.of(new RawTransaction.Output(0, Bytes.ofHex("6a"))),
                0);
        BlockHeader header =
                new BlockHeader(TemplateMaker.VERSION, before, coinbase.id(), nowSeconds, MAIN_NBITS, height);
        return new RawBlock(header, List.of(coinbase));
    }

    /**
     * A template.
     *
     * @param tip that it builds on
     * @param height of the tip
     */
    public BlockTemplate on(RawBlock tip, int height, int nowSeconds) {
        return BlockTemplate.of(
                height + 1,
                tip.hash(),
                TemplateMaker.VERSION,
                MAIN_NBITS,
                nowSeconds - MEDIAN_TIME_BEHIND_SECONDS,
                nowSeconds,
                Subsidy.at(height + 1, HALVING_INTERVAL) + fees,
                Optional.of(commitment),
                transactions);
    }
}
