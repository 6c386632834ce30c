package org.motepool.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LevelTest {
    static Stream<Level> all() {
        return IntStream.rangeClosed(Level.LOWEST, Level.HIGHEST).mapToObj(Level::new);
    }

    @ParameterizedTest
    @MethodSource("all")
    void itsTargetAndItsWorthAgree(Level level) {
        BigInteger hashes = BigInteger.TWO.pow(level.value());

        assertThat(level.target().toNumber().add(BigInteger.ONE).multiply(hashes))
                .isEqualTo(BigInteger.TWO.pow(256));
        assertThat(level.hashes()).isEqualTo(hashes);
        assertThat(BigInteger.valueOf(level.workUnits()).shiftLeft(16)).isEqualTo(hashes);
        assertThat(level.hashesAsDouble()).isEqualTo(hashes.doubleValue());
    }

    @ParameterizedTest
    @CsvSource({"0, 16", "1, 16", "65535, 16", "65536, 16", "131071, 16", "131072, 17", "4294967296, 32"})
    void roundsHashesDown(BigInteger hashes, int level) {
        assertThat(Level.floorOfHashes(hashes)).isEqualTo(new Level(level));
    }

    @Test
    void levelsOutsideTheRangeDoNotExist() {
        assertThatThrownBy(() -> new Level(15)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Level(67)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Level.clamped(Integer.MIN_VALUE)).isEqualTo(Level.MIN);
        assertThat(Level.clamped(Integer.MAX_VALUE)).isEqualTo(Level.MAX);
    }

    @Test
    void acceptsExactlyTheHashesNotAboveTheTarget() {
        long seed = 256;
        Random random = new Random(seed);
        byte[] buffer = new byte[40];
        for (int i = 0; i < 50_000; i++) {
            Target target = randomTarget(random);
            PowShift shift = new PowShift(random.nextInt(PowShift.BITS_MAX + 1));
            BigInteger hash = nearTo(target.toNumber(), random);
            byte[] bigEndian = hash.toByteArray();
            int offset = random.nextInt(9);
            for (int b = 0; b < 32; b++) {
                int from = bigEndian.length - 1 - b;
                buffer[offset + b] = from < 0 ? 0 : bigEndian[from];
            }
            BigInteger kept = hash.mod(BigInteger.TWO.pow(256 - shift.bits()));

            assertThat(target.accepts(buffer, offset, shift))
                    .as("seed %d, round %d, target %s, hash %064x, shift %d", seed, i, target, hash, shift.bits())
                    .isEqualTo(kept.compareTo(target.toNumber()) <= 0);
        }
    }

    private static Target randomTarget(Random random) {
        return random.nextBoolean()
                ? Level.clamped(16 + random.nextInt(51)).target()
                : Target.of(new BigInteger(1 + random.nextInt(256), random));
    }

    /** Mostly right at the edge, where one wrong word or sign shows. */
    private static BigInteger nearTo(BigInteger target, Random random) {
        BigInteger limit = BigInteger.TWO.pow(256);
        BigInteger off = BigInteger.valueOf(random.nextInt(3) - 1).shiftLeft(64 * random.nextInt(4));
        return switch (random.nextInt(3)) {
            case 0 -> new BigInteger(256, random);
            case 1 -> target.add(off).mod(limit);
            default ->
                target.add(off).add(new BigInteger(32, random).shiftLeft(224)).mod(limit);
        };
    }

    @Test
    void targetsTakeOnly256BitNumbers() {
        BigInteger largest = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

        assertThat(Target.of(largest).toNumber()).isEqualTo(largest);
        assertThat(Target.of(BigInteger.ZERO).toNumber()).isZero();
        assertThatThrownBy(() -> Target.of(largest.add(BigInteger.ONE))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Target.of(BigInteger.valueOf(-1))).isInstanceOf(IllegalArgumentException.class);
    }
}
