package org.motepool.stratum.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** The hex reader against the plainest one there is. */
class HexFuzzTest {
    @FuzzTest
    void readsWhatARegularExpressionTakes(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int min = input[0] & 7;
        String text = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
        boolean good = text.matches("[0-9a-fA-F]{" + Math.max(1, min) + ",8}");
        long expected = good ? Long.parseLong(text, 16) : Hex.INVALID;
        assertThat(Hex.u32(text, Math.max(1, min))).isEqualTo(expected);
    }
}
