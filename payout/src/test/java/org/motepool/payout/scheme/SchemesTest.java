package org.motepool.payout.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.motepool.core.money.Money;

/** PPLNS, SOLO, fee and money by the worked numbers of the reward schemes' §3–§5. Accounts A, B, C are 0, 1, 2. */
final class SchemesTest {
    private static final Money GROSS = Money.ofSatoshis(312_500_000);
    private static final Money FEE = Fee.of(GROSS, 100);
    private static final Money REWARD = GROSS.minus(FEE);
    private static final int FINDER = 2;

    @Test
    void takesTheFeeRoundedDown() {
        assertThat(FEE).isEqualTo(Money.ofSatoshis(3_125_000));
        assertThat(REWARD).isEqualTo(Money.ofSatoshis(309_375_000));
        assertThat(Fee.of(new Money(0, 9_999), 1)).isEqualTo(Money.ZERO);
        assertThat(Fee.of(new Money(0, 10_000), 1)).isEqualTo(new Money(0, 1));
        assertThat(Fee.of(GROSS, 10_000)).isEqualTo(GROSS);
        assertThatThrownBy(() -> Fee.of(GROSS, 10_001)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void paysTheFinderAllInSolo() {
        Weights weights = new Solo().weights(List.of(slice(1, 1, "0:50 1:70")), FINDER);
        assertThat(credits(weights)).isEqualTo(Map.of(FINDER, "309375000.000000000000"));
        assertThat(weights.lastSlice()).isZero();
    }

    @Test
    void takesAPartOfTheSliceAtTheBoundary() {
        List<SliceWork> slices =
                List.of(slice(3, 1, "0:400 1:300"), slice(2, 1, "0:100 2:600"), slice(1, 1, "1:500 2:300"));
        Weights weights = window(2).weights(slices, FINDER);
        assertThat(weights.byAccount()).isEqualTo(Map.of(0, number(400_000), 1, number(540_000), 2, number(660_000)));
        assertThat(weights.total()).isEqualTo(number(1_600_000));
        assertThat(weights.firstSlice()).isEqualTo(1);
        assertThat(weights.lastSlice()).isEqualTo(3);
        assertThat(credits(weights))
                .isEqualTo(
                        Map.of(0, "77343750.000000000000", 1, "104414062.500000000000", 2, "127617187.500000000000"));
    }

    @Test
    void countsWorkByTheTargetOfItsTime() {
        List<SliceWork> slices = List.of(slice(2, 1, "0:500"), slice(1, 2, "1:400"));
        Weights weights = window(1).weights(slices, FINDER);
        assertThat(weights.byAccount()).isEqualTo(Map.of(0, number(400_000), 1, number(400_000)));
        assertThat(credits(weights)).isEqualTo(Map.of(0, "154687500.000000000000", 1, "154687500.000000000000"));
    }

    @Test
    void givesAllToTheWorkOfAYoungPool() {
        Weights weights = window(2).weights(List.of(slice(1, 1, "0:100 1:50")), FINDER);
        assertThat(weights.byAccount()).isEqualTo(Map.of(0, number(100), 1, number(50)));
        assertThat(credits(weights)).isEqualTo(Map.of(0, "206250000.000000000000", 1, "103125000.000000000000"));
    }

    @Test
    void keepsTheScoreAtShareTimeWithWindowOfEightBlocks() {
        // TIDES' example has the same window; ours takes the score at share time, here the same for all.
        List<SliceWork> slices = List.of(slice(2, 1, "0:6000 1:1500"), slice(1, 1, "2:1000"));
        assertThat(credits(window(8).weights(slices, FINDER)))
                .isEqualTo(Map.of(0, "232031250.000000000000", 1, "58007812.500000000000", 2, "19335937.500000000000"));
    }

    @Test
    void paysTheFinderWhenNoWorkIsSealed() {
        assertThat(credits(window(8).weights(List.of(), FINDER))).isEqualTo(Map.of(FINDER, "309375000.000000000000"));
        assertThat(credits(window(8).weights(List.of(slice(1, 1, "")), FINDER)))
                .isEqualTo(Map.of(FINDER, "309375000.000000000000"));
    }

    @Test
    void stopsWithoutBoundaryWhenSlicesFillTheWindowExactly() {
        Weights weights = window(1).weights(List.of(slice(2, 1, "0:1000"), slice(1, 1, "1:5")), FINDER);
        assertThat(weights.byAccount()).isEqualTo(Map.of(0, number(1000)));
        assertThat(weights.firstSlice()).isEqualTo(2);
    }

    @Test
    void countsLateWorkOfAnotherTargetInFullAndBoundarySlices() {
        SliceWork mixed = SliceWork.of(2, List.of(cell(1, 0, 100), cell(3, 0, 50), cell(3, 1, 50)));
        assertThat(mixed.score()).isEqualTo(number(400));
        Weights full = window(1).weights(List.of(mixed), FINDER);
        assertThat(full.byAccount()).isEqualTo(Map.of(0, number(250), 1, number(150)));
        Weights cut = new Pplns(number(200)).weights(List.of(mixed), FINDER);
        assertThat(cut.byAccount()).isEqualTo(Map.of(0, number(200 * 250), 1, number(200 * 150)));
    }

    @Test
    void weightsOfAFullWindowAddUpToTheWindowExactly() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            BigInteger windowScore = number(random.nextInt(1, 5000));
            List<SliceWork> slices = new ArrayList<>();
            BigInteger all = BigInteger.ZERO;
            for (int n = 30; n > 0; n--) {
                SliceWork slice = SliceWork.of(
                        n,
                        List.of(
                                cell(random.nextInt(1, 4), random.nextInt(5), random.nextInt(1, 200)),
                                cell(random.nextInt(1, 4), random.nextInt(5), random.nextInt(1, 200))));
                slices.add(slice);
                all = all.add(slice.score());
            }
            Weights weights = new Pplns(windowScore).weights(slices, FINDER);
            if (all.compareTo(windowScore) >= 0) {
                assertThat(weights.total().mod(windowScore)).as("seed %d", seed).isZero();
            } else {
                assertThat(weights.total()).as("seed %d", seed).isEqualTo(all);
            }
        }
    }

    @Test
    void addsAndSubtractsMoneyWithCarryAndBorrow() {
        assertThat(new Money(0, 999_999_999_999L).plus(new Money(0, 2))).isEqualTo(new Money(1, 1));
        assertThat(new Money(10, 500_000_000_000L).plus(new Money(0, 500_000_000_000L)))
                .isEqualTo(new Money(11, 0));
        assertThat(new Money(1, 1).minus(new Money(0, 2))).isEqualTo(new Money(0, 999_999_999_999L));
        assertThatThrownBy(() -> new Money(0, 1).minus(new Money(0, 2))).isInstanceOf(ArithmeticException.class);
    }

    /** Examples count score in units of which a block has 1000. */
    private static Pplns window(int blocks) {
        return new Pplns(number(1000L * blocks));
    }

    private static SliceWork slice(long number, int tau, String work) {
        List<SliceWork.Cell> cells = Arrays.stream(work.split(" "))
                .filter(text -> !text.isEmpty())
                .map(text -> text.split(":"))
                .map(pair -> cell(tau, Integer.parseInt(pair[0]), Long.parseLong(pair[1])))
                .toList();
        return SliceWork.of(number, cells);
    }

    private static SliceWork.Cell cell(int tau, int account, long units) {
        return new SliceWork.Cell(number(tau), account, units);
    }

    private static BigInteger number(long value) {
        return BigInteger.valueOf(value);
    }

    private static Map<Integer, String> credits(Weights weights) {
        TreeMap<Integer, BigInteger> ordered = new TreeMap<>(weights.byAccount());
        List<BigInteger> parts = Split.split(REWARD.toFractions(), List.copyOf(ordered.values()));
        Map<Integer, String> credits = new TreeMap<>();
        List<Integer> accounts = List.copyOf(ordered.keySet());
        for (int i = 0; i < accounts.size(); i++) {
            credits.put(accounts.get(i), Money.ofFractions(parts.get(i)).toString());
        }
        return credits;
    }
}
