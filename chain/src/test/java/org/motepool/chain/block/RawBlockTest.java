package org.motepool.chain.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motepool.chain.block.RawBlock.WitnessVerdict;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;

class RawBlockTest {
    private static final int FUZZ_ROUNDS = 20_000;

    @Test
    void readsTheFirstBlockOfBitcoin() throws MalformedBytesException {
        RawBlock block = RawBlock.parse(KnownBytes.GENESIS);

        assertThat(block.hash().toDisplayHex())
                .isEqualTo("000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f");
        assertThat(block.merkleRoot()).isEqualTo(block.header().merkleRoot());
        assertThat(block.coinbase().id().toDisplayHex())
                .isEqualTo("4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b");
        assertThat(block.coinbase().isCoinbase()).isTrue();
        assertThat(block.coinbase().outputs().getFirst().value()).isEqualTo(5_000_000_000L);
        assertThat(block.witnessVerdict()).isEqualTo(WitnessVerdict.NO_WITNESS);
        assertThat(block.weight()).isEqualTo(4 * 285);
        assertThat(block.serialized()).isEqualTo(KnownBytes.GENESIS);
    }

    @Test
    void keepsLitecoinsMwebPartBehindTheHogEx() throws MalformedBytesException {
        RawTransaction hogEx = RawTransaction.parse(KnownBytes.HOGEX);
        RawBlock genesis = RawBlock.parse(KnownBytes.GENESIS);
        RawBlock block = new RawBlock(genesis.header(), List.of(genesis.coinbase(), hogEx), Bytes.ofHex("8231aa"));

        Bytes serialized = block.serialized();

        assertThat(serialized.toHex()).endsWith(KnownBytes.HOGEX.toHex() + "01" + "8231aa");
        assertThat(RawBlock.parse(serialized)).isEqualTo(block);
        assertThat(hogEx.serialized()).isEqualTo(KnownBytes.HOGEX);
        // As the node says: its id and its witness id are one.
        assertThat(hogEx.id()).isEqualTo(hogEx.witnessId());
        assertThat(hogEx.id().toDisplayHex())
                .isEqualTo("8dd80fc84e496555356d489664a79f1d1c68a3874f87e81c9aa357920baa25d8");
        for (int cut = 1; cut <= 4; cut++) {
            Bytes shorter = serialized.slice(0, serialized.size() - cut);
            if (cut < 3) {
                assertThat(RawBlock.parse(shorter).mweb().size()).isEqualTo(3 - cut);
            } else {
                assertThatThrownBy(() -> RawBlock.parse(shorter)).isInstanceOf(MalformedBytesException.class);
            }
        }
        assertThatThrownBy(() -> new RawBlock(genesis.header(), List.of(hogEx, genesis.coinbase()), Bytes.ofHex("82")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void commitsToAnEmptyBlockAsEveryNodeDoes() throws MalformedBytesException {
        RawBlock block = RawBlock.parse(KnownBytes.GENESIS);

        // The default_witness_commitment of every empty template.
        assertThat(WitnessCommitment.of(block.witnessRoot(), WitnessCommitment.RESERVED)
                        .script()
                        .toHex())
                .isEqualTo("6a24aa21a9ede2f61c3f71d1defd3fa999dfa36953755c690689799962b48bebd836974e8cf9");
    }

    @Test
    void tellsHowABlockStandsToItsCommitment() throws MalformedBytesException {
        RawTransaction segwit = RawTransaction.parse(KnownBytes.SEGWIT_TRANSACTION);
        RawBlock genesis = RawBlock.parse(KnownBytes.GENESIS);
        RawTransaction bare = genesis.coinbase();
        RawBlock uncommitted = new RawBlock(genesis.header(), List.of(bare, segwit));
        assertThat(uncommitted.witnessVerdict()).isEqualTo(WitnessVerdict.UNEXPECTED_WITNESS);

        List<RawTransaction.Output> outputs = new ArrayList<>(bare.outputs());
        outputs.add(new RawTransaction.Output(
                0,
                WitnessCommitment.of(uncommitted.witnessRoot(), WitnessCommitment.RESERVED)
                        .script()));
        RawTransaction coinbase = new RawTransaction(bare.version(), bare.inputs(), outputs, bare.lockTime());
        assertThat(new RawBlock(genesis.header(), List.of(coinbase, segwit)).witnessVerdict())
                .isEqualTo(WitnessVerdict.BAD_RESERVED_VALUE);

        RawTransaction reserved = coinbase.withFirstWitness(List.of(WitnessCommitment.RESERVED));
        RawBlock good = new RawBlock(genesis.header(), List.of(reserved, segwit));
        assertThat(good.witnessVerdict()).isEqualTo(WitnessVerdict.COMMITTED);
        assertThat(RawBlock.parse(good.serialized())).isEqualTo(good);

        RawBlock stripped =
                new RawBlock(genesis.header(), List.of(reserved, RawTransaction.parse(segwit.withoutWitness())));
        assertThat(stripped.witnessVerdict()).isEqualTo(WitnessVerdict.MISMATCH);
        assertThat(stripped.merkleRoot()).isEqualTo(good.merkleRoot());
    }

    @Test
    void seesTheRepeatedTailThatLeavesTheRootAlone() throws MalformedBytesException {
        RawTransaction one = RawBlock.parse(KnownBytes.GENESIS).coinbase();
        RawTransaction two = RawTransaction.parse(KnownBytes.SEGWIT_TRANSACTION);
        RawTransaction three = new RawTransaction(9, two.inputs(), two.outputs(), 7);
        RawBlock honest = new RawBlock(RawBlock.parse(KnownBytes.GENESIS).header(), List.of(one, two, three));
        RawBlock tricked = new RawBlock(honest.header(), List.of(one, two, three, three));

        assertThat(tricked.merkleRoot()).isEqualTo(honest.merkleRoot());
        assertThat(honest.hasRepeatedMerkleNodes()).isFalse();
        assertThat(tricked.hasRepeatedMerkleNodes()).isTrue();
        List<RawTransaction> six = List.of(one, two, three, one, two, two);
        assertThat(new RawBlock(honest.header(), six).hasRepeatedMerkleNodes()).isTrue();
    }

    @Test
    void refusesEveryTruncationAndEveryTrailingByte() {
        for (int size = 0; size < KnownBytes.GENESIS.size(); size++) {
            Bytes cut = KnownBytes.GENESIS.slice(0, size);
            assertThatThrownBy(() -> RawBlock.parse(cut))
                    .as("%s bytes", size)
                    .isInstanceOf(MalformedBytesException.class);
        }
        assertThatThrownBy(() -> RawBlock.parse(KnownBytes.GENESIS.concat(Bytes.ofHex("00"))))
                .isInstanceOf(MalformedBytesException.class);
        assertThatThrownBy(() -> RawBlock.parse(Bytes.copyOf(new byte[RawBlock.BYTES_MAX + 1])))
                .hasMessageContaining("at most");
    }

    @Test
    void readsMutatedBytesExactlyOrCallsThemMalformed() throws MalformedBytesException {
        long seed = Long.getLong("mote.seed", 20_260_101L);
        Random random = new Random(seed);
        byte[] good = new RawBlock(
                        RawBlock.parse(KnownBytes.GENESIS).header(),
                        List.of(
                                RawBlock.parse(KnownBytes.GENESIS).coinbase(),
                                RawTransaction.parse(KnownBytes.SEGWIT_TRANSACTION)))
                .serialized()
                .toArray();
        int parsed = 0;
        for (int round = 0; round < FUZZ_ROUNDS; round++) {
            byte[] mutated = good.clone();
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            }
            Bytes bytes = Bytes.copyOf(mutated, 0, mutated.length - (random.nextInt(4) == 0 ? random.nextInt(80) : 0));
            try {
                assertThat(RawBlock.parse(bytes).serialized())
                        .as("seed %s round %s", seed, round)
                        .isEqualTo(bytes);
                parsed++;
            } catch (MalformedBytesException expected) {
                assertThat(expected).hasMessageMatching("(?s).+");
            }
        }
        assertThat(parsed).as("seed %s", seed).isBetween(FUZZ_ROUNDS / 20, FUZZ_ROUNDS - FUZZ_ROUNDS / 20);
    }
}
