package org.motepool.stratum.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpNetworkTest {
    private static boolean holds(String network, String address) {
        return IpNetwork.parse(network).contains(InetAddress.ofLiteral(address));
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "203.0.113.7/32, 203.0.113.7",
        "203.0.113.77/24, 203.0.113.0/24",
        "203.0.113.129/25, 203.0.113.128/25",
        "0.0.0.0/0, 0.0.0.0/0",
        "2001:DB8::1/32, 2001:db8:0:0:0:0:0:0/32",
        "::1, 0:0:0:0:0:0:0:1",
        "::ffff:203.0.113.7, 203.0.113.7",
        "::ffff:203.0.113.7/120, 203.0.113.0/24",
    })
    void readsAndWritesItsCanonicalForm(String text, String canonical) {
        assertThat(IpNetwork.parse(text)).hasToString(canonical);
        assertThat(IpNetwork.parse(canonical)).isEqualTo(IpNetwork.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "host",
                "localhost",
                "1.2.3",
                "1",
                "1.2.3.4.5",
                "256.1.1.1",
                "1.2.3.4/33",
                "1.2.3.4/",
                "1.2.3.4/-1",
                "1.2.3.4/x",
                "::/129",
                "fe80::1%lo",
                "1.2.3.4 ",
                ":::",
                "::ffff:1.2.3.4/90",
                "1.2.3.4/99999999999"
            })
    void refusesWhatIsNoNetwork(String text) {
        assertThatThrownBy(() -> IpNetwork.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shortensWhatItRepeatsOfALongText() {
        assertThatThrownBy(() -> IpNetwork.parse("x".repeat(5000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }

    @Test
    void holdsItsAddressesAndNoOthers() {
        assertThat(holds("203.0.113.0/24", "203.0.113.255")).isTrue();
        assertThat(holds("203.0.113.0/24", "203.0.114.0")).isFalse();
        assertThat(holds("203.0.113.0/25", "203.0.113.128")).isFalse();
        assertThat(holds("0.0.0.0/0", "8.8.8.8")).isTrue();
        assertThat(holds("0.0.0.0/0", "::1")).isFalse();
        assertThat(holds("2001:db8::/33", "2001:db8:7fff::1")).isTrue();
        assertThat(holds("2001:db8::/33", "2001:db8:8000::1")).isFalse();
        assertThat(holds("10.1.2.3", "10.1.2.3")).isTrue();
        assertThat(holds("10.1.2.3", "10.1.2.4")).isFalse();
    }

    @Test
    void widensButNeverNarrows() {
        assertThat(IpNetwork.parse("10.1.2.3").widened(16)).hasToString("10.1.0.0/16");
        assertThat(IpNetwork.parse("10.0.0.0/8").widened(16)).hasToString("10.0.0.0/8");
    }
}
