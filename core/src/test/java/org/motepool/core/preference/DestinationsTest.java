package org.motepool.core.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motepool.core.address.Bech32;

/** Where payments and notices may go: what people type and what an LNURL hides, at the edges. */
class DestinationsTest {
    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

    /** Any bytes as an LNURL with a right checksum. */
    private static String lnurl(byte[] url) {
        StringBuilder data = new StringBuilder();
        int bits = 0;
        int held = 0;
        for (byte each : url) {
            held = held << 8 | each & 0xff;
            for (bits += 8; bits >= 5; bits -= 5) {
                data.append(ALPHABET.charAt(held >> bits - 5 & 31));
            }
            held &= (1 << bits) - 1;
        }
        if (bits > 0) {
            data.append(ALPHABET.charAt(held << 5 - bits & 31));
        }
        return withChecksum(data.toString());
    }

    private static String withChecksum(String data) {
        int[] symbols = new int[data.length() + Bech32.CHECKSUM_SYMBOLS];
        for (int i = 0; i < data.length(); i++) {
            symbols[i] = ALPHABET.indexOf(data.charAt(i));
        }
        int sum = Bech32.checksum("lnurl", symbols) ^ Bech32.BECH32;
        StringBuilder text = new StringBuilder("lnurl1").append(data);
        for (int i = Bech32.CHECKSUM_SYMBOLS - 1; i >= 0; i--) {
            text.append(ALPHABET.charAt(sum >> 5 * i & 31));
        }
        return text.toString();
    }

    private static String lnurl(String url) {
        return lnurl(url.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void takesAnLnurlInEitherCaseAndWithItsScheme() throws PreferenceException {
        String text = lnurl("https://Pay.Example.com/q?x=%20");
        LightningDestination parsed = LightningDestination.parse(text);
        assertThat(parsed.url()).isEqualTo("https://pay.example.com/q?x=%20");
        assertThat(LightningDestination.parse(text.toUpperCase(Locale.ROOT))).isEqualTo(parsed);
        assertThat(LightningDestination.parse("LIGHTNING:" + text.toUpperCase(Locale.ROOT)))
                .isEqualTo(parsed);
        assertThat(LightningDestination.parse(" lightning:" + text + "\n")).isEqualTo(parsed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/",
                "https://127.0.0.1/",
                "https://0x7f.1/",
                "https://2130706433/",
                "https://[::1]/",
                "https://localhost/",
                "https://example.com:0/",
                "https://example.com:22/",
                "https://example.com:65536/",
                "https://example.com:99999999999/",
                "https://example.com:/",
                "https://me@example.com/",
                "https://me:pass@example.com/",
                "https://example.com\\@127.0.0.1/",
                "https://example.com/#part",
                "https://example.com./",
                "https://example.com%2f.evil/",
                "https://example.com/%",
                "https://example.com/%0",
                "https://example.com/%zz",
                "https://example.com/a b",
                "https://example.com/\u0000",
                "https://ex\u00e4mple.com/",
                "https://example.com/\u00e4",
                "https://-example.com/",
                "https://example-.com/",
                "https://exa_mple.com/",
                "https:example.com",
                "https:///example.com/",
                "//example.com/",
                "javascript:alert(1)",
                "file:///etc/passwd",
                "ftp://example.com/",
                "onionhttp://example.com/",
                "",
            })
    void refusesAUrlThatIsNoPublicOneTypedOrHiddenInAnLnurl(String url) {
        assertThatThrownBy(() -> PreferenceValue.url(url)).isInstanceOf(PreferenceException.class);
        assertThatThrownBy(() -> LightningDestination.parse(lnurl(url))).isInstanceOf(PreferenceException.class);
    }

    @Test
    void refusesALnurlThatIsTornPaddedOrMixed() throws PreferenceException {
        String good = lnurl("https://example.com/pay/me");
        assertThat(LightningDestination.parse(good).url()).isEqualTo("https://example.com/pay/me");
        for (int length = 0; length < good.length(); length++) {
            String torn = good.substring(0, length);
            assertThatThrownBy(() -> LightningDestination.parse(torn)).isInstanceOf(PreferenceException.class);
        }
        for (int i = 0; i < good.length(); i++) {
            String other = good.substring(0, i) + (good.charAt(i) == 'q' ? 'p' : 'q') + good.substring(i + 1);
            assertThatThrownBy(() -> LightningDestination.parse(other))
                    .as("letter %d", i)
                    .isInstanceOf(PreferenceException.class);
        }
        for (String odd : List.of(
                good + "q",
                "lightning:" + "lightning:" + good,
                "lnurlp://example.com/pay/me",
                good.substring(0, 20) + good.substring(20).toUpperCase(Locale.ROOT),
                withChecksum(""),
                withChecksum("q"),
                withChecksum("qqq"),
                withChecksum(good.substring(6, good.length() - 6) + "qq"),
                lnurl(new byte[] {(byte) 0xff, 0, 1}))) {
            assertThatThrownBy(() -> LightningDestination.parse(odd)).as(odd).isInstanceOf(PreferenceException.class);
        }
    }

    @Test
    void anAddressHasANameThatIsNoWayThroughDirectories() throws PreferenceException {
        assertThat(LightningDestination.parse("lnurl1me@example.com").url())
                .as("a name may begin as an LNURL does")
                .isEqualTo("https://example.com/.well-known/lnurlp/lnurl1me");
        assertThat(LightningDestination.parse("_a.b-c+d@xn--mller-kva.example").url())
                .isEqualTo("https://xn--mller-kva.example/.well-known/lnurlp/_a.b-c+d");
        for (String odd : List.of(
                ".@example.com",
                "..@example.com",
                "+-_@example.com",
                "@example.com",
                "a/b@example.com",
                "a%2fb@example.com",
                "a b@example.com",
                "a@b@example.com",
                "a@example.com@",
                "a@example.com:443",
                "a@example.com/",
                "a@example",
                "a@10.0.0.1",
                "a@example.1",
                "\u0131@example.com",
                "a@ex\u0430mple.com",
                "a".repeat(65) + "@example.com",
                "a@" + "b".repeat(64) + ".com")) {
            assertThatThrownBy(() -> LightningDestination.parse(odd)).as(odd).isInstanceOf(PreferenceException.class);
        }
        assertThat(LightningDestination.parse("a".repeat(64) + "@example.com").text())
                .startsWith("aaa");
    }

    @Test
    void aValueFitsTheTextThatIsSignedInItsCanonicalFormToo() throws PreferenceException {
        String start = "https://example.com?";
        String longest = start + "a".repeat(PreferenceValue.CHARACTERS_MAX - start.length() - 1);
        assertThat(PreferenceValue.canonical(PreferenceField.WEBHOOK, longest)).hasSize(PreferenceValue.CHARACTERS_MAX);
        assertThatThrownBy(() -> PreferenceValue.canonical(PreferenceField.WEBHOOK, longest + "a"))
                .hasMessageContaining("1 to 300 characters");
    }

    /** Whatever is typed: it is refused with a reason, or has one form, and leads to a host with a name, over TLS. */
    @Test
    void neverLeadsElsewhereThanItSays() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        List<String> pieces = List.of(
                "https://",
                "http://",
                "HTTPS://",
                "lightning:",
                "example.com",
                "127.0.0.1",
                "localhost",
                "me",
                "@",
                ":",
                "443",
                "8443",
                "22",
                "/",
                "//",
                "?",
                "#",
                "%",
                "%20",
                "%2F",
                ".",
                "..",
                "[::1]",
                "\\",
                " ",
                "\t",
                "a",
                "B",
                "\u00e4",
                "\u202e",
                "+",
                "-",
                "_",
                "&x=",
                ";",
                "'",
                "<",
                "xn--",
                "\u0000");
        int taken = 0;
        for (int i = 0; i < 60_000; i++) {
            StringBuilder typed = new StringBuilder(random.nextBoolean() ? "https://example.com" : "");
            for (int left = random.nextInt(7); left > 0; left--) {
                typed.append(pieces.get(random.nextInt(pieces.size())));
            }
            for (PreferenceField field :
                    List.of(PreferenceField.WEBHOOK, PreferenceField.NTFY, PreferenceField.LIGHTNING)) {
                try {
                    String canonical = PreferenceValue.canonical(field, typed.toString());
                    assertThat(PreferenceValue.canonical(field, canonical))
                            .as("seed %d: %s", seed, typed)
                            .isEqualTo(canonical);
                    URI uri = URI.create(
                            field == PreferenceField.LIGHTNING
                                    ? LightningDestination.parse(canonical).url()
                                    : canonical);
                    assertThat(uri.getScheme()).isEqualTo("https");
                    assertThat(uri.getRawUserInfo()).isNull();
                    assertThat(uri.getRawFragment()).isNull();
                    assertThat(uri.getHost()).as("seed %d: %s", seed, typed).matches("([a-z0-9-]+\\.)+[a-z][a-z0-9-]+");
                    assertThat(canonical).matches("[!-~]+");
                    taken++;
                } catch (PreferenceException e) {
                    assertThat(e.getMessage()).isNotBlank();
                }
            }
        }
        assertThat(taken).as("seed %d", seed).isGreaterThan(1_000);
    }
}
