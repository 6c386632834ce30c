package org.motepool.payout.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What a clever miner can gain: by coming and going, by choosing levels, by holding shares back, by splitting accounts.
 * Rewards in whole units of one per block; what is measured are gains, in parts of ten thousand, by integers alone.
 */
final class FairnessTest {
    private static final int HONEST = 0;
    private static final int CLEVER = 1;
    /** Work units in a block, and in a slice. */
    private static final long BLOCK = 1_000;

    private static final long SLICE = 20;
    private static final BigInteger REWARD = BigInteger.TEN.pow(15);
    private static final int PARTS = 10_000;

    private final long seed = new Random().nextLong();

    /** Pays by PPLNS over a window of {@code window} blocks; half of the pool hops. */
    private long advantage(int window, int blocks, boolean prop) {
        Random random = new Random(seed);
        Deque<SliceWork> newestFirst = new ArrayDeque<>();
        BigInteger[] paid = {BigInteger.ZERO, BigInteger.ZERO};
        long[] work = new long[2];
        RewardScheme pplns = new Pplns(BigInteger.valueOf(window * BLOCK));
        long number = 0;
        long round = 0;
        long lastBlock = 0;
        for (int found = 0; found < blocks; ) {
            // The classic hopper: there while a round is young, away once it is longer than 0.43 of a block.
            boolean here = round * 100 < 43 * BLOCK;
            long honest = SLICE / 2;
            long clever = here ? SLICE / 2 : 0;
            work[HONEST] += honest;
            work[CLEVER] += clever;
            List<SliceWork.Cell> cells = new ArrayList<>();
            cells.add(new SliceWork.Cell(BigInteger.ONE, HONEST, honest));
            if (clever > 0) {
                cells.add(new SliceWork.Cell(BigInteger.ONE, CLEVER, clever));
            }
            newestFirst.addFirst(SliceWork.of(++number, cells));
            if (newestFirst.size() > 2_000) {
                newestFirst.removeLast();
            }
            round += honest + clever;
            if (random.nextLong(BLOCK) < honest + clever) {
                RewardScheme scheme = prop ? new Prop(lastBlock) : pplns;
                Weights weights = scheme.weights(newestFirst, HONEST);
                for (Map.Entry<Integer, BigInteger> each : weights.byAccount().entrySet()) {
                    paid[each.getKey()] = paid[each.getKey()].add(
                            REWARD.multiply(each.getValue()).divide(weights.total()));
                }
                lastBlock = number;
                round = 0;
                found++;
            }
        }
        BigInteger clever = paid[CLEVER].multiply(BigInteger.valueOf(work[HONEST]));
        BigInteger honest = paid[HONEST].multiply(BigInteger.valueOf(work[CLEVER]));
        return clever.multiply(BigInteger.valueOf(PARTS)).divide(honest).longValueExact() - PARTS;
    }

    @Test
    void aHopperGainsLessThanTwoPercentOfPplnsAndMuchOfProp() {
        long pplns = advantage(8, 10_000, false);
        long prop = advantage(8, 10_000, true);
        System.out.printf("hopper, seed %d: PPLNS %d, PROP %d parts in 10000%n", seed, pplns, prop);
        assertThat(pplns).as("seed %d", seed).isLessThan(200);
        assertThat(prop).as("the test can see a hopper, seed %d", seed).isGreaterThan(1_000);
    }

    /** A share of level k is worth 2^(k-16), and one hash in 2^k makes one. */
    @Test
    void choosingLevelsGainsNothing() {
        Random random = new Random(seed);
        long hashes = 256_000_000L;
        long[] credited = new long[2];
        int level = 0;
        for (long i = 0; i < hashes; i += 64) {
            // 64 hashes at once make a "unit" here; levels 0 to 5 stand for 16 to 21.
            int zeros = Math.min(20, Long.numberOfTrailingZeros(random.nextLong() | 1L << 40));
            credited[HONEST] += zeros >= 2 ? 1L << 2 : 0;
            // The clever one takes another level each time, by what it has just seen.
            credited[CLEVER] += zeros >= level ? 1L << level : 0;
            level = Math.min(5, zeros);
        }
        long gain = credited[CLEVER] * PARTS / credited[HONEST] - PARTS;
        System.out.printf("levels, seed %d: %d parts in 10000%n", seed, gain);
        assertThat(Math.abs(gain)).as("seed %d", seed).isLessThan(200);
    }

    /**
     * Credited is the level in force when the job was sent. Were it the level of the moment, or the lowest since, who holds
     * shares back until the level moves would gain; so he gains nothing, and loses what a new block makes stale.
     */
    @Test
    void holdingSharesBackGainsNothing() {
        Random random = new Random(seed);
        long honest = 0;
        long holder = 0;
        long byTheMoment = 0;
        int level = 3;
        List<int[]> held = new ArrayList<>();
        for (int i = 0; i < 2_000_000; i++) {
            int zeros = Math.min(20, Long.numberOfTrailingZeros(random.nextLong() | 1L << 40));
            if (zeros >= level) {
                honest += 1L << level;
                held.add(new int[] {Math.min(5, zeros), level});
            }
            if (random.nextInt(500) > 0) {
                continue;
            }
            level = random.nextInt(1, 6);
            if (random.nextInt(50) == 0) {
                // A new block: what was held back is stale.
                held.clear();
            }
            for (int[] share : held) {
                // Each waits for the highest level that its hash meets.
                if (share[0] == level) {
                    holder += 1L << share[1];
                    byTheMoment += 1L << level;
                }
            }
            int now = level;
            held.removeIf(share -> share[0] == now);
        }
        System.out.printf(
                "holding back, seed %d: honest %d, holder %d, by the moment's level %d%n",
                seed, honest, holder, byTheMoment);
        assertThat(holder).as("seed %d", seed).isLessThanOrEqualTo(honest);
        assertThat(byTheMoment).as("the test can see the gain, seed %d", seed).isGreaterThan(honest);
    }

    @Test
    void splittingAnAccountGainsLessThanOneFractionEach() {
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            int parts = random.nextInt(2, 40);
            BigInteger reward = new BigInteger(72, random).add(BigInteger.ONE);
            TreeMap<Integer, BigInteger> whole = new TreeMap<>();
            TreeMap<Integer, BigInteger> split = new TreeMap<>();
            for (int other = 0; other < 50; other++) {
                BigInteger weight = new BigInteger(60, random).add(BigInteger.ONE);
                whole.put(1_000 * other, weight);
                split.put(1_000 * other, weight);
            }
            BigInteger mine = BigInteger.ZERO;
            List<Integer> accounts = new ArrayList<>();
            for (int i = 0; i < parts; i++) {
                int account = 1_000 * random.nextInt(50) + 1 + i;
                BigInteger weight = new BigInteger(40, random).add(BigInteger.ONE);
                split.put(account, weight);
                accounts.add(account);
                mine = mine.add(weight);
            }
            whole.put(25_500, mine);
            BigInteger one = share(reward, whole, List.of(25_500));
            BigInteger many = share(reward, split, accounts);
            assertThat(many.subtract(one).abs())
                    .as("seed %d, round %d", seed, round)
                    .isLessThanOrEqualTo(BigInteger.valueOf(parts));
        }
    }

    private static BigInteger share(BigInteger reward, TreeMap<Integer, BigInteger> weights, List<Integer> mine) {
        List<Integer> accounts = List.copyOf(weights.keySet());
        List<BigInteger> parts = Split.split(reward, List.copyOf(weights.values()));
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < accounts.size(); i++) {
            sum = mine.contains(accounts.get(i)) ? sum.add(parts.get(i)) : sum;
        }
        return sum;
    }
}
