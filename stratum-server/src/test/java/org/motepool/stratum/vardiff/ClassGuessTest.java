package org.motepool.stratum.vardiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motepool.core.work.Level;
import org.motepool.core.work.ProofOfWork;

class ClassGuessTest {
    @ParameterizedTest
    @CsvSource({"16, MICRO", "23, MICRO", "24, UNKNOWN", "36, UNKNOWN", "37, ASIC", "42, ASIC"})
    void aWishTellsTheClass(int level, DeviceClass expected) {
        assertThat(new ClassGuess(ProofOfWork.SHA256D.difficulties()).wished(new Level(level)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "5e4, 2e5, MICRO",
        "1e6, 3e6, UNKNOWN",
        "3e6, 9e6, CPU",
        "5e8, 2e9, UNKNOWN",
        "1e9, 4e9, ASIC",
        "5e13, 2e14, ASIC"
    })
    void aRateThatLiesInOneClassTellsIt(double low, double high, DeviceClass expected) {
        assertThat(new ClassGuess(ProofOfWork.SHA256D.difficulties()).shows(Optional.of(new RateRange(low, high))))
                .isEqualTo(expected);
    }

    @Test
    void whatItProvesCountsMoreThanItsWishAndBetweenTwoClassesItStays() {
        ClassGuess guess = new ClassGuess(ProofOfWork.SHA256D.difficulties());
        assertThat(guess.wished(new Level(42))).isEqualTo(DeviceClass.ASIC);
        assertThat(guess.shows(Optional.empty())).as("nothing shown yet").isEqualTo(DeviceClass.ASIC);
        assertThat(guess.shows(Optional.of(new RateRange(3e5, 1e6)))).isEqualTo(DeviceClass.MICRO);
        assertThat(guess.wished(new Level(42))).isEqualTo(DeviceClass.MICRO);
        assertThat(guess.shows(Optional.of(new RateRange(1e6, 3e6)))).isEqualTo(DeviceClass.MICRO);
        assertThat(guess.shows(Optional.of(new RateRange(3e6, 4e6)))).isEqualTo(DeviceClass.CPU);
    }

    @Test
    void aDeviceThatFellSilentIsUnknownAgain() {
        ClassGuess guess = new ClassGuess(ProofOfWork.SHA256D.difficulties());
        assertThat(guess.shows(Optional.of(new RateRange(2e9, 4e9)))).isEqualTo(DeviceClass.ASIC);
        assertThat(guess.shows(Optional.empty())).isEqualTo(DeviceClass.UNKNOWN);
    }

    @Test
    void boundsOfAScryptChainAreThoseOfItsDifficulties() {
        ClassGuess guess = new ClassGuess(ProofOfWork.SCRYPT.difficulties());
        assertThat(guess.wished(new Level(20))).as("difficulty 16").isEqualTo(DeviceClass.UNKNOWN);
        assertThat(guess.wished(new Level(21))).as("difficulty 32").isEqualTo(DeviceClass.ASIC);
        assertThat(guess.shows(Optional.of(new RateRange(100, 1_000)))).isEqualTo(DeviceClass.CPU);
    }
}
