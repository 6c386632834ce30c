package org.motepool.chain.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.work.Nbits;
import org.motepool.core.work.PowShift;

class RetargetTest {
    private static final int START = 1_800_000_000;
    private static final Duration BLOCK_TIME = Duration.ofSeconds(5);
    /** Nominal hashes a second of the demo's devices, about. */
    private static final double RATE = 40e9;

    private final Retarget retarget = new Retarget(BLOCK_TIME, new PowShift(16));

    private static DevnetBlock block(DevnetBlock parent, long ntime, Nbits nbits) {
        return new DevnetBlock(
                new BlockHeader(4, parent.hash(), Hash256.ZERO, (int) ntime, nbits, 0),
                parent,
                Bytes.EMPTY,
                new long[0]);
    }

    private DevnetBlock genesis(double rate) {
        BigInteger hashes = BigInteger.valueOf((long) (rate * BLOCK_TIME.toSeconds()));
        return Genesis.make(START, retarget.start(hashes));
    }

    /** Solve times in seconds, as blocks come from a rate; headers carry the time at which the tip before came in. */
    private double[] simulate(Random random, DevnetBlock genesis, int blocks, IntToDoubleFunction rateAt) {
        double now = START;
        DevnetBlock tip = genesis;
        double[] times = new double[blocks];
        for (int i = 0; i < blocks; i++) {
            long ntime = Math.max((long) now, tip.medianTimePast() + 1);
            Nbits nbits = retarget.next(tip, (int) ntime);
            double solve =
                    -Math.log1p(-random.nextDouble()) * Retarget.work(nbits).doubleValue() / rateAt.applyAsDouble(i);
            assertThat(retarget.allows(tip, (int) ntime, nbits)).isTrue();
            tip = block(tip, ntime, nbits);
            times[i] = solve;
            now += solve;
        }
        return times;
    }

    private static double mean(double[] times, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += times[i];
        }
        return sum / (to - from);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void keepsTheBlockTimeAtAConstantRate(long seed) {
        double[] times = simulate(new Random(seed), genesis(RATE), 3000, i -> RATE);

        assertThat(mean(times, 0, times.length)).as("seed %s", seed).isBetween(4.25, 5.75);
    }

    @Test
    void hasTheBlockTimeFromTheFirstBlocksOn() {
        double sum = 0;
        for (long seed = 0; seed < 400; seed++) {
            sum += mean(simulate(new Random(seed), genesis(RATE), 12, i -> RATE), 0, 12);
        }
        assertThat(sum / 400).isBetween(4.25, 5.75);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.5, 2, 4})
    void followsAChangedRateWithinADozenBlocksOrTwo(double factor) {
        double soon = 0;
        double later = 0;
        double whole = 0;
        for (long seed = 0; seed < 300; seed++) {
            double[] times = simulate(new Random(seed), genesis(RATE), 200, i -> i < 20 ? RATE : RATE * factor);
            soon += mean(times, 32, 38) / 300;
            later += mean(times, 44, 200) / 300;
            whole += mean(times, 0, 200) / 300;
        }
        double half = 5 / Math.sqrt(factor);
        assertThat(soon).as("more than half of the way").isBetween(Math.min(4.0, half), Math.max(6.25, half));
        assertThat(later).isBetween(4.25, 5.75);
        assertThat(whole).isBetween(4.25, 5.75);
    }

    @Test
    void neverMovesByMoreThanAQuarter() {
        DevnetBlock genesis = genesis(RATE);
        DevnetBlock one = block(
                block(genesis, START + 5, genesis.header().nbits()),
                START + 10,
                genesis.header().nbits());
        BigInteger before = one.header().nbits().target().toNumber();
        for (int after : new int[] {-100, 0, 1, 5, 13, 14, 49, 5000}) {
            DevnetBlock two = block(one, one.ntime() + after, one.header().nbits());
            double step = retarget.next(two).target().toNumber().doubleValue() / before.doubleValue();
            assertThat(step).as("%s s", after).isBetween(0.88, 1.25);
            assertThat(step > 1).isEqualTo(after >= 5);
        }
    }

    @Test
    void isNeverEasierThanEveryHashPassing() {
        for (int bits : new int[] {0, 16, 24}) {
            Retarget rule = new Retarget(BLOCK_TIME, new PowShift(bits));
            Nbits easiest = rule.start(BigInteger.ONE);
            BigInteger bound = BigInteger.ONE.shiftLeft(256 - Math.max(16, bits));
            assertThat(easiest.target().toNumber()).isLessThan(bound);
            assertThat(easiest.target().toNumber().multiply(BigInteger.TWO)).isGreaterThan(bound);
            assertThat(rule.withinLimit(easiest)).isTrue();
            assertThat(rule.withinLimit(Nbits.notAbove(bound))).isFalse();

            DevnetBlock tip = Genesis.make(START, easiest);
            for (int i = 1; i < 30; i++) {
                tip = block(tip, START + 1000L * i, rule.next(tip, START + 1000 * i));
                assertThat(tip.header().nbits()).isEqualTo(easiest);
            }
        }
    }

    @Test
    void startsWithTheHashesOfTheSettings() {
        BigInteger hashes = BigInteger.valueOf(123_456_789_012L);
        double started = Retarget.work(retarget.start(hashes)).doubleValue();

        assertThat(started / hashes.doubleValue()).isBetween(0.9999, 1.0001);
    }

    @Test
    void allowsEasierTargetsWhenNoBlockComes() {
        DevnetBlock genesis = genesis(RATE);
        Nbits base = genesis.header().nbits();
        Nbits twice = Nbits.notAbove(base.target().toNumber().shiftLeft(1));
        Nbits most = Nbits.notAbove(base.target().toNumber().shiftLeft(6));

        assertThat(retarget.next(genesis, START + 49)).isEqualTo(base);
        assertThat(retarget.next(genesis, START + 50)).isEqualTo(twice);
        assertThat(retarget.allows(genesis, START + 49, twice)).isFalse();
        assertThat(retarget.allows(genesis, START + 50, twice)).isTrue();
        assertThat(retarget.allows(genesis, START + 50, base)).isTrue();
        assertThat(retarget.next(genesis, START + 100_000)).isEqualTo(most);
    }

    @Test
    void countsNoTimeInWhichTheProcessWasAway() {
        DevnetBlock genesis = genesis(RATE);
        DevnetBlock tip = block(
                block(genesis, START + 1, genesis.header().nbits()),
                START + 6,
                genesis.header().nbits());
        Nbits started = retarget.start(BigInteger.valueOf(1L << 40));

        tip.resumed(new DevnetBlock.Resume(START + 50_000, Optional.empty()));
        assertThat(retarget.next(tip, START + 50_010)).isEqualTo(tip.header().nbits());
        DevnetBlock after = block(tip, START + 50_010, tip.header().nbits());
        assertThat(retarget.next(after)).isEqualTo(after.header().nbits());

        tip.resumed(new DevnetBlock.Resume(START + 50_000, Optional.of(started)));
        assertThat(retarget.next(tip, START + 50_010)).isEqualTo(started);
    }
}
