package org.motepool.dashboards.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({
        "312345, 10000, 312 kH/s ± 1 %",
        "48200000, 400, 48.2 MH/s ± 5 %",
        "48200000, 100, 48 MH/s ± 10 %",
        "48200000, 4, 48 MH/s ± 50 %",
        "48200000, 3, –",
        "0, 100, –",
        "999600, 1000, 1.00 MH/s ± 4 %",
        "999, 1000, 999 H/s ± 4 %",
        "1e15, 1000, 1.00 PH/s ± 4 %",
        "0.5, 1000, 0.5 H/s ± 4 %"
    })
    void showsARateWithAsManyDigitsAsItsBandLeaves(double rate, long shares, String shown) {
        assertThat(Quantities.hashRateWithBand(rate, shares).replace('\u00a0', ' '))
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.000244140625, 0.000244",
        "0.0000152587890625, 0.0000153",
        "1, 1",
        "1834.224, 1.83 k",
        "999.99, 1.00 k",
        "1e14, 100 T",
        "NaN, 0",
        "Infinity, 0",
        "-1, 0"
    })
    void showsDifficultiesToThreeDigits(double difficulty, String shown) {
        assertThat(Quantities.difficulty(difficulty).replace('\u00a0', ' ')).isEqualTo(shown);
    }

    @Test
    void groupsCounts() {
        assertThat(Quantities.count(0)).isEqualTo("0");
        assertThat(Quantities.count(999)).isEqualTo("999");
        assertThat(Quantities.count(1_000)).isEqualTo("1,000");
        assertThat(Quantities.count(900_001)).isEqualTo("900,001");
        assertThat(Quantities.count(-1_234_567)).isEqualTo("-1,234,567");
    }

    @Test
    void showsPercents() {
        assertThat(Quantities.percentOfBasisPoints(150)).isEqualTo("1.5\u00a0%");
        assertThat(Quantities.percentOfBasisPoints(0)).isEqualTo("0\u00a0%");
        assertThat(Quantities.percentOfBasisPoints(1000)).isEqualTo("10\u00a0%");
        assertThat(Quantities.share(BigInteger.ONE, BigInteger.valueOf(3))).isEqualTo("33.3\u00a0%");
        assertThat(Quantities.share(BigInteger.ONE, BigInteger.ZERO)).isEqualTo("–");
    }

    @ParameterizedTest
    @CsvSource({
        "-5, 0 s",
        "0, 0 s",
        "119999, 119 s",
        "120000, 2 min",
        "7199999, 119 min",
        "7200000, 2 h",
        "7500000, 2 h 5 min",
        "36000000, 10 h",
        "172799000, 47 h",
        "172800000, 2 d"
    })
    void showsSpansInAsFewUnitsAsSayEnough(long millis, String shown) {
        assertThat(Times.span(millis).replace('\u00a0', ' ')).isEqualTo(shown);
    }
}
