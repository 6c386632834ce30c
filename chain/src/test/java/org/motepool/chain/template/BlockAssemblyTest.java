package org.motepool.chain.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motepool.chain.block.KnownBytes;
import org.motepool.chain.block.RawBlock;
import org.motepool.chain.block.RawTransaction;
import org.motepool.core.account.Scheme;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.MerkleTree;
import org.motepool.core.hash.Sha256;
import org.motepool.core.sharelog.LogId;

class BlockAssemblyTest {
    private static final LogId LOG = LogId.ofHex("00112233445566778899aabbccddeeff");
    private static final CoinbaseBuilder COINBASES =
            new CoinbaseBuilder(Bytes.ofHex("0014" + "33".repeat(20)), "/mote/", LOG, 8);

    private static Bytes coinbase(BlockTemplate template) {
        Job job = COINBASES.build(template, 7, template.curTime(), Scheme.PPLNS);
        return job.coinbase(Bytes.ofHex("0000000100000002"));
    }

    private static BlockHeader header(BlockTemplate template, Bytes coinbase) {
        Hash256 root = MerkleTree.foldBranch(Sha256.twice(coinbase), template.branch());
        return new BlockHeader(0x20000000, template.prevHash(), root, template.curTime(), template.nbits(), 42);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 252, 253, 300})
    void makesABlockThatReadsBackAsItsParts(int transactions) throws Exception {
        BlockTemplate template = Templates.on(Templates.hash(9), 900, Optional.of(Templates.COMMITMENT), transactions);
        Bytes coinbase = coinbase(template);
        BlockHeader header = header(template, coinbase);

        RawBlock block = RawBlock.parse(BlockAssembly.assemble(template, header, coinbase));

        assertThat(block.header()).isEqualTo(header);
        assertThat(block.merkleRoot()).isEqualTo(header.merkleRoot());
        assertThat(block.transactions()).hasSize(1 + transactions);
        assertThat(block.coinbase().withoutWitness()).isEqualTo(coinbase);
        assertThat(block.coinbase().inputs().getFirst().witness()).isEqualTo(List.of(Hash256.ZERO.internal()));
        for (int i = 0; i < transactions; i++) {
            assertThat(block.transactions().get(i + 1).serialized())
                    .isEqualTo(template.transactions().get(i).raw());
        }
    }

    @Test
    void putsLitecoinsMwebPartBehindTheTransactions() throws Exception {
        BlockTemplate.Transaction hogEx = new BlockTemplate.Transaction(
                RawTransaction.parse(KnownBytes.HOGEX).id(), KnownBytes.HOGEX);
        BlockTemplate plain = Templates.on(Templates.hash(9), 900, Optional.of(Templates.COMMITMENT), 2);
        List<BlockTemplate.Transaction> transactions = new ArrayList<>(plain.transactions());
        transactions.add(hogEx);
        BlockTemplate template = BlockTemplate.of(
                        plain.height(),
                        plain.prevHash(),
                        plain.version(),
                        plain.nbits(),
                        plain.minTime(),
                        plain.curTime(),
                        plain.coinbaseValue(),
                        plain.witnessCommitment(),
                        transactions)
                .withMweb(Bytes.ofHex("8231aa"));
        Bytes coinbase = coinbase(template);

        Bytes assembled = BlockAssembly.assemble(template, header(template, coinbase), coinbase);

        assertThat(RawBlock.parse(assembled).mweb()).isEqualTo(template.mweb());
        assertThat(RawBlock.parse(assembled).serialized()).isEqualTo(assembled);
    }

    @Test
    void givesTheCoinbaseNoWitnessWithoutCommitment() throws Exception {
        BlockTemplate template = Templates.on(Templates.hash(9), 900, Optional.empty(), 0);
        Bytes coinbase = coinbase(template);
        RawBlock block = RawBlock.parse(BlockAssembly.assemble(template, header(template, coinbase), coinbase));
        assertThat(block.coinbase().hasWitness()).isFalse();
    }

    @Test
    void refusesAHeaderThatDoesNotProveTheseParts() {
        BlockTemplate template = Templates.on(Templates.hash(9), 900, Optional.empty(), 2);
        BlockTemplate other = Templates.on(Templates.hash(8), 900, Optional.empty(), 2);
        Bytes coinbase = coinbase(template);
        BlockHeader header = header(template, coinbase);
        Bytes changed = coinbase.slice(0, coinbase.size() - 1).concat(Bytes.ofHex("01"));
        assertThatThrownBy(() -> BlockAssembly.assemble(template, header, changed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("merkle root");
        assertThatThrownBy(() -> BlockAssembly.assemble(other, header, coinbase))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BlockAssembly.assemble(template, header, Bytes.EMPTY))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
