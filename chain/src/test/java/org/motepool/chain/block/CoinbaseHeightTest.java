package org.motepool.chain.block;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motepool.core.bytes.Bytes;

class CoinbaseHeightTest {
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 51",
        "16, 60",
        "17, 0111",
        "127, 017f",
        "128, 028000",
        "255, 02ff00",
        "256, 020001",
        "32767, 02ff7f",
        "32768, 03008000",
        "227931, 035b7a03",
        "8388607, 03ffff7f",
        "8388608, 0400008000",
        "2147483647, 04ffffff7f"
    })
    void pushesHeightsTheShortestWay(int height, String hex) {
        assertThat(CoinbaseHeight.push(height).toHex()).isEqualTo(hex);
        assertThat(CoinbaseHeight.begins(Bytes.ofHex(hex + "aabb"), height)).isTrue();
    }

    @Test
    void seesOtherAndCutHeights() {
        assertThat(CoinbaseHeight.begins(Bytes.ofHex("0112"), 17)).isFalse();
        assertThat(CoinbaseHeight.begins(Bytes.ofHex("01"), 17)).isFalse();
        assertThat(CoinbaseHeight.begins(Bytes.EMPTY, 0)).isFalse();
    }
}
