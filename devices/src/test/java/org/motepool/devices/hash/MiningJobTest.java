package org.motepool.devices.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motepool.core.hash.Sha256;
import org.motepool.core.work.PowShift;
import org.motepool.devices.Transcript;

class MiningJobTest {
    private static byte[] coinbase(MiningJob job, String extranonces) {
        return HexFormat.of().parseHex(job.coinbase1() + extranonces + job.coinbase2());
    }

    @Test
    void makesTheHeaderOfTheClassicExample() {
        MiningJob job = new MiningJob(
                "bf",
                "4d16b6f85af6e2198f44ae2a6de67f78487ae5611b77c6c0440b921e00000000",
                "01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff20020862062f503253482f04b8864e5008",
                "072f736c7573682f000000000100f2052a010000001976a914d23fcdf86f7e756a64a7a9688ef9903327048ed988ac00000000",
                List.of(),
                "00000002",
                "1c2ac4af",
                "504e86ed",
                false);
        byte[] header = job.header(coinbase(job, "0800000200000001"));
        MiningJob.putLittleEndian(header, 76, 0xb2957c02);

        assertThat(Sha256.twice(header))
                .hasToString("000000002076870fe65a2b6eeed84fa892c0db924f1482243a6247d931dcab32");
    }

    /** Shares of the transcripts with the difficulties that were recomputed for them. */
    @ParameterizedTest
    @CsvSource({
        "00000001, da5d0af0, 0, 0.00062377",
        "00000001, 000adc39, 0, 0.00028034",
        "00000001, da567ed8, 0, 0.00010583",
        "3FA94C0B, 0001edf2, 0, 0.00018536",
        "2a000000, 05ce028d, 00c0a000, 0.00016169",
        "00000000, 0000c6b1, 0, 0.00129474",
        "01000000, 5555ebc3, 0, 0.00022750",
    })
    void reachesTheDifficultiesOfTheTranscripts(String extranonce2, String nonce, String bits, double difficulty)
            throws Exception {
        MiningJob job =
                MiningJob.ofParams(new JsonMapper().readTree(Transcript.JOB).path("params"));
        byte[] header = job.header(coinbase(job, Transcript.EXTRANONCE1 + extranonce2));
        MiningJob.putLittleEndian(header, 0, 0x2000_0000 ^ HexFormat.fromHexDigits(bits));
        MiningJob.putLittleEndian(header, 76, HexFormat.fromHexDigits(nonce));
        byte[] hash = Sha256.twice(header, 0, header.length);

        assertThat(ShareFilter.difficultyOf(hash, PowShift.NONE)).isCloseTo(difficulty, within(6e-9));
        assertThat(ShareFilter.of(0x1p-13, 16).reports(hash, PowShift.NONE)).isEqualTo(difficulty > 0x1p-13);
        assertThat(job.isWellFormed()).isTrue();
    }

    @Test
    void findsNoJobInOtherParams() throws Exception {
        for (String params : List.of("[]", "{}", "[1,2,3]", "[1,2,3,4,5,6,7,8,9]")) {
            assertThatThrownBy(() -> MiningJob.ofParams(new JsonMapper().readTree(params)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
