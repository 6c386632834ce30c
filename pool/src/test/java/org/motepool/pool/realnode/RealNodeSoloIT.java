package org.motepool.pool.realnode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.motepool.pool.realnode.PoolOnNode.until;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.chain.block.RawBlock;
import org.motepool.chain.block.RawTransaction.Output;
import org.motepool.chain.node.RealNode;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.money.Money;
import org.motepool.pool.kill.RecordingMiner;
import org.motepool.store.Balances;
import org.motepool.store.Blocks;

/** A solo listener of a whole pool on a real full node: the node's own chain says whom its blocks pay. */
class RealNodeSoloIT {
    private static final int BLOCKS = 5;

    @Test
    void paysTheFinderInTheNodesOwnChainAndOwesNothing(@TempDir Path data) throws Exception {
        PayoutAddress finder = PayoutAddress.ofWitnessKeyHash(Bytes.ofHex("77".repeat(20)), Network.REGTEST);
        try (RealNode node = RealNode.startOrSkip()) {
            PayoutAddress payout = PayoutAddress.parse(node.wallet().newAccount("pool"), Network.REGTEST);
            try (PoolOnNode on = new PoolOnNode(node, payout, data);
                    RecordingMiner miner = on.soloMiner(finder, "desk").start()) {
                until(BLOCKS + " blocks", 60, () -> on.accepted() >= BLOCKS);
                miner.pause();
                assertThat(miner.awaitReplies(20_000)).isTrue();
                until("the node has answered for every block", 20, on::allAnswered);
                assertThat(on.pool.settle(Duration.ofSeconds(30))).isTrue();

                Money fees = Money.ZERO;
                List<RawBlock> blocks = blocks(node);
                assertThat(blocks).hasSize((int) on.accepted());
                for (RawBlock block : blocks) {
                    List<Output> paid = block.coinbase().outputs().stream()
                            .filter(output -> output.value() > 0)
                            .toList();
                    long reward = paid.stream().mapToLong(Output::value).sum();
                    long fee = reward / 100;
                    assertThat(paid)
                            .containsExactly(
                                    new Output(reward - fee, finder.script()), new Output(fee, payout.script()));
                    fees = fees.plus(Money.ofSatoshis(fee));
                }
                Balances.Totals totals = on.pool.store().balances().totals();
                assertThat(totals.miners().owed()).as("owed to miners").isEqualTo(Money.ZERO);
                assertThat(totals.fee().owed()).isEqualTo(fees);
                assertThat(on.pool.payout().state().halted()).isEmpty();
                assertThat(on.pool.store().blocks().recent(50)).allSatisfy(view -> {
                    assertThat(view.scheme()).isEqualTo("SOLO");
                    assertThat(view.finder()).isEqualTo(finder.canonical());
                });
                assertThat(on.pool.store().blocks().recent(50))
                        .filteredOn(view -> view.state() == Blocks.State.IMMATURE)
                        .hasSize(blocks.size());
                until("the page marks them", 10, () -> on.page("/blocks").body().contains(">solo<"));
                System.out.printf(
                        "real node solo: %d blocks in the node's chain pay their finder; the pool's fees %s, owed 0%n",
                        blocks.size(), fees);
            }
        }
    }

    private static List<RawBlock> blocks(RealNode node) throws Exception {
        List<RawBlock> blocks = new ArrayList<>();
        int tip = node.call("getblockcount").intValue();
        for (int height = RealNode.HEIGHT + 1; height <= tip; height++) {
            String hash = node.call("getblockhash", height).textValue();
            blocks.add(RawBlock.parse(Bytes.ofHex(node.call("getblock", hash, 0).textValue())));
        }
        return blocks;
    }
}
