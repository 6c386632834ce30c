package org.motepool.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motepool.core.address.Network;

class FleetOrderTest {
    private static List<TwinSpec> specs(String order) {
        return FleetOrder.parse(order).specs(List.of("A", "B"), 1);
    }

    @Test
    void makesTheDevicesThatAreNamedUnderTheNamesThatWereUsed() {
        List<TwinSpec> specs = specs("nerdminer=3, leafminer=4,bitaxe:1.5T=1,cpuminer=1");

        assertThat(specs.stream().collect(Collectors.groupingBy(TwinSpec::group, Collectors.counting())))
                .containsOnly(
                        Map.entry("nerdminer", 3L),
                        Map.entry("leafminer", 4L),
                        Map.entry("bitaxe", 1L),
                        Map.entry("cpuminer", 1L));
        assertThat(specs.stream().filter(spec -> spec.kind() == TwinKind.LEAFMINER_ESP8266))
                .hasSize(2);
        assertThat(specs.stream().filter(spec -> spec.kind() == TwinKind.BITAXE))
                .singleElement()
                .extracting(TwinSpec::nominalHashesPerSecond)
                .isEqualTo(1.5e12);
        assertThat(specs.stream().map(TwinSpec::userName)).doesNotHaveDuplicates();
        assertThat(specs.getFirst().userName()).isEqualTo("A.nerdminer-0");
    }

    @Test
    void spreadsTheRatesOfAKindBetweenItsSlowestAndItsFastestBoard() {
        List<TwinSpec> specs = specs("leafminer-esp8266=500");

        assertThat(specs)
                .allMatch(spec -> spec.nominalHashesPerSecond() >= 7e3 && spec.nominalHashesPerSecond() <= 21e3);
        assertThat(specs.stream().map(TwinSpec::nominalHashesPerSecond).distinct())
                .hasSizeGreaterThan(400);
        assertThat(specs("leafminer-esp8266=500")).isEqualTo(specs);
    }

    @ParameterizedTest
    @CsvSource({"14", "150", "2000", "20000"})
    void allAreEveryKindAndAsManyAsAsked(int count) {
        List<TwinSpec> specs = specs("all=" + count);

        assertThat(specs).hasSize(count);
        assertThat(specs.stream().map(TwinSpec::kind)).contains(TwinKind.values());
    }

    @Test
    void aLargeMixedFleetStaysCheap() {
        double nominal = specs("all=2000").stream()
                .mapToDouble(TwinSpec::nominalHashesPerSecond)
                .sum();

        // Real hashes a second at S = 16: less than one core does.
        assertThat(nominal / 65_536).isLessThan(3e6);
    }

    @Test
    void madeUpAccountsHoldAFewDevicesEach() {
        FleetOrder order = FleetOrder.parse("all=2000");

        assertThat(order.madeUpAccounts(Network.DEVNET, 1))
                .hasSize(200)
                .doesNotHaveDuplicates()
                .allMatch(account -> account.startsWith("mote1q"));
        assertThat(FleetOrder.parse("nerdminer=1").madeUpAccounts(Network.REGTEST, 1))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "''                        | no KIND=COUNT",
                "nerdminer                 | no KIND=COUNT",
                "nerdminer=                | no KIND=COUNT",
                "nerdminer=-1              | no KIND=COUNT",
                "nerdminer=1,,bitaxe=1     | no KIND=COUNT",
                "nerdminer=0               | at least 1",
                "nerdminer=20001           | 1 to 20000",
                "nerdminer=19999,bitaxe=2  | 1 to 20000",
                "toaster=1                 | there is no device \"toaster\"; there are nerdminer",
                "nerdminer=1,nerdminer=2   | named twice",
                "nerdminer:0.1=1           | no rate",
                "nerdminer:1.2.3k=1        | no rate",
                "all=3                     | all kinds are",
            })
    void saysWhatIsWrongWithAnOrder(String order, String complaint) {
        assertThatThrownBy(() -> FleetOrder.parse(order))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }
}
