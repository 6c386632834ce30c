package org.motepool.devices.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motepool.core.hash.Sha256;
import org.motepool.core.time.FakeClock;
import org.motepool.core.work.Level;
import org.motepool.core.work.PowShift;
import org.motepool.devices.Transcript;

class RigTest {
    private static final PowShift SHIFT = new PowShift(16);
    private static final int MASK = 0x1fffe000;
    private static final ShareFilter EVERYTHING = ShareFilter.of(1e-60, 0);

    private final FakeClock clock = new FakeClock(1_700_000_000L);
    private final List<FoundShare> found = new ArrayList<>();

    private static Search search(SearchOrder order, PowShift shift) throws Exception {
        MiningJob job =
                MiningJob.ofParams(new JsonMapper().readTree(Transcript.JOB).path("params"));
        return new Search(job, Transcript.EXTRANONCE1, 1_000, order, "%08x"::formatted, shift);
    }

    @ParameterizedTest
    @CsvSource({"7e3, 16", "80e3, 16", "550e3, 16", "100e6, 16", "2e9, 16", "1e12, 24", "1e3, 0"})
    void hashesAtTheNominalRateScaledDown(double rate, int shiftBits) throws Exception {
        PowShift shift = new PowShift(shiftBits);
        Rig rig = new Rig(rate, 1, shift, 0, found::add);
        rig.search(search(SearchOrder.upFrom(0), shift));
        HashLoop loop = new HashLoop(List.of(rig), clock);
        for (int i = 0; i < 500; i++) {
            clock.advance(Duration.ofMillis(20));
            loop.run();
        }

        assertThat((double) rig.hashes()).isCloseTo(10 * Math.scalb(rate, -shiftBits), within(1.0));
        assertThat(found).isEmpty();
    }

    @Test
    void makesUpForNoLongAbsenceAndHashesNothingWhilePausedOrIdle() throws Exception {
        Rig rig = new Rig(100 * 65_536.0, 1, SHIFT, 0, found::add);
        HashLoop loop = new HashLoop(List.of(rig), clock);
        clock.advance(Duration.ofSeconds(1));
        loop.run();
        assertThat(rig.hashes()).isZero();
        rig.search(search(SearchOrder.upFrom(0), SHIFT));
        clock.advance(Duration.ofHours(1));
        loop.run();
        assertThat(rig.hashes()).isEqualTo(100);
        rig.pause(true);
        clock.advance(Duration.ofSeconds(1));
        loop.run();
        assertThat(rig.hashes()).isEqualTo(100);
        rig.pause(false);
        clock.advance(Duration.ofMillis(500));
        loop.run();
        assertThat(rig.hashes()).isEqualTo(150);
    }

    @Test
    void reportsTheBestOfEachPieceOfWork() throws Exception {
        Rig each = new Rig(1_000, 1, PowShift.NONE, 0, found::add);
        List<FoundShare> best = new ArrayList<>();
        Rig pieces = new Rig(1_000, 100, PowShift.NONE, 0, best::add);
        for (Rig rig : List.of(each, pieces)) {
            rig.filter(EVERYTHING);
            rig.search(search(SearchOrder.upFrom(0xda54e700), PowShift.NONE));
        }
        HashLoop loop = new HashLoop(List.of(each, pieces), clock);
        clock.advance(Duration.ofSeconds(1));
        loop.run();

        assertThat(found).hasSize(1_000);
        assertThat(best).hasSize(10);
        assertThat(found).containsAll(best);
    }

    @Test
    void aTwinsPieceOfWorkIsNominal() throws Exception {
        Rig rig = new Rig(100 * 65_536.0, 4_096, SHIFT, 0, found::add);
        rig.filter(EVERYTHING);
        rig.search(search(SearchOrder.upFrom(0), SHIFT));
        HashLoop loop = new HashLoop(List.of(rig), clock);
        clock.advance(Duration.ofSeconds(1));
        loop.run();

        assertThat(found).hasSize(100);
    }

    @Test
    void neverHashesAHeaderTwiceWhereTheBoardRolls() throws Exception {
        MessageDigest digest = Sha256.newDigest();
        List<SearchOrder> orders = List.of(
                SearchOrder.upFrom(0).withLanes(4).withExtranonce2Every(1L << 16),
                SearchOrder.upFrom(0x12345678)
                        .withExtranonce2Every(30_518)
                        .withVersions(SearchOrder.versionsOf(MASK), 16)
                        .withNtimeUpTo(3),
                SearchOrder.upFrom(0xda54e700));
        for (SearchOrder order : orders) {
            int hashes = order.hashesPerExtranonce2() == SearchOrder.NEVER ? 1 << 16 : 200_000;
            Search search = search(order, SHIFT);
            Set<FoundShare> seen = new HashSet<>();
            byte[] hash = new byte[32];
            for (int i = 0; i < hashes; i++) {
                search.next(digest, hash);
                seen.add(search.found());
            }

            assertThat(seen).as("%s", order).hasSize(hashes);
            assertThat(seen.stream().allMatch(share -> (share.versionBits() & ~MASK) == 0))
                    .isTrue();
        }
    }

    @Test
    void aNerdMinersNoncesBeginAgainWhenTheyAreUsedUp() throws Exception {
        Search search = search(SearchOrder.upFrom(0xda54e700), SHIFT);
        MessageDigest digest = Sha256.newDigest();
        byte[] first = new byte[32];
        search.next(digest, first);
        assertThat(search.found().nonce()).isEqualTo(0xda54e700);
        byte[] hash = new byte[32];
        for (int i = 0; i < 1 << 16; i++) {
            search.next(digest, hash);
        }

        assertThat(hash).isEqualTo(first);
    }

    @Test
    void filtersAsTheDifficultyTargetDoes() {
        long seed = 208;
        Random random = new Random(seed);
        BigInteger one = BigInteger.valueOf(0xffff).shiftLeft(208);
        byte[] hash = new byte[32];
        for (int i = 0; i < 50_000; i++) {
            Level level = Level.clamped(16 + random.nextInt(24));
            int shiftBits = random.nextInt(17);
            int zeroBits = random.nextBoolean() ? 16 : 0;
            random.nextBytes(hash);
            clearLeadingBits(hash, shiftBits, level.value() - 2 + random.nextInt(4), random);
            BigInteger number = new BigInteger(1, reversed(hash)).mod(BigInteger.TWO.pow(256 - shiftBits));
            // Difficulties are powers of two: the target is exact.
            BigInteger target = one.shiftLeft(32).shiftRight(level.value());

            assertThat(ShareFilter.of(Math.scalb(1.0, level.value() - 32), zeroBits)
                            .reports(hash, new PowShift(shiftBits)))
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(number.compareTo(target) <= 0 && number.bitLength() <= 256 - zeroBits);
        }
    }

    /** The ignored bits stay as they are; those behind them, down to {@code bits}, are cleared. */
    private static void clearLeadingBits(byte[] hash, int from, int bits, Random random) {
        for (int bit = from; bit < Math.max(from, bits); bit++) {
            hash[31 - bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        if (random.nextInt(4) == 0) {
            hash[31 - 2] = (byte) random.nextInt();
        }
    }

    private static byte[] reversed(byte[] source) {
        byte[] reversed = new byte[source.length];
        for (int i = 0; i < source.length; i++) {
            reversed[i] = source[source.length - 1 - i];
        }
        return reversed;
    }

    @Test
    void theZeroBitFilterOfEspFirmwaresHidesEasierShares() {
        byte[] hash = new byte[32];
        hash[30] = 1;

        assertThat(ShareFilter.of(0x1p-20, 0).reports(hash, PowShift.NONE)).isTrue();
        assertThat(ShareFilter.of(0x1p-20, 16).reports(hash, PowShift.NONE)).isFalse();
        assertThat(ShareFilter.of(0x1p-20, 16).reports(hash, SHIFT)).isTrue();
    }
}
