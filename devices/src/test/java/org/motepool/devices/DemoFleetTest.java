package org.motepool.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.motepool.core.account.WorkerName;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.work.PowShift;

class DemoFleetTest {
    private static final PowShift SHIFT = new PowShift(16);

    @Test
    void theDemosFleetIsAMixOnAHandfulOfAccounts() throws Exception {
        List<TwinSpec> fleet = DemoFleet.specs(24, 1, Network.DEVNET);

        assertThat(fleet).hasSize(24);
        assertThat(fleet.stream().map(TwinSpec::kind))
                .contains(
                        TwinKind.NERDMINER,
                        TwinKind.LEAFMINER_ESP8266,
                        TwinKind.LEAFMINER_ESP32,
                        TwinKind.BITSYMINER,
                        TwinKind.SPARKMINER,
                        TwinKind.MINERD,
                        TwinKind.CPUMINER_OPT,
                        TwinKind.BITAXE);
        assertThat(fleet.stream().map(TwinSpec::userName)).doesNotHaveDuplicates();
        Set<String> accounts =
                fleet.stream().map(spec -> spec.userName().split("\\.", 2)[0]).collect(Collectors.toSet());
        assertThat(accounts).hasSize(5);
        for (TwinSpec spec : fleet) {
            String[] parts = spec.userName().split("\\.", 2);
            assertThat(PayoutAddress.parse(parts[0], Network.DEVNET).canonical())
                    .startsWith("mote1q");
            assertThat(WorkerName.ofWire(parts[1])).hasToString(parts[1]);
        }
        assertThat(DemoFleet.nominalHashesPerSecond(fleet)).isBetween(6e9, 6.7e9);
    }

    @Test
    void theSameSeedGivesTheSameFleet() {
        assertThat(DemoFleet.specs(24, 7, Network.DEVNET)).isEqualTo(DemoFleet.specs(24, 7, Network.DEVNET));
        assertThat(DemoFleet.specs(24, 7, Network.DEVNET)).isNotEqualTo(DemoFleet.specs(24, 8, Network.DEVNET));
    }

    @Test
    void everyDeviceCanFindAShareInAFewSecondsAndALargeFleetStaysCheap() {
        List<TwinSpec> fleet = DemoFleet.specs(2_000, 1, Network.DEVNET);

        assertThat(fleet).allMatch(spec -> 65_536 / spec.nominalHashesPerSecond() < 5);
        assertThat(fleet.stream().map(TwinSpec::userName)).doesNotHaveDuplicates();
        // Real hashes at S = 16: a fraction of what one core does.
        assertThat(DemoFleet.nominalHashesPerSecond(fleet) / 65_536).isLessThan(400_000);
        assertThat(DemoFleet.specs(1, 1, Network.REGTEST)).hasSize(1);
    }

    @Test
    void settingsAndSpecsCheckThemselves() {
        List<TwinSpec> one = DemoFleet.specs(1, 1, Network.DEVNET);

        assertThatThrownBy(() -> SwarmSettings.of("127.0.0.1", 0, SHIFT, 1, one))
                .hasMessageContaining("port");
        assertThatThrownBy(() -> SwarmSettings.of("127.0.0.1", 1, SHIFT, 1, List.of()))
                .hasMessageContaining("devices");
        assertThatThrownBy(() -> new TwinSpec(TwinKind.BITAXE, 0, "u", "")).hasMessageContaining("more than 0");
        assertThatThrownBy(() -> new TwinSpec(TwinKind.BITAXE, Double.NaN, "u", ""))
                .hasMessageContaining("more than 0");
        assertThatThrownBy(() -> new TwinSpec(TwinKind.BITAXE, 1, "a\"b", "")).hasMessageContaining("user name");
        assertThatThrownBy(() -> new TwinSpec(TwinKind.BITAXE, 1, "u", "\n")).hasMessageContaining("password");
    }
}
