package org.motepool.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NbitsTest {
    @ParameterizedTest
    @CsvSource({
        "1d00ffff, 00000000ffff0000000000000000000000000000000000000000000000000000",
        "1b0404cb, 00000000000404cb000000000000000000000000000000000000000000000000",
        "17034219, 0000000000000000000342190000000000000000000000000000000000000000",
        "207fffff, 7fffff0000000000000000000000000000000000000000000000000000000000",
        "05009234, 0000000000000000000000000000000000000000000000000000000092340000",
        "03123456, 0000000000000000000000000000000000000000000000000000000000123456",
        "02123456, 0000000000000000000000000000000000000000000000000000000000001234",
        "01123456, 0000000000000000000000000000000000000000000000000000000000000012",
        "220000ff, ff00000000000000000000000000000000000000000000000000000000000000",
        "2100ffff, ffff000000000000000000000000000000000000000000000000000000000000",
    })
    void expandsToTheTarget(String hex, String target) {
        Nbits nbits = Nbits.ofHex(hex);

        assertThat(nbits.target()).hasToString(target);
        assertThat(nbits.toHex()).isEqualTo(hex);
        assertThat(nbits.tau()).isEqualTo(new BigInteger(target, 16).add(BigInteger.ONE));
    }

    /** Zero, negative or above 2^256 - 1, with the odd encodings of each. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000", "00123456", "01003456", "02000056", "03000000", "04000000", "20000000", "01800000",
                "01fedcba", "04923456", "1d80ffff", "23000001", "22000100", "21010000", "ff123456", "ff000001"
            })
    void refusesWhatIsNoTarget(String hex) {
        assertThatThrownBy(() -> Nbits.ofHex(hex))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(hex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1d00fff", "1d00fffff", "+d00ffff", "-d00ffff", "1d00ffgf", "1d00ff\u0661\u0661"})
    void refusesWhatIsNotEightHexDigits(String text) {
        assertThatThrownBy(() -> Nbits.ofHex(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void compactFormIsTheLargestNotAboveTheTarget() {
        long seed = 1;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            BigInteger target = new BigInteger(1 + random.nextInt(256), random).max(BigInteger.ONE);
            Nbits nbits = Nbits.notAbove(target);
            BigInteger back = nbits.target().toNumber();

            assertThat(back).as("seed %d, %x", seed, target).isLessThanOrEqualTo(target);
            assertThat(Nbits.notAbove(back)).as("seed %d, %x", seed, target).isEqualTo(nbits);
            // Between it and the next compact target there is at most one step of its lowest mantissa digit.
            BigInteger step = BigInteger.ONE.shiftLeft(8 * Math.max(0, (nbits.value() >>> 24) - 3));
            assertThat(target.subtract(back)).as("seed %d, %x", seed, target).isLessThan(step);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 01010000", "127, 017f0000", "128, 02008000", "255, 0200ff00", "32768, 03008000", "8388608, 04008000"
    })
    void smallTargetsKeepTheSignBitClear(BigInteger target, String hex) {
        assertThat(Nbits.notAbove(target)).hasToString(hex);
        assertThat(Nbits.notAbove(target).target().toNumber()).isEqualTo(target);
    }

    @Test
    void notAboveTakesOnlyTargets() {
        for (BigInteger wrong : new BigInteger[] {BigInteger.ZERO, BigInteger.valueOf(-7), BigInteger.TWO.pow(256)}) {
            assertThatThrownBy(() -> Nbits.notAbove(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Nbits.notAbove(BigInteger.TWO.pow(256).subtract(BigInteger.ONE)))
                .hasToString("2100ffff");
    }

    @Test
    void showsTheDifficultyThatPeopleQuote() {
        assertThat(Nbits.ofHex("1d00ffff").displayDifficulty()).isEqualTo(1.0);
        assertThat(Nbits.ofHex("1b0404cb").displayDifficulty()).isCloseTo(16307.420938523983, within(1e-9));
    }
}
