package org.motepool.core.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motepool.core.account.Scheme;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.work.Nbits;
import org.motepool.core.work.PowShift;

class BlockHeaderTest {
    /** Bitcoin block 100 000. */
    private static final String BLOCK_100000 =
            "0100000050120119172a610421a6c3011dd330d9df07b63616c2cc1f1cd00200000000006657"
                    + "a9252aacd5c0b2940996ecff952228c3067cc38d4885efb5a4ac4247e9f337221b4d4c86041b0f2b5710";

    @Test
    void readsARealHeaderAndProvesIt() throws MalformedBytesException {
        BlockHeader header = BlockHeader.parse(Bytes.ofHex(BLOCK_100000));

        assertThat(header.version()).isEqualTo(1);
        assertThat(header.prevHash()).hasToString("000000000002d01c1fccc21636b607dfd930d31d01c3a62104612a1719011250");
        assertThat(header.merkleRoot()).hasToString("f3e94742aca4b5ef85488dc37c06c3282295ffec960994b2c0d5ac2a25a95766");
        assertThat(header.ntime()).isEqualTo(1_293_623_863);
        assertThat(header.nbits()).isEqualTo(Nbits.ofHex("1b04864c"));
        assertThat(header.nonce()).isEqualTo(274_148_111);
        assertThat(header.hash()).hasToString("000000000003ba27aa200b1cecaad478d2b00432346c3f1f3986da1afd33e506");
        assertThat(header.nbits().target().accepts(header.hash().internal().toArray(), 0, PowShift.NONE))
                .isTrue();
        assertThat(header.toBytes()).isEqualTo(Bytes.ofHex(BLOCK_100000));
    }

    @Test
    void refusesBytesThatAreNoHeader() {
        Bytes good = Bytes.ofHex(BLOCK_100000);
        Bytes noTarget = good.slice(0, 72).concat(Bytes.ofHex("00000000")).concat(good.slice(76, 80));

        for (Bytes wrong : List.of(Bytes.EMPTY, good.slice(0, 79), good.concat(Bytes.ofHex("00")), noTarget)) {
            assertThatThrownBy(() -> BlockHeader.parse(wrong)).isInstanceOf(MalformedBytesException.class);
        }
    }

    @Test
    void aJobPutsTheExtranoncesBetweenTheParts() {
        Job job = job(8, 2);

        assertThat(job.coinbase(Bytes.ofHex("1111111122222222"))).isEqualTo(Bytes.ofHex("aa1111111122222222bbbb"));
        assertThat(job.coinbaseBytes()).isEqualTo(11);
        assertThatThrownBy(() -> job.coinbase(Bytes.ofHex("11"))).hasMessageContaining("8 bytes of extranonces, not 1");
    }

    @Test
    void aJobChecksItself() {
        assertThatThrownBy(() -> job(33, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> job(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> job(8, 33)).isInstanceOf(IllegalArgumentException.class);
        assertThat(job(8, 32).branch()).hasSize(32);
    }

    private static Job job(int extranonceBytes, int branches) {
        return new Job(
                1,
                100,
                Hash256.ZERO,
                Bytes.ofHex("aa"),
                Bytes.ofHex("bbbb"),
                extranonceBytes,
                Collections.nCopies(branches, Hash256.ZERO),
                0x2000_0000,
                Nbits.ofHex("207fffff"),
                1,
                Scheme.PPLNS);
    }
}
