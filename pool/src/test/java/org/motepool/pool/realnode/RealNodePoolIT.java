package org.motepool.pool.realnode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.motepool.pool.realnode.PoolOnNode.until;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.chain.block.RawBlock;
import org.motepool.chain.block.RawTransaction;
import org.motepool.chain.node.NodeException;
import org.motepool.chain.node.RealNode;
import org.motepool.chain.template.CoinbaseTag;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;
import org.motepool.pool.kill.RecordingMiner;
import org.motepool.pool.kill.RecordingMiner.ShareKey;
import org.motepool.store.Balances;
import org.motepool.store.Blocks;

/**
 * The main job, end to end: a miner on a socket, the whole pool with its Redis, a real full node. Blocks are found as fast
 * as the node takes them; what the pool says of them is compared with what the node has.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealNodePoolIT {
    private static final int MATURITY = 100;
    private static final int BLOCKS = 105;
    private static final long COIN = 100_000_000L;

    private final PayoutAddress alice = account(1);
    private final PayoutAddress bob = account(2);
    private final List<RecordingMiner> miners = new ArrayList<>();

    private @Nullable RealNode started;
    private @Nullable PoolOnNode opened;
    private PayoutAddress payout = account(3);

    private static PayoutAddress account(int number) {
        byte[] hash = new byte[20];
        hash[19] = (byte) number;
        return PayoutAddress.ofWitnessKeyHash(Bytes.copyOf(hash), Network.REGTEST);
    }

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        RealNode node = RealNode.startOrSkip();
        started = node;
        payout = PayoutAddress.parse(node.wallet().newAccount("pool"), Network.REGTEST);
        opened = new PoolOnNode(node, payout, data);
    }

    @AfterAll
    void stop() {
        miners.forEach(RecordingMiner::close);
        if (opened != null) {
            opened.close();
        }
        if (started != null) {
            started.close();
        }
    }

    private RealNode node() {
        return Objects.requireNonNull(started);
    }

    private PoolOnNode on() {
        return Objects.requireNonNull(opened);
    }

    private RecordingMiner mine(PayoutAddress account, String worker) throws Exception {
        RecordingMiner miner = on().miner(account, worker);
        miners.add(miner);
        return miner.start();
    }

    private void rest() throws Exception {
        for (RecordingMiner miner : miners) {
            miner.pause();
            assertThat(miner.awaitReplies(10_000)).as("all shares are answered").isTrue();
        }
        until("the node has answered for every block", 15, on()::allAnswered);
    }

    @Test
    @Order(1)
    void minesCreditsAndShowsWhatTheNodeHas() throws Exception {
        long begin = System.nanoTime();
        Set<Hash256> payments = mineWithPaymentsAndRaces();
        payments.add(spendWhatIsMature());
        double mining = seconds(begin);
        assertThat(on().pool.settle(Duration.ofSeconds(60)))
                .as("payout settles")
                .isTrue();

        List<RawBlock> blocks = blocks();
        assertThat(blocks).hasSize((int) on().accepted()).hasSizeGreaterThan(BLOCKS);
        Money reward = checkBlocks(blocks, payments);
        checkBooks(blocks, reward);
        checkShares();
        checkPages();
        Blocks.Counts counts = on().pool.store().blocks().counts();
        Balances.Totals totals = on().pool.store().balances().totals();
        System.out.printf(
                "real node pool: %d blocks found, %d on the node's chain (%d mature), %d stale, %d payments inside;"
                        + " reward %s = credits %s + fee %s; mining %.1f s, all %.1f s%n",
                counts.found(),
                blocks.size(),
                counts.mature(),
                counts.orphaned(),
                payments.size(),
                reward,
                totals.miners().owed(),
                totals.fee().owed(),
                mining,
                seconds(begin));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /** One miner, wallet payments between; then several blocks for the same tip at once; then two miners that race. */
    private Set<Hash256> mineWithPaymentsAndRaces() throws Exception {
        Set<Hash256> payments = new HashSet<>();
        RecordingMiner first = mine(alice, "desk");
        for (int at = 5; at < 40; at += 10) {
            int reached = at;
            until(reached + " blocks", 20, () -> on().accepted() >= reached);
            payments.add(
                    node().wallet().sendMany("default", Map.of(node().wallet().address(), COIN)));
        }
        until("40 blocks", 20, () -> on().accepted() >= 40);
        first.sharesPerTip(3);
        until("44 blocks", 20, () -> on().accepted() >= 44);
        first.sharesPerTip(1);
        mine(bob, "shelf");
        until(BLOCKS + " blocks", 30, () -> on().accepted() >= BLOCKS);
        rest();
        return payments;
    }

    /** More than all spendable coinbases but one together, so that each of them, the first too, has to be in it. */
    private Hash256 spendWhatIsMature() throws Exception {
        List<RawBlock> blocks = blocks();
        // What the chain lets into the next block: a coinbase of exactly this depth.
        List<RawBlock> mature = blocks.subList(0, blocks.size() - MATURITY + 1);
        long coins = mature.stream().mapToLong(this::paidToPool).sum();
        List<Hash256> sent = new ArrayList<>();
        until("the wallet has seen the last block", 5, () -> sent.addAll(pay(coins - COIN / 10)));
        Hash256 payment = sent.getFirst();
        miners.getFirst().resume();
        until("three more blocks", 10, () -> on().accepted() >= blocks.size() + 3);
        rest();

        RawTransaction spent = blocks().stream()
                .flatMap(block -> block.transactions().stream())
                .filter(transaction -> transaction.id().equals(payment))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the payment is in no block"));
        assertThat(spent.inputs().stream().map(RawTransaction.Input::previousId))
                .containsExactlyInAnyOrderElementsOf(
                        mature.stream().map(block -> block.coinbase().id()).toList());
        return payment;
    }

    private List<Hash256> pay(long amount) throws InterruptedException {
        try {
            return List.of(
                    node().wallet().sendMany("pool", Map.of(node().wallet().address(), amount)));
        } catch (NodeException e) {
            System.out.println("real node pool: " + e.getMessage());
            return List.of();
        }
    }

    private long paidToPool(RawBlock block) {
        return block.coinbase().outputs().stream()
                .filter(output -> output.script().equals(payout.script()))
                .mapToLong(RawTransaction.Output::value)
                .sum();
    }

    /** The node's active chain since the pool came, asked of the node itself. */
    private List<RawBlock> blocks() throws Exception {
        List<RawBlock> blocks = new ArrayList<>();
        int tip = node().call("getblockcount").intValue();
        for (int height = RealNode.HEIGHT + 1; height <= tip; height++) {
            String hash = node().call("getblockhash", height).textValue();
            blocks.add(
                    RawBlock.parse(Bytes.ofHex(node().call("getblock", hash, 0).textValue())));
        }
        return blocks;
    }

    private Money checkBlocks(List<RawBlock> blocks, Set<Hash256> payments) {
        Money reward = Money.ZERO;
        Set<Hash256> inside = new HashSet<>();
        String tag =
                Bytes.copyOf("/motepool/".getBytes(StandardCharsets.US_ASCII)).toHex();
        Set<Bytes> logs = new HashSet<>();
        for (RawBlock block : blocks) {
            RawTransaction coinbase = block.coinbase();
            assertThat(coinbase.inputs().getFirst().scriptSig().toHex()).contains(tag);
            logs.add(CoinbaseTag.find(coinbase.withoutWitness()).orElseThrow().logTag());
            assertThat(coinbase.outputs().stream().filter(output -> output.value() > 0))
                    .singleElement()
                    .satisfies(output -> assertThat(output.script()).isEqualTo(payout.script()));
            reward = reward.plus(Money.ofSatoshis(paidToPool(block)));
            inside.addAll(block.transactions().stream().map(RawTransaction::id).collect(Collectors.toSet()));
        }
        assertThat(logs).as("all of one process").hasSize(1);
        assertThat(inside).as("the wallet's payments").containsAll(payments);
        return reward;
    }

    private void checkBooks(List<RawBlock> blocks, Money reward) throws Exception {
        Set<String> onChain =
                blocks.stream().map(block -> block.hash().toDisplayHex()).collect(Collectors.toSet());
        int mature = blocks.size() - MATURITY;
        until(
                "the oldest are mature",
                10,
                () -> on().pool.store().blocks().counts().mature() == mature);
        Blocks.Counts counts = on().pool.store().blocks().counts();
        assertThat(counts.immature()).isEqualTo(MATURITY);
        assertThat(counts.orphaned()).as("stale blocks").isGreaterThan(4);
        assertThat(counts.refused()).isZero();
        assertThat(counts.found()).isEqualTo(on().pool.stratum().snapshot().blocksFound());
        assertThat(counts.orphaned()).isEqualTo(on().pool.stratum().snapshot().blocksStale());
        assertThat(on().pool.store().blocks().recent(50))
                .allSatisfy(view -> assertThat(view.state() == Blocks.State.ORPHANED)
                        .as("%s", view)
                        .isNotEqualTo(onChain.contains(view.hash())));

        Balances.Totals totals = on().pool.store().balances().totals();
        assertThat(totals.miners().owed().plus(totals.fee().owed())).isEqualTo(reward);
        assertThat(totals.accounts()).isEqualTo(2);
        Money available = Money.ofSatoshis(
                blocks.subList(0, mature).stream().mapToLong(this::paidToPool).sum());
        assertThat(totals.miners().available().plus(totals.fee().available())).isEqualTo(available);
        assertThat(on().pool.payout().state().halted()).isEmpty();
    }

    private void checkShares() throws Exception {
        Map<ShareKey, Integer> logged = on().logged();
        for (RecordingMiner miner : miners) {
            assertThat(miner.answered()).isNotEmpty();
            assertThat(logged.keySet()).containsAll(miner.answered());
        }
        assertThat(logged.values()).as("each is logged once").containsOnly(1);
        assertThat(on().pool.payout().state().shares()).isEqualTo(logged.size());
    }

    private void checkPages() throws Exception {
        for (PayoutAddress account : List.of(alice, bob)) {
            Balances.Balance balance =
                    on().pool.store().balances().read(account.accountId()).orElseThrow();
            until("the page shows the account's balance", 5, () -> {
                PoolOnNode.Answer page = on().page("/users/" + account);
                String text = page.body().replaceAll("<[^>]*>", "");
                return page.status() == 200
                        && text.contains(balance.immature().toString())
                        && text.contains(balance.available().toString());
            });
            until(
                    "the API shows the account's worker",
                    5,
                    () -> on().page("/api/client/" + account).body().contains("\"workersCount\":1"));
        }
        assertThat(on().management("/readyz").status()).isEqualTo(200);
    }

    @Test
    @Order(2)
    void goesOnWithoutTheNodeAndWithItsSuccessor() throws Exception {
        long begin = System.nanoTime();
        // The one that has found nothing on this tip: each block that no node ever gets takes payout three seconds.
        RecordingMiner miner = miners.getLast();
        node().kill();
        until("the pool says that its node is away", 10, () -> {
            PoolOnNode.Answer answer = on().management("/readyz");
            return answer.status() == 503 && answer.body().contains("no node answers");
        });
        assertThat(on().management("/livez").status()).isEqualTo(200);
        int before = miner.answered().size();
        miner.resume();
        until("a share is answered without a node", 10, () -> miner.answered().size() > before);
        assertThat(on().page("/users/" + alice).status()).isEqualTo(200);

        RealNode successor = node().successor();
        started = successor;
        until(
                "a block on the new node",
                20,
                () -> successor.call("getblockcount").intValue() > RealNode.HEIGHT);
        rest();
        until("the pool is ready again", 5, () -> on().management("/readyz").status() == 200);
        assertThat(on().pool.settle(Duration.ofSeconds(60)))
                .as("payout settles on another chain")
                .isTrue();
        assertThat(on().pool.payout().state().halted()).isEmpty();
        checkShares();
        System.out.printf("real node pool: node killed and succeeded, %.1f s%n", seconds(begin));
    }
}
