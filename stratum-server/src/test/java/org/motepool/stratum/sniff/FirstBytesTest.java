package org.motepool.stratum.sniff;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motepool.stratum.sniff.FirstBytes.State;

class FirstBytesTest {
    private static final int NOISE_BYTES = 64;

    private static FirstBytes after(byte[] bytes) {
        FirstBytes seen = FirstBytes.NONE;
        for (byte b : bytes) {
            seen = seen.next(b & 0xff);
        }
        return seen;
    }

    private static FirstBytes after(String text) {
        return after(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"NerdMinerV2/V1.8.3\"]}\n",
                "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"LeafMiner/0.0.17\", null]}\n",
                "{\"method\": \"mining.submit\", \"params\": [\"U\", \"1f\", \"00000000\", \"66b2c3d4\", \"0000c6b1\"], \"id\":4}\n",
                "{\"id\":9}\n",
                "{\"id\":9}\r\n",
                "{ \"id\": null }\n",
                " \t\r\n{\"id\":1,\"method\":\"mining.subscribe\"",
                "{\"id\":1,\"method\":\"mining.authorize\",\"params\":[\"a",
                "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n{\"id\":9}\n",
            })
    void takesLinesOfObjectsForV1(String line) {
        assertThat(after(line).state()).isEqualTo(State.V1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\n", "POST /a HTTP/1.0\r\n", "OPTIONS *", "PUT /", "PATCH /x", "HEAD / "})
    void takesRequestsForHttp(String request) {
        assertThat(after(request).state()).isEqualTo(State.HTTP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1603010200010001fc0303", "160301004a0100", "1603034000 01", "16030100040100"})
    void takesClientHellosForTls(String hex) {
        assertThat(after(HexFormat.of().parseHex(hex.replace(" ", ""))).state()).isEqualTo(State.TLS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000010000000",
                "16030102000200",
                "160305020001",
                "1602",
                "1603014001",
                "16030100030100",
                "7b22ff",
                "7b80",
                "20ff",
                "474554ff",
                "0d0a0d0a00"
            })
    void takesWhatIsNeitherTextNorTlsForV2(String hex) {
        assertThat(after(HexFormat.of().parseHex(hex)).state()).isEqualTo(State.V2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.9\r\n", "[{\"id\":1,\"method\":\"mining", "GETTING A JOB FROM A POOL"})
    void takesOtherTextForJunk(String text) {
        assertThat(after(text).state()).isEqualTo(State.JUNK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":1,\"me", "{", "{id:1}\n", "{\"id\"\n"})
    void waitsForMoreOfAnObjectAndTakesItForV1InTheEnd(String text) {
        assertThat(after(text).isDecided()).isFalse();
        assertThat(after(text).atDeadline()).isEqualTo(State.V1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HELO\r\n", "GE", "  ", "\u0016\u0003"})
    void takesShortOtherBeginningsForJunkInTheEnd(String text) {
        assertThat(after(text).isDecided()).isFalse();
        assertThat(after(text).atDeadline()).isEqualTo(State.JUNK);
    }

    /** Exact: the weight of every way that 64 random bytes can go. */
    @Test
    void takesANoiseHandshakeForSomethingElseLessThanOnceInTenToTheEighth() {
        Map<FirstBytes, Double> ways = Map.of(FirstBytes.NONE, 1.0);
        for (int i = 0; i < NOISE_BYTES; i++) {
            Map<FirstBytes, Double> next = new HashMap<>();
            ways.forEach((seen, weight) -> {
                if (seen.isDecided()) {
                    next.merge(new FirstBytes(seen.state(), 0, 0), weight, Double::sum);
                } else {
                    for (int b = 0; b < 256; b++) {
                        FirstBytes then = seen.next(b);
                        next.merge(
                                then.isDecided() ? new FirstBytes(then.state(), 0, 0) : then,
                                weight / 256,
                                Double::sum);
                    }
                }
            });
            ways = next;
        }
        double wrong = 0;
        for (Map.Entry<FirstBytes, Double> way : ways.entrySet()) {
            assertThat(way.getKey().isDecided())
                    .as("%s after 64 bytes", way.getKey())
                    .isTrue();
            if (way.getKey().state() != State.V2) {
                System.out.printf(
                        "64 random bytes are taken for %s once in %.3g%n",
                        way.getKey().state(), 1 / way.getValue());
                wrong += way.getValue();
            }
        }
        assertThat(wrong).isPositive().isLessThan(1e-8);
    }

    @Test
    void decidesWithinTheFirst21BytesWhateverComes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[FirstBytes.TEXT_BYTES];
            for (int at = 0; at < bytes.length; at++) {
                // Text for the most part, or every way would end at once.
                bytes[at] = (byte)
                        (random.nextInt(40) == 0 ? random.nextInt(256) : "{}\" \nGETPUHaA".charAt(random.nextInt(13)));
            }
            assertThat(after(bytes).isDecided())
                    .as("seed %d, round %d", seed, i)
                    .isTrue();
        }
    }

    @Test
    void everyFirstByteHasItsWay() {
        for (int b = 0; b < 256; b++) {
            FirstBytes first = FirstBytes.NONE.next(b);
            State expected = switch (b) {
                case ' ', '\t', '\r', '\n' -> State.BLANK;
                case '{' -> State.OBJECT;
                case 0x16 -> State.RECORD;
                case 'G', 'P', 'H', 'O', 'D', 'T', 'C' -> State.METHOD;
                default -> b >= 0x20 && b < 0x7f ? State.TEXT : State.V2;
            };
            assertThat(first.state()).as("byte %02x", b).isEqualTo(expected);
        }
    }
}
