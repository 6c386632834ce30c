package org.motepool.stratum.vardiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motepool.core.work.Level;
import org.motepool.stratum.v1.UserAgent;

class VardiffTest {
    private static final double INTERVAL = 15;
    private static final int SEEDS = 200;

    /** A device of a rate, its shares exponential in time, against the real control; jobs come a second late. */
    private static final class Simulation {
        final Vardiff vardiff = new Vardiff(Duration.ofSeconds((long) INTERVAL));
        final Random random;
        double rate;
        double now;
        double jobAt = Double.POSITIVE_INFINITY;
        Level worked;
        int shares;
        int changes;
        int sharesBeforeFirstChange = -1;

        Simulation(long seed, double rate, String agent) {
            this.random = new Random(seed);
            this.rate = rate;
            vardiff.device(DeviceTable.of(UserAgent.ofWire(agent)));
            worked = vardiff.wanted(0, Level.MAX);
            vardiff.sent(worked, 0);
        }

        void run(double seconds) {
            double end = now + seconds;
            double nextShare = now + gap();
            double nextTick = now + 1;
            while (now < end) {
                now = Math.min(Math.min(nextShare, nextTick), jobAt);
                long nanos = (long) (now * 1e9);
                if (now >= jobAt) {
                    jobAt = Double.POSITIVE_INFINITY;
                    Level level = vardiff.wanted(nanos, Level.MAX);
                    if (!level.equals(worked)) {
                        changes++;
                        sharesBeforeFirstChange = sharesBeforeFirstChange < 0 ? shares : sharesBeforeFirstChange;
                    }
                    worked = level;
                    vardiff.sent(level, nanos);
                    nextShare = now + gap();
                } else if (now >= nextShare) {
                    shares++;
                    vardiff.accepted(worked, nanos);
                    nextShare = now + gap();
                }
                if (now >= nextTick) {
                    nextTick = now + 1;
                }
                if (!vardiff.wanted(nanos, Level.MAX).equals(worked) && jobAt == Double.POSITIVE_INFINITY) {
                    jobAt = now + 0.5;
                }
            }
        }

        double gap() {
            return -Math.log(1 - random.nextDouble()) * worked.hashesAsDouble() / rate;
        }

        /** log2 of how much harder the level is than ideal. */
        double off() {
            return worked.value() - Math.log(rate * INTERVAL) / Math.log(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NerdMinerV2/V1, 80000",
        "NerdMinerV2/V1, 400000",
        "SparkMiner/1, 700000",
        "LeafMiner/0.0.17, 8000",
        "LeafMiner/0.0.17, 60000",
        "cpuminer/2.5.1, 5000000",
        "bitaxe/BM1370, 1200000000000",
        "x, 20000",
        "x, 500000000"
    })
    void settlesNearTheIdealAndStaysThere(String agent, double rate) {
        int good = 0;
        int changesLater = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            Simulation simulation = new Simulation(seed, rate, agent);
            simulation.run(600);
            good += Math.abs(simulation.off()) <= 1.01 || simulation.worked.equals(Level.MIN) ? 1 : 0;
            int before = simulation.changes;
            simulation.run(3600);
            changesLater += simulation.changes - before;
        }
        System.out.printf(
                "%s at %.0f H/s: %d of %d within a factor of 2 after 10 min, %.2f changes in the hour after%n",
                agent, rate, good, SEEDS, changesLater / (double) SEEDS);
        assertThat(good).isGreaterThanOrEqualTo(SEEDS * 95 / 100);
        assertThat(changesLater).isLessThan(SEEDS);
    }

    @Test
    void neverSwingsBetweenTwoLevelsAtASteadyRate() {
        for (int seed = 1; seed <= 50; seed++) {
            // The worst rate: half-way between two levels.
            Simulation simulation =
                    new Simulation(seed, Math.scalb(1.0, 22) * Math.sqrt(2) / INTERVAL, "NerdMinerV2/V1");
            simulation.run(600);
            int before = simulation.changes;
            simulation.run(24 * 3600);
            assertThat(simulation.changes - before).as("seed %d", seed).isLessThan(24);
        }
    }

    @Test
    void risesFastInAFlood() {
        Simulation simulation = new Simulation(7, 1e9, "LeafMiner/0.0.17");
        simulation.run(1);
        assertThat(simulation.worked.value()).isGreaterThanOrEqualTo(30);
    }

    @Test
    void fallsByTimeAloneDownToTheFloor() {
        Simulation micro = new Simulation(7, 1e-9, "SparkMiner/1");
        micro.run(3 * INTERVAL + 2);
        assertThat(micro.worked.value()).isLessThan(21);
        micro.run(600);
        assertThat(micro.worked).isEqualTo(Level.MIN);
        Simulation asic = new Simulation(7, 1e-9, "bitaxe/BM1370");
        asic.run(3600);
        assertThat(asic.worked).isEqualTo(Level.DIFFICULTY_ONE);
    }

    @Test
    void followsADeviceThatSlowsDown() {
        Simulation simulation = new Simulation(3, 64e6, "cpuminer/2.5.1");
        simulation.run(1200);
        simulation.rate = 1e6;
        simulation.run(1200);
        assertThat(Math.abs(simulation.off())).isLessThanOrEqualTo(1.5);
    }

    @Test
    void suggestionsLowerMicroDevicesButNeverRaiseThemAndCountOnce() {
        assertThat(suggested("NerdMinerV2/V1", 17, 23)).isEqualTo(17);
        assertThat(suggested("NerdMinerV2/V1", 32, 17)).isEqualTo(19);
        assertThat(suggested("LeafMiner/0.0.17", 18, 18)).isEqualTo(16);
        assertThat(suggested("bitaxe/BM1370", 42, 35)).isEqualTo(42);
        assertThat(suggested("bitaxe/BM1370", 20, 35)).isEqualTo(32);
    }

    private static int suggested(String agent, int first, int second) {
        Vardiff vardiff = new Vardiff(Duration.ofSeconds(15));
        vardiff.device(DeviceTable.of(UserAgent.ofWire(agent)));
        vardiff.suggested(new Level(first));
        vardiff.suggested(new Level(second));
        return vardiff.wanted(0, Level.MAX).value();
    }

    @Test
    void staysUnderTheNetworksLevelAndStillFalls() {
        Vardiff vardiff = new Vardiff(Duration.ofSeconds(15));
        vardiff.device(DeviceTable.of(UserAgent.ofWire("cpuminer/2.5.1")));
        Level cap = new Level(22);
        assertThat(vardiff.wanted(0, cap)).isEqualTo(cap);
        vardiff.sent(cap, 0);
        assertThat(vardiff.wanted(Duration.ofSeconds(50).toNanos(), cap).value())
                .isEqualTo(20);
    }

    @Test
    void holdsASuggestionToTheDeviceThatIsNamedLater() {
        assertThat(suggestedThenNamed("NerdMinerV2/V1.8.3", 32))
                .as("never raised")
                .isEqualTo(19);
        assertThat(suggestedThenNamed("NerdMinerV2/V1.8.3", 17)).as("lowered").isEqualTo(17);
        assertThat(suggestedThenNamed("LeafMiner/0.0.17", 18)).as("not asked").isEqualTo(16);
        assertThat(suggestedThenNamed("bitaxe/BM1370", 20)).as("its floor").isEqualTo(32);
        assertThat(suggestedThenNamed("bfgminer/5.5.0", 41)).as("taken").isEqualTo(41);
    }

    private static int suggestedThenNamed(String agent, int wish) {
        Vardiff vardiff = new Vardiff(Duration.ofSeconds(15));
        vardiff.suggested(new Level(wish));
        vardiff.device(DeviceTable.of(UserAgent.ofWire(agent)));
        return vardiff.wanted(0, Level.MAX).value();
    }
}
