package org.motepool.stratum.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.motepool.core.work.ProofOfWork;

class V1DecoderTest {
    private static final List<String> KEPT = List.of(
            "{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"NerdMinerV2/V1.8.3\"]}",
            "{\"params\": [\"U\", \"x\"], \"id\": 2, \"method\": \"mining.authorize\"}",
            "{\"id\":1,\"method\":\"mining.configure\",\"params\":[[\"version-rolling\"],{\"version-rolling.mask\":\"ffffffff\"}]}",
            "{\"id\":3,\"method\":\"mining.suggest_difficulty\",\"params\":[1.5e-4]}",
            "{\"id\":null,\"method\":\"mining.suggest_target\",\"params\":[\"00000000ffff\"]}",
            "{\"id\":\"a\",\"method\":\"mining.submit\",\"params\":[\"U\",\"1f\",\"7C00E1D2\",\"66b2c3d4\",\"8b28\",\"00000000\"]}",
            "{\"id\":7,\"result\":\"pong\",\"error\":null}");

    private static MinerMessage decode(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return V1Decoder.decode(bytes, 0, bytes.length, ProofOfWork.SHA256D.difficulties());
    }

    @Test
    void readsASubmitWhateverTheCaseAndPadding() {
        assertThat(decode(KEPT.get(5)))
                .isEqualTo(new MinerMessage.Submit(
                        new RequestId("\"a\""), "U", 0x1f, 0x7c00e1d2, 0x66b2c3d4, 0x8b28, OptionalInt.of(0)));
    }

    @ParameterizedTest
    @CsvSource({
        "1,32",
        "1.5e-4,19",
        "0.00015,19",
        "1000,41",
        "1e-05,16",
        "\"0.050000\",27",
        "1e999999999,66",
        "1e-999999999,16",
        "32.0000,37"
    })
    void roundsSuggestionsDownToALevel(String literal, int level) {
        MinerMessage message =
                decode("{\"id\":3,\"method\":\"mining.suggest_difficulty\",\"params\":[" + literal + "]}");
        assertThat(((MinerMessage.Suggest) message).level().orElseThrow().value())
                .isEqualTo(level);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "\"\"", "\"abc\"", "null", "[]", "true", "\"NaN\""})
    void takesNoHintFromNonsense(String literal) {
        MinerMessage message =
                decode("{\"id\":3,\"method\":\"mining.suggest_difficulty\",\"params\":[" + literal + "]}");
        assertThat(((MinerMessage.Suggest) message).level()).isEmpty();
    }

    @Test
    void readsASuggestedTarget() {
        MinerMessage message = decode(
                "{\"id\":3,\"method\":\"mining.suggest_target\",\"params\":[\"00000000ffff" + "0".repeat(52) + "\"]}");
        assertThat(((MinerMessage.Suggest) message).level().orElseThrow().value())
                .isEqualTo(32);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"7|7", "-1|-1", "\"x\"|\"x\"", "1.50|1.50", "18446744073709551616|18446744073709551616"})
    void echoesIdsAsTheyCame(String id, String echoed) {
        assertThat(decode("{\"id\":" + id + ",\"method\":\"mining.x\"}").id().json())
                .isEqualTo(echoed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "[{}]",
                "{",
                "{}",
                "{\"id\":1}",
                "{\"id\":1,\"method\":2}",
                "{}{}",
                "{\"id\":1,}",
                "{\"a\":[[[[[[[[[[1]]]]]]]]]]}",
                "\"x\"",
                "{\"id\":01,\"method\":\"a\"}"
            })
    void callsMalformedWhatIsNoRequest(String line) {
        assertThat(decode(line)).isInstanceOf(MinerMessage.Malformed.class);
    }

    @Test
    void neverThrowsOnMutatedLines() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            byte[] line = KEPT.get(random.nextInt(KEPT.size())).getBytes(StandardCharsets.UTF_8);
            for (int mutations = random.nextInt(4); mutations >= 0; mutations--) {
                line = mutate(line, random);
            }
            byte[] bytes = line;
            int length = bytes.length;
            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> V1Decoder.decode(bytes, 0, length, ProofOfWork.SHA256D.difficulties())))
                    .as("seed %d: %s", seed, new String(bytes, StandardCharsets.ISO_8859_1))
                    .isNull();
        }
    }

    private static byte[] mutate(byte[] line, Random random) {
        if (line.length == 0) {
            return line;
        }
        int at = random.nextInt(line.length);
        byte[] next = line.clone();
        switch (random.nextInt(4)) {
            case 0 -> next[at] = (byte) random.nextInt(256);
            case 1 -> next[at] = (byte) "{}[]\",:\\019ef".charAt(random.nextInt(13));
            case 2 -> next = java.util.Arrays.copyOf(line, at);
            default -> {
                int from = random.nextInt(line.length);
                int length = Math.min(line.length - at, line.length - from);
                System.arraycopy(line, from, next, at, length);
            }
        }
        return next;
    }
}
