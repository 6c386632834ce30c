package org.motepool.payout.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.motepool.core.money.Money;

/** Finder bonus, PROP, PPS, FPPS and the pot by the worked numbers of the reward schemes. Accounts A, B, C are 0, 1, 2. */
final class OtherSchemesTest {
    private static final Money GROSS = Money.ofSatoshis(312_500_000);
    private static final Money REWARD = Money.ofSatoshis(309_375_000);
    private static final Comparator<Integer> ORDER = Comparator.naturalOrder();

    private static SliceWork slice(long number, long... units) {
        List<SliceWork.Cell> cells = new ArrayList<>();
        for (int i = 0; i < units.length; i++) {
            if (units[i] > 0) {
                cells.add(new SliceWork.Cell(BigInteger.ONE, i, units[i]));
            }
        }
        return SliceWork.of(number, cells);
    }

    private static Money money(String text) {
        return Money.parse(text);
    }

    @Test
    void theFinderGetsABonusAndTheRestGoesByPplns() {
        List<SliceWork> slices = List.of(slice(3, 400, 300), slice(2, 100, 0, 600), slice(1, 0, 500, 300));
        FinderBonus scheme = new FinderBonus(new Pplns(BigInteger.valueOf(2_000)), 500);
        assertThat(scheme.bonus(REWARD)).isEqualTo(Money.ofSatoshis(15_468_750));
        assertThat(scheme.credits(REWARD, slices, 1, ORDER))
                .isEqualTo(Map.of(
                        0, money("73476562.500000000000"),
                        1, money("114662109.375000000000"),
                        2, money("121236328.125000000000")));
    }

    @Test
    void propSharesTheRound() {
        List<SliceWork> slices = List.of(slice(4, 300, 300, 107), slice(3, 300, 0, 0), slice(2, 0, 9, 9));
        Weights weights = new Prop(2).weights(slices, 0);
        assertThat(weights.firstSlice()).isEqualTo(3);
        assertThat(Credits.of(REWARD, weights, ORDER))
                .isEqualTo(Map.of(
                        0, money("184334657.398212512413"),
                        1, money("92167328.699106256206"),
                        2, money("32873013.902681231381")));
        assertThat(new Prop(4).weights(slices, 2).byAccount()).isEqualTo(Map.of(2, BigInteger.ONE));
    }

    @Test
    void ppsCarriesTheRemainderOfItsDivision() {
        Pps pps = new Pps(200);
        BigInteger tau = BigInteger.ONE.shiftLeft(200);
        BigInteger carry = BigInteger.ZERO;
        long[] expected = {4_456_524_038L, 278_532_753L, 4_456_524_038L};
        long[] units = {16, 1, 16};
        Money sum = Money.ZERO;
        Money without = Money.ZERO;
        for (int i = 0; i < units.length; i++) {
            Pps.Purchase bought = pps.buy(GROSS, tau, units[i], carry);
            assertThat(bought.credit()).isEqualTo(new Money(0, expected[i]));
            carry = bought.carry();
            sum = sum.plus(bought.credit());
            without =
                    without.plus(pps.buy(GROSS, tau, units[i], BigInteger.ZERO).credit());
        }
        assertThat(sum).isEqualTo(new Money(0, 9_191_580_829L));
        assertThat(sum).isEqualTo(pps.buy(GROSS, tau, 33, BigInteger.ZERO).credit());
        assertThat(without).isEqualTo(new Money(0, 9_191_580_828L));
    }

    @Test
    void ppsAtADifficultyOfTheMainChain() {
        // A block of 1.5e14 * 2^32 hashes: tau = 2^240 / (1.5e14 * 2^16).
        BigInteger perBlock = BigInteger.valueOf(150_000_000_000_000L).shiftLeft(16);
        BigInteger tau = BigInteger.ONE.shiftLeft(240).divide(perBlock);
        Pps pps = new Pps(0);
        BigInteger carry = BigInteger.ZERO;
        BigInteger sum = BigInteger.ZERO;
        assertThat(pps.buy(GROSS, tau, 1, carry).credit()).isEqualTo(new Money(0, 31));
        for (int i = 0; i < 1_000; i++) {
            Pps.Purchase bought = pps.buy(GROSS, tau, 1, carry);
            sum = sum.add(bought.credit().toFractions());
            carry = bought.carry();
        }
        assertThat(sum).isEqualTo(BigInteger.valueOf(31_789));
    }

    @Test
    void fppsAddsTheMeanFees() {
        Fpps.Mean mean = Fpps.mean(
                List.of(Money.ofSatoshis(5_000_123), Money.ofSatoshis(4_999_877), Money.ofSatoshis(5_100_001)),
                BigInteger.ZERO);
        assertThat(mean.amount()).isEqualTo(money("5033333.666666666666"));
        assertThat(mean.carry()).isEqualTo(BigInteger.TWO);
        Fpps fpps = new Fpps(new Pps(200));
        BigInteger tau = BigInteger.ONE.shiftLeft(200);
        assertThat(fpps.buy(GROSS, mean, tau, 33, BigInteger.ZERO))
                .isEqualTo(new Pps(200).buy(GROSS.plus(mean.amount()), tau, 33, BigInteger.ZERO));
    }

    @Test
    void aPotSharesNoMoreThanItHolds() {
        FixedPot pot = new FixedPot(Money.ofSatoshis(1_000));
        assertThat(pot.share(Money.ofSatoshis(5_000))).isEqualTo(Money.ofSatoshis(1_000));
        assertThat(pot.share(Money.ofSatoshis(999))).isEqualTo(Money.ofSatoshis(999));
        assertThat(pot.share(Money.ZERO)).isEqualTo(Money.ZERO);
        Weights weights = FixedPot.weights(Map.of(0, BigInteger.ONE, 1, BigInteger.TWO), 3, 9);
        assertThat(Credits.of(Money.ofSatoshis(10), weights, ORDER))
                .isEqualTo(Map.of(0, money("3.333333333333"), 1, money("6.666666666667")));
    }

    @Test
    void refusesWhatNoSchemeCanBe() {
        assertThatThrownBy(() -> new Pps(10_001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FinderBonus(Pplns.ofBlocks(8), -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fpps.mean(List.of(), BigInteger.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pps(0)
                        .buy(
                                GROSS,
                                BigInteger.ONE,
                                1,
                                BigInteger.valueOf(10_000).shiftLeft(240)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
