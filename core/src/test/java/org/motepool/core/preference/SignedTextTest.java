package org.motepool.core.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motepool.core.address.Network;

class SignedTextTest {
    private static final SignedText TEXT = new SignedText(
            "0123456789abcdef",
            Network.MAIN,
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
            PreferenceField.THRESHOLD,
            "20000 sat",
            1_767_344_645,
            1_767_431_040);

    @Test
    void namesEverythingInOneLine() {
        assertThat(TEXT.text())
                .isEqualTo("Motepool 0123456789abcdef on main, bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4:"
                        + " threshold = 20000 sat; nonce 1767344645; until 2026-01-03T09:04Z");
    }

    @Test
    void readsWhatItWroteAndNothingElse() throws PreferenceException {
        assertThat(SignedText.parse(TEXT.text())).isEqualTo(TEXT);
        String text = TEXT.text();
        for (int i = 0; i < text.length(); i++) {
            String changed = text.substring(0, i) + (char) (text.charAt(i) ^ 1) + text.substring(i + 1);
            try {
                assertThat(SignedText.parse(changed)).as("letter %d", i).isNotEqualTo(TEXT);
            } catch (PreferenceException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        for (String other : new String[] {
            text + " ",
            " " + text,
            text.replace("20000", "020000"),
            text.replace(" on main", " on MAIN"),
            text.replace("threshold", "cold"),
            text.replace("2026-01-03", "2026-02-30"),
            ""
        }) {
            assertThatThrownBy(() -> SignedText.parse(other)).isInstanceOf(PreferenceException.class);
        }
    }

    @Test
    void livesADayToTheMinute() {
        long now = 1_767_344_645_999L;
        assertThat(SignedText.untilFrom(now)).isEqualTo(1_767_431_040).isEqualTo(TEXT.untilSeconds());
        assertThat(SignedText.nonceAfter(0, now)).isEqualTo(1_767_344_645);
        assertThat(SignedText.nonceAfter(2_000_000_000, now)).isEqualTo(2_000_000_001);
        assertThat(SignedText.delay(Network.MAIN)).hasHours(48);
    }

    @ParameterizedTest
    @CsvSource({
        "THRESHOLD, 20000, 20000 sat",
        "THRESHOLD, 1 sat, 1 sat",
        "THRESHOLD, Default, default",
        "LIGHTNING, OFF, off",
        "LIGHTNING, Me.too+1@Example.com, me.too+1@example.com",
        "DONATE, 2.50, 2.5%",
        "DONATE, '0,05 %', 0.05%",
        "DONATE, 99.00%, 99%",
        "DONATE, 10, 10%",
        "DONATE, 0, 0%",
        "WEBHOOK, https://Example.com, https://example.com/",
        "WEBHOOK, https://example.com:8443/a?b=c%20d, https://example.com:8443/a?b=c%20d",
        "NTFY, https://ntfy.sh/my_motes, https://ntfy.sh/my_motes",
        "EVENTS, 'payout, silent', silent+payout",
        "EVENTS, all, silent+best+block+payout",
        "CANCEL, donate, donate",
    })
    void givesEachValueOneForm(PreferenceField field, String typed, String canonical) throws PreferenceException {
        assertThat(PreferenceValue.canonical(field, typed)).isEqualTo(canonical);
        assertThat(PreferenceValue.canonical(field, canonical)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "THRESHOLD, 0",
        "THRESHOLD, 2100000000000001",
        "THRESHOLD, 1.5",
        "THRESHOLD, -1",
        "LIGHTNING, me@localhost",
        "LIGHTNING, me@10.0.0.1",
        "LIGHTNING, me@example.com/x",
        "LIGHTNING, lnurl1qqqqqq",
        "DONATE, 99.01",
        "DONATE, 100",
        "DONATE, 1.234",
        "WEBHOOK, http://example.com/",
        "WEBHOOK, https://user@example.com/",
        "WEBHOOK, https://127.0.0.1/",
        "WEBHOOK, https://[::1]/",
        "WEBHOOK, https://2130706433/",
        "WEBHOOK, https://localhost/",
        "WEBHOOK, https://example.com:22/",
        "WEBHOOK, https://example.com/#x",
        "WEBHOOK, https://exa mple.com/",
        "NTFY, https://ntfy.sh/",
        "NTFY, https://ntfy.sh/a/b",
        "EVENTS, moon",
        "EVENTS, +",
        "CANCEL, events",
    })
    void saysWhyAValueCannotBe(PreferenceField field, String typed) {
        assertThatThrownBy(() -> PreferenceValue.canonical(field, typed)).isInstanceOf(PreferenceException.class);
    }

    @Test
    void readsItsOwnForms() {
        assertThat(PreferenceValue.threshold("default")).isEmpty();
        assertThat(PreferenceValue.threshold("20000 sat")).isEqualTo(OptionalLong.of(20_000));
        assertThat(PreferenceValue.basisPoints("2.5%")).isEqualTo(250);
        assertThat(PreferenceValue.basisPoints("99%")).isEqualTo(9_900);
        for (PreferenceField field : PreferenceField.values()) {
            assertThat(PreferenceField.ofCode(field.code())).isEqualTo(field);
            assertThat(PreferenceField.ofId(field.id())).contains(field);
        }
    }

    /** The example of LUD-01. */
    @Test
    void takesALnurlApart() throws PreferenceException {
        String lnurl =
                "LNURL1DP68GURN8GHJ7UM9WFMXJCM99E3K7MF0V9CXJ0M385EKVCENXC6R2C35XVUKXEFCV5MKVV34X5EKZD3EV56NYD3HXQURZ"
                        + "EPEXEJXXEPNXSCRVWFNV9NXZCN9XQ6XYEFHVGCXXCMYXYMNSERXFQ5FNS";
        LightningDestination parsed = LightningDestination.parse("lightning:" + lnurl);

        assertThat(parsed.url())
                .hasToString(
                        "https://service.com/api?q=3fc3645b439ce8e7f2553a69e5267081d96dcd340693afabe04be7b0ccd178df");
        assertThat(LightningDestination.parse(parsed.text())).isEqualTo(parsed);
        assertThat(LightningDestination.parse("me@example.com").url())
                .hasToString("https://example.com/.well-known/lnurlp/me");
        assertThatThrownBy(() -> LightningDestination.parse(lnurl.replace("FNS", "FNZ")))
                .isInstanceOf(PreferenceException.class)
                .hasMessageContaining("checksum");
    }
}
