package org.motepool.chain.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;

class RawTransactionTest {
    @Test
    void readsTheSegwitTransactionOfBip143() throws MalformedBytesException {
        RawTransaction transaction = RawTransaction.parse(KnownBytes.SEGWIT_TRANSACTION);

        assertThat(transaction.id().toDisplayHex())
                .isEqualTo("ef48d9d0f595052e0f8cdcf825f7a5e50b6a388a81f206f3f4846e5ecd7a0c23");
        assertThat(transaction.version()).isEqualTo(1);
        assertThat(transaction.lockTime()).isEqualTo(1170);
        assertThat(transaction.inputs().getFirst().sequence()).isEqualTo(-2);
        assertThat(transaction.inputs().getFirst().witness()).hasSize(2);
        assertThat(transaction.outputs())
                .extracting(RawTransaction.Output::value)
                .containsExactly(199_996_600L, 800_000_000L);
        assertThat(transaction.isCoinbase()).isFalse();
        assertThat(transaction.serialized()).isEqualTo(KnownBytes.SEGWIT_TRANSACTION);
    }

    @Test
    void losesOnlyItsWitnessWithoutWitness() throws MalformedBytesException {
        RawTransaction transaction = RawTransaction.parse(KnownBytes.SEGWIT_TRANSACTION);
        RawTransaction bare = RawTransaction.parse(transaction.withoutWitness());

        assertThat(bare.hasWitness()).isFalse();
        assertThat(bare.id()).isEqualTo(transaction.id()).isEqualTo(bare.witnessId());
        assertThat(bare.id()).isNotEqualTo(transaction.witnessId());
        assertThat(bare.withFirstWitness(transaction.inputs().getFirst().witness()))
                .isEqualTo(transaction);
        // Marker and flag, a count, a signature of 71 bytes and a key of 33, each behind its length.
        int witnessBytes = 2 + 1 + 1 + 71 + 1 + 33;
        assertThat(transaction.weight()).isEqualTo(4 * bare.serialized().size() + witnessBytes);
    }

    @Test
    void refusesAnnouncedButEmptyWitness() throws MalformedBytesException {
        Bytes bare = RawTransaction.parse(KnownBytes.SEGWIT_TRANSACTION).withoutWitness();
        Bytes superfluous = bare.slice(0, 4)
                .concat(Bytes.ofHex("0001"))
                .concat(bare.slice(4, bare.size() - 4))
                .concat(Bytes.ofHex("00"))
                .concat(bare.slice(bare.size() - 4, bare.size()));

        assertThatThrownBy(() -> RawTransaction.parse(superfluous))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("announced but empty");
    }

    @Test
    void refusesASizeInALongerForm() throws MalformedBytesException {
        Bytes bare = RawTransaction.parse(KnownBytes.SEGWIT_TRANSACTION).withoutWitness();
        Bytes padded = bare.slice(0, 4).concat(Bytes.ofHex("fd0100")).concat(bare.slice(5, bare.size()));

        assertThatThrownBy(() -> RawTransaction.parse(padded))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("shortest");
    }

    @Test
    void refusesCountsThatExceedWhatIsLeft() {
        for (String count : List.of("fe00000070", "ff0000000000000040", "ffffffffffffffffff", "fdff00")) {
            assertThatThrownBy(() -> RawTransaction.parse(Bytes.ofHex("01000000" + count + "00".repeat(60))))
                    .as(count)
                    .isInstanceOf(MalformedBytesException.class);
        }
    }
}
