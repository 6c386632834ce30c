package org.motepool.core.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
    private static final long F = Money.FRACTIONS_PER_SATOSHI;

    @ParameterizedTest
    @CsvSource({
        "0.999999999999, 0.000000000002, 1.000000000001",
        "10.5, 0.5, 11",
        "0, 0, 0",
        "0.999999999999, 0.999999999999, 1.999999999998",
        "9007199254740990.999999999999, 0.000000000001, 9007199254740991",
    })
    void addsWithCarryAndSubtractsWithBorrow(String left, String right, String sum) {
        Money total = Money.parse(left).plus(Money.parse(right));

        assertThat(total).isEqualTo(Money.parse(sum));
        assertThat(total.minus(Money.parse(right))).isEqualTo(Money.parse(left));
        assertThat(total.minus(Money.parse(left))).isEqualTo(Money.parse(right));
    }

    @Test
    void keepsTheFractionOfWhatIsPayableNow() {
        Money balance = new Money(104_414_062, 500_000_000_000L);

        assertThat(balance.minus(Money.ofSatoshis(balance.satoshis()))).isEqualTo(new Money(0, 500_000_000_000L));
        assertThat(balance).hasToString("104414062.500000000000");
    }

    @Test
    void refusesAResultBelowZero() {
        assertThatThrownBy(() -> Money.ZERO.minus(new Money(0, 1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Money(1, 0).minus(new Money(1, 1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.ofFractions(BigInteger.valueOf(-1))).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void refusesAResultAboveItsRange() {
        Money most = new Money(Money.SATOSHIS_MAX, F - 1);

        assertThatThrownBy(() -> most.plus(new Money(0, 1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> most.plus(most)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.ofFractions(most.toFractions().add(BigInteger.ONE)))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.ofFractions(BigInteger.TWO.pow(200))).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void limbsStayInRange() {
        assertThatThrownBy(() -> new Money(-1, 0)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Money(1L << 53, 0)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Money(0, -1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Money(0, F)).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "7, 7, 0", "1.5, 1, 500000000000", "0.000000000001, 0, 1", "0007.10, 7, 100000000000"})
    void parsesSatoshisWithUpToTwelveDecimals(String text, long satoshis, long fraction) {
        assertThat(Money.parse(text)).isEqualTo(new Money(satoshis, fraction));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "1.",
                ".5",
                "-1",
                "+1",
                "1e3",
                " 1",
                "1,5",
                "1.5.5",
                "1.0000000000001",
                "\u0661",
                "1.\u0661",
                "9007199254740992",
                "99999999999999999",
                "1.-5"
            })
    void refusesWhatIsNoAmount(String text) {
        assertThatThrownBy(() -> Money.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void agreesWithWholeNumbersOfFractions() {
        long seed = 12;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            Money a = new Money(random.nextLong(1L << random.nextInt(1, 52)), random.nextLong(F));
            Money b = new Money(random.nextLong(1L << random.nextInt(1, 52)), random.nextLong(F));
            BigInteger sum = a.toFractions().add(b.toFractions());

            assertThat(a.plus(b).toFractions()).as("seed %d", seed).isEqualTo(sum);
            assertThat(Money.ofFractions(sum)).as("seed %d", seed).isEqualTo(a.plus(b));
            assertThat(Money.parse(a.toString())).as("seed %d", seed).isEqualTo(a);
            assertThat(a.compareTo(b))
                    .as("seed %d", seed)
                    .isEqualTo(a.toFractions().compareTo(b.toFractions()));
        }
    }
}
