package org.motepool.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.motepool.core.hash.Hash256;

class DifficultyScaleTest {
    private static final DifficultyScale SHA256D = ProofOfWork.SHA256D.difficulties();
    private static final DifficultyScale SCRYPT = ProofOfWork.SCRYPT.difficulties();

    static Stream<Arguments> all() {
        return Arrays.stream(ProofOfWork.values())
                .flatMap(proof -> LevelTest.all().map(level -> Arguments.of(proof, level)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void announcesADifficultyThatEveryDeviceReadsBackExactly(ProofOfWork proof, Level level) {
        int one = proof == ProofOfWork.SCRYPT ? 16 : 32;
        String announced = proof.difficulties().announced(level);

        assertThat(announced).matches(level.value() < one ? "0\\.[0-9]*[1-9]" : "[1-9][0-9]*");
        BigDecimal exact = new BigDecimal(announced);
        assertThat(exact.stripTrailingZeros().precision()).isLessThanOrEqualTo(16);
        assertThat(exact.multiply(new BigDecimal(BigInteger.TWO.pow(one))))
                .isEqualByComparingTo(new BigDecimal(BigInteger.TWO.pow(level.value())));
        assertThat(Double.parseDouble(announced))
                .isEqualTo(Math.scalb(1.0, level.value() - one))
                .isEqualTo(proof.difficulties().of(level));
        assertThat(proof.difficulties().floor(exact)).isEqualTo(level);
    }

    /** As cpuminer and the firmware of SHA-256d devices count: 65535 times a power of two, over the difficulty. */
    @ParameterizedTest
    @MethodSource("all")
    void theTargetThatDevicesFilterByLiesWithinTheLevels(ProofOfWork proof, Level level) {
        int one = proof == ProofOfWork.SCRYPT ? 16 : 32;
        BigInteger filtered = BigInteger.valueOf(0xffff).shiftLeft(240).shiftRight(level.value());

        assertThat(filtered).isLessThan(level.target().toNumber());
        byte[] hash = ofNumber(filtered);
        assertThat(proof.difficulties().reached(hash, 0, PowShift.NONE))
                .isEqualTo(Math.scalb(1.0, level.value() - one));
    }

    @ParameterizedTest
    @MethodSource("all")
    void aDifficultyAHairBelowALevelFallsToTheOneBeneath(ProofOfWork proof, Level level) {
        BigDecimal below = new BigDecimal(proof.difficulties().announced(level)).subtract(new BigDecimal("1e-30"));

        assertThat(proof.difficulties().floor(below)).isEqualTo(Level.clamped(level.value() - 1));
    }

    @ParameterizedTest
    @CsvSource({
        "0.00015, 19, 16",
        "1.5E-4, 19, 16",
        "1e-05, 16, 16",
        "0.000100, 18, 16",
        "0.0014, 22, 16",
        "1, 32, 16",
        "1.0, 32, 16",
        "1.999999, 32, 16",
        "1000, 41, 25",
        "1024, 42, 26",
        "4294967295, 63, 47",
        "1e-2147483647, 16, 16",
        "1e-400, 16, 16",
        "1e400, 66, 66",
        "9e99999999, 66, 66",
        "1e2147483647, 66, 66",
        "99999999999999999999999999999999999999999999999999, 66, 66",
    })
    void roundsASuggestionDownToALevel(BigDecimal difficulty, int sha256d, int scrypt) {
        assertThat(SHA256D.floor(difficulty)).isEqualTo(new Level(sha256d));
        assertThat(SCRYPT.floor(difficulty)).isEqualTo(new Level(scrypt));
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "-1e-400", "0e2147483647"})
    void refusesADifficultyThatIsNotPositive(BigDecimal difficulty) {
        assertThatThrownBy(() -> SHA256D.floor(difficulty)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reachedDifficultiesLeaveTheShiftedBitsOut() {
        Random random = new Random(16);
        for (int i = 0; i < 1_000; i++) {
            byte[] hash = new byte[40];
            random.nextBytes(hash);
            PowShift shift = new PowShift(random.nextInt(PowShift.BITS_MAX + 1));
            BigInteger number = Hash256.ofInternal(hash, 3).toNumber().mod(BigInteger.TWO.pow(256 - shift.bits()));
            double exact = Target.DIFFICULTY_ONE.toNumber().doubleValue() / number.doubleValue();

            assertThat(SHA256D.reached(hash, 3, shift)).isCloseTo(exact, withinPercentage(1e-9));
            assertThat(SCRYPT.reached(hash, 3, shift)).isEqualTo(65536 * SHA256D.reached(hash, 3, shift));
        }
    }

    @ParameterizedTest
    @EnumSource(ProofOfWork.class)
    void levelsOfSha256dMoveToTheSameDifficulty(ProofOfWork proof) {
        DifficultyScale scale = proof.difficulties();

        assertThat(scale.announced(scale.like(new Level(40)))).isEqualTo("256");
        assertThat(scale.announced(scale.like(new Level(32)))).isEqualTo("1");
        assertThat(scale.like(new Level(25)).value()).isEqualTo(proof == ProofOfWork.SCRYPT ? 16 : 25);
    }

    @Test
    void codesNeverChangeTheirMeaning() {
        assertThat(Arrays.stream(ProofOfWork.values()).map(ProofOfWork::code)).isEqualTo(List.of(1, 2));
        for (ProofOfWork proof : ProofOfWork.values()) {
            assertThat(ProofOfWork.ofCode(proof.code())).isEqualTo(proof);
        }
        assertThatThrownBy(() -> ProofOfWork.ofCode(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] ofNumber(BigInteger number) {
        byte[] hash = new byte[32];
        byte[] bigEndian = number.toByteArray();
        for (int b = 0; b < Math.min(32, bigEndian.length); b++) {
            hash[b] = bigEndian[bigEndian.length - 1 - b];
        }
        return hash;
    }
}
