package org.motepool.validator.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.motepool.validator.simd.Sha256Lanes.LANES;

import org.junit.jupiter.api.Test;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.work.ProofOfWork;
import org.motepool.validator.hash.LitecoinHeader;

/** The vectors of RFC 7914, chapters 8 to 10, and headers of Litecoin; in every lane. */
class ScryptLanesTest {
    private static final String SALSA_INPUT = "7e879a214f3ec9867ca940e641718f26baee555b8c61c1b50df846116dcd3b1d"
            + "ee24f319df9b3d8514121e4b5ac5aa3276021d2909c74829edebc68db8b8c25e";
    private static final String SALSA_OUTPUT = "a41f859c6608cc993b81cacb020cef05044b2181a2fd337dfd7b1c6396682f29"
            + "b4393168e3c9e6bcfe6bc5b7a06d96bae424cc102c91745c24ad673dc7618f81";
    private static final String MIX_INPUT = "f7ce0b653d2d72a4108cf5abe912ffdd777616dbbb27a70e8204f3ae2d0f6fad"
            + "89f68f4811d1e87bcc3bd7400a9ffd29094f0184639574f39ae5a1315217bcd7"
            + "894991447213bb226c25b54da86370fbcd984380374666bb8ffcb5bf40c254b0"
            + "67d27c51ce4ad5fed829c90b505a571b7f4d1cad6a523cda770e67bceaaf7e89";
    private static final String MIX_OUTPUT_OF_16_ROWS =
            "79ccc193629debca047f0b70604bf6b62ce3dd4a9626e355fafc6198e6ea2b46"
                    + "d58413673b99b029d665c357601fb426a0b2f4bba200ee9f0a43d19b571a9c71"
                    + "ef1142e65d5a266fddca832ce59faa7cac0b9cf1be2bffca300d01ee387619c4"
                    + "ae12fd4438f203a0e4e1c47ec314861f4e9087cb33396a6873e8f9d2539a4b8e";

    private final LaneRows rows = new LaneRows(ProofOfWork.SCRYPT);
    private final int[] x = rows.x;

    private void put(int at, int lane, String hex) {
        byte[] bytes = Bytes.ofHex(hex).toArray();
        for (int i = 0; i < bytes.length / 4; i++) {
            x[at + i * LANES + lane] = Integer.reverseBytes(Sha256Words.word(bytes, 4 * i));
        }
    }

    private String take(int at, int lane, int words) {
        byte[] bytes = new byte[4 * words];
        for (int i = 0; i < words; i++) {
            Sha256Words.putWord(bytes, 4 * i, Integer.reverseBytes(x[at + i * LANES + lane]));
        }
        return Bytes.copyOf(bytes).toHex();
    }

    @Test
    void salsaIsThatOfTheStandard() {
        for (int lane = 0; lane < LANES; lane++) {
            put(ScryptLanes.MIX, lane, SALSA_INPUT);
        }
        ScryptLanes.salsa(x, ScryptLanes.MIX);
        for (int lane = 0; lane < LANES; lane++) {
            assertThat(take(ScryptLanes.MIX, lane, 16)).isEqualTo(SALSA_OUTPUT);
        }
    }

    @Test
    void mixingIsThatOfTheStandardAndEachLaneReadsItsOwnRows() {
        for (int known = 0; known < LANES; known++) {
            for (int lane = 0; lane < LANES; lane++) {
                put(
                        ScryptLanes.MIX,
                        lane,
                        lane == known ? MIX_INPUT : "%02x".formatted(lane).repeat(128));
            }
            ScryptLanes.mix(x, rows.memory, 16);
            assertThat(take(ScryptLanes.MIX, known, 32)).isEqualTo(MIX_OUTPUT_OF_16_ROWS);
        }
    }

    @Test
    void hashesHeadersOfLitecoinInEveryLane() {
        LitecoinHeader[] known = LitecoinHeader.values();
        for (int first = 0; first < known.length; first++) {
            for (int lane = 0; lane < LANES; lane++) {
                putHeader(lane, known[(first + lane) % known.length].bytes());
            }
            ScryptLanes.hash(x, rows.memory);
            for (int lane = 0; lane < LANES; lane++) {
                assertThat(hash(lane)).hasToString(known[(first + lane) % known.length].hash());
            }
        }
    }

    private void putHeader(int lane, byte[] header) {
        for (int i = 0; i < 20; i++) {
            int row = i < 16 ? LaneRows.HEADER + i * LANES : LaneRows.HEADER_END + (i - 16) * LANES;
            x[row + lane] = Sha256Words.word(header, 4 * i);
        }
    }

    private Hash256 hash(int lane) {
        byte[] hash = new byte[Hash256.BYTES];
        for (int word = 0; word < Sha256Words.STATE_WORDS; word++) {
            Sha256Words.putWord(hash, 4 * word, x[LaneRows.STATE + word * LANES + lane]);
        }
        return Hash256.ofInternal(hash, 0);
    }
}
