package org.motepool.stratum.vardiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What levels promise, over many seeds of a {@link SimulatedDevice}; each test prints its line of the table. Seeds are fixed:
 * the outcome is the same on every machine.
 */
class VardiffSimulationTest {
    private static final int SEEDS = 1_000;
    private static final int SETTLED_DEVICES = 10_000;
    private static final double SETTLED_AFTER_SECONDS = 900;

    @ParameterizedTest
    @CsvSource({
        "'', 4e3",
        "'', 2e4",
        "'', 4e5",
        "'', 5e6",
        "'', 1e12",
        "'', 1e14",
        "LeafMiner/0.0.17, 4e3",
        "LeafMiner/0.0.17, 2e4",
        "NerdMinerV2/V1.8.3, 4e5",
        "cpuminer/2.5.1, 5e6",
        "bitaxe/BM1370/v2, 1e12",
        "NerdQAxe++/BM1370/v1, 1e14"
    })
    void aNewDeviceIsWithinAFactorOfTwoAfterAMinuteOrEightShares(String agent, double rate) {
        int good = 0;
        int goodOnSlowLink = 0;
        int shares = 0;
        double moves = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            SimulatedDevice device = new SimulatedDevice(seed, rate, agent);
            device.run(60, 8);
            good += device.withinFactorTwo() ? 1 : 0;
            moves += device.moves;
            shares = Math.max(shares, device.sharesBeforeRaise);
            SimulatedDevice slow = new SimulatedDevice(seed, rate, agent).onLink(5_000);
            slow.run(60, 8);
            goodOnSlowLink += slow.withinFactorTwo() ? 1 : 0;
        }
        System.out.printf(
                "new     %-20s %8.0e H/s: within a factor of 2 in %.1f %% of seeds 1 to %d (%.1f %% on a link of 5,000"
                        + " shares/s), %.2f moves, at most %d shares before a raise%n",
                agent.isEmpty() ? "(no hint)" : agent,
                rate,
                100.0 * good / SEEDS,
                SEEDS,
                100.0 * goodOnSlowLink / SEEDS,
                moves / SEEDS,
                shares);
        assertThat(good).isGreaterThanOrEqualTo(SEEDS * 95 / 100);
        assertThat(goodOnSlowLink).isGreaterThanOrEqualTo(SEEDS * 95 / 100);
        assertThat(shares).isLessThanOrEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"LeafMiner/0.0.17, 2e4", "NerdMinerV2/V1.8.3, 4e5", "'', 1e3"})
    void aWakingGiantSendsAtMostTwoHundredSharesBeforeEachRaise(String agent, double asleep) {
        int most = 0;
        int good = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            SimulatedDevice device = new SimulatedDevice(seed, asleep, agent);
            if (seed % 2 == 0) {
                device.onLink(5_000);
            }
            device.run(1_200, 0);
            device.becomes(1e14);
            device.run(1_200 + 120, 0);
            most = Math.max(most, device.sharesBeforeRaise);
            good += device.withinFactorTwo() ? 1 : 0;
        }
        System.out.printf(
                "waking  %-20s %8.0e H/s to 100 TH/s: at most %d shares before a raise, within a factor of 2 in %.1f %%"
                        + " after 2 min%n",
                agent.isEmpty() ? "(no hint)" : agent, asleep, most, 100.0 * good / SEEDS);
        assertThat(most).isLessThanOrEqualTo(200);
        assertThat(good).isGreaterThanOrEqualTo(SEEDS * 95 / 100);
    }

    @Test
    void settledDevicesStayNearTheIdealWithFewMovesAndNoLongSilence() {
        SplittableRandom rates = new SplittableRandom(1);
        int good = 0;
        double hours = 0;
        double moves = 0;
        double silent = 0;
        for (int i = 0; i < SETTLED_DEVICES; i++) {
            // Micro devices from 4 kH/s to 1 MH/s, as many in each octave.
            double rate = 4e3 * Math.pow(250, rates.nextDouble());
            SimulatedDevice device =
                    new SimulatedDevice(i, rate, rate < 60_000 ? "LeafMiner/0.0.17" : "NerdMinerV2/V1.8.3");
            device.run(SETTLED_AFTER_SECONDS, 0);
            int movesBefore = device.moves;
            double silentBefore = device.silentSeconds;
            double start = device.now();
            device.run(SETTLED_AFTER_SECONDS + 3_600, 0);
            hours += (device.now() - start) / 3_600;
            moves += device.moves - movesBefore;
            silent += device.silentSeconds - silentBefore;
            good += device.withinFactorTwo() ? 1 : 0;
        }
        double silence = silent / hours / 3_600;
        System.out.printf(
                "settled %d micro devices, %.0f device-hours: within a factor of 2: %.2f %%, %.3f moves a device-hour,"
                        + " P(no share in 200 s) %.1e%n",
                SETTLED_DEVICES, hours, 100.0 * good / SETTLED_DEVICES, moves / hours, silence);
        assertThat(good).isGreaterThanOrEqualTo(SETTLED_DEVICES * 95 / 100);
        assertThat(moves / hours).isLessThan(1);
        assertThat(silence).isLessThan(1e-4);
    }

    @ParameterizedTest
    @CsvSource({"0", "0.25", "0.5", "0.75"})
    void neverSwingsBetweenTwoLevelsAtASteadyRate(double part) {
        double moves = 0;
        double returns = 0;
        int most = 0;
        for (int seed = 1; seed <= 50; seed++) {
            double rate = Math.pow(2, 22 + part) / SimulatedDevice.INTERVAL_SECONDS;
            SimulatedDevice device = new SimulatedDevice(seed, rate, "NerdMinerV2/V1.8.3");
            device.run(1_800, 0);
            int before = device.moves;
            int returnsBefore = device.returns;
            device.run(1_800 + 86_400, 0);
            moves += device.moves - before;
            returns += device.returns - returnsBefore;
            most = Math.max(most, device.moves - before);
        }
        System.out.printf(
                "steady  ideal level 22 + %.2f: %.2f moves a day (most %d), %.2f of them back%n",
                part, moves / 50, most, returns / 50);
        // A swing between two levels would be hundreds; a change seen by chance costs three or four.
        assertThat(most).isLessThan(24);
        assertThat(returns / 50).isLessThan(2);
    }

    @ParameterizedTest
    @CsvSource({
        "cpuminer/2.5.1, 64e6, 1e6",
        "cpuminer/2.5.1, 1e6, 64e6",
        "NerdMinerV2/V1.8.3, 4e5, 5e4",
        "bitaxe/BM1370, 1e12, 3e12"
    })
    void followsADeviceThatChanges(String agent, double from, double to) {
        int good = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            SimulatedDevice device = new SimulatedDevice(seed, from, agent);
            device.run(3_600, 0);
            device.becomes(to);
            device.run(3_600 + 1_200, 0);
            good += device.withinFactorTwo() ? 1 : 0;
        }
        System.out.printf(
                "change  %-20s %8.0e to %8.0e H/s: within a factor of 2 after 20 min in %.1f %%%n",
                agent, from, to, 100.0 * good / SEEDS);
        assertThat(good).isGreaterThanOrEqualTo(SEEDS * 95 / 100);
    }
}
