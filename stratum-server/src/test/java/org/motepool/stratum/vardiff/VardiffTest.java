package org.motepool.stratum.vardiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.motepool.core.work.Level;
import org.motepool.core.work.ProofOfWork;
import org.motepool.stratum.v1.UserAgent;

class VardiffTest {
    @Test
    void fallsByTimeAloneDownToTheFloor() {
        SimulatedDevice micro = new SimulatedDevice(7, 1e-9, "SparkMiner/1");
        micro.run(3 * 5 + 1, 0);
        assertThat(micro.level())
                .as("after three of the intervals that it aims at")
                .isLessThan(21);
        micro.run(60, 0);
        assertThat(micro.level()).isEqualTo(16);
        SimulatedDevice asic = new SimulatedDevice(7, 1e-9, "bitaxe/BM1370");
        asic.run(3_600, 0);
        assertThat(asic.level()).isEqualTo(32);
    }

    @Test
    void aNightsSilenceIsNotHeldAgainstADevice() {
        SimulatedDevice device = new SimulatedDevice(7, 1e-9, "cpuminer/2.5.1");
        device.run(8 * 3_600, 0);
        device.becomes(64e6);
        device.run(8 * 3_600 + 90, 0);
        assertThat(device.withinFactorTwo()).isTrue();
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
        Vardiff vardiff = new Vardiff(Duration.ofSeconds(15), ProofOfWork.SHA256D.difficulties());
        vardiff.device(DeviceTable.of(UserAgent.ofWire(agent)));
        vardiff.suggested(new Level(first));
        vardiff.suggested(new Level(second));
        return vardiff.wanted(0, Level.MAX).value();
    }

    @Test
    void staysUnderTheNetworksLevelAndStillFalls() {
        Vardiff vardiff = new Vardiff(Duration.ofSeconds(15), ProofOfWork.SHA256D.difficulties());
        vardiff.device(DeviceTable.of(UserAgent.ofWire("cpuminer/2.5.1")));
        Level cap = new Level(22);
        assertThat(vardiff.wanted(0, cap)).isEqualTo(cap);
        vardiff.sent(cap, 0);
        assertThat(vardiff.wanted(Duration.ofSeconds(16).toNanos(), cap).value())
                .isLessThan(22);
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
        Vardiff vardiff = new Vardiff(Duration.ofSeconds(15), ProofOfWork.SHA256D.difficulties());
        vardiff.suggested(new Level(wish));
        vardiff.device(DeviceTable.of(UserAgent.ofWire(agent)));
        return vardiff.wanted(0, Level.MAX).value();
    }

    @Test
    void goesOnFromWhatAnEarlierConnectionKnew() {
        Vardiff first = new Vardiff(Duration.ofSeconds(15), ProofOfWork.SHA256D.difficulties());
        first.device(DeviceTable.of(UserAgent.ofWire("NerdMinerV2/V1.8.3")));
        first.sent(first.wanted(0, Level.MAX), 0);
        assertThat(first.known()).as("too early").isEmpty();
        long now = 0;
        for (int i = 0; i < 40; i++) {
            now += Duration.ofSeconds(2).toNanos();
            first.accepted(new Level(19), now);
        }
        first.sent(first.wanted(now, Level.MAX), now);
        KnownRate known = first.known().orElseThrow();
        assertThat(known.level().value()).isEqualTo(22);

        Vardiff second = new Vardiff(Duration.ofSeconds(15), ProofOfWork.SHA256D.difficulties());
        second.device(DeviceTable.of(UserAgent.ofWire("NerdMinerV2/V1.8.3")));
        second.resume(known);
        second.suggested(new Level(16));
        assertThat(second.wanted(0, Level.MAX).value()).isEqualTo(22);
        second.sent(new Level(22), 0);
        assertThat(second.known()).contains(known);
        assertThat(second.wanted(Duration.ofSeconds(50).toNanos(), Level.MAX).value())
                .as("a settled device may be silent so long")
                .isEqualTo(22);
    }

    @Test
    void aimsAtFifteenSecondsForMicroWhateverIsSet() {
        Vardiff vardiff = new Vardiff(Duration.ofSeconds(600), ProofOfWork.SHA256D.difficulties());
        vardiff.device(DeviceTable.of(UserAgent.ofWire("NerdMinerV2/V1.8.3")));
        vardiff.sent(vardiff.wanted(0, Level.MAX), 0);
        long now = 0;
        for (int i = 0; i < 40; i++) {
            now += Duration.ofSeconds(2).toNanos();
            vardiff.accepted(new Level(19), now);
        }
        assertThat(vardiff.wanted(now, Level.MAX).value()).isEqualTo(22);
    }
}
