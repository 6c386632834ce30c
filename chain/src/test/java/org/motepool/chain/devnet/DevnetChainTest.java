package org.motepool.chain.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.client.CollectorRegistry;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.motepool.chain.Chain.ChainBlock;
import org.motepool.chain.Chain.SubmitOutcome;
import org.motepool.chain.ChainException;
import org.motepool.chain.block.RawBlock;
import org.motepool.chain.block.RawTransaction;
import org.motepool.chain.devnet.DevnetFixture.Heard;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.core.address.Network;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.time.FakeClock;
import org.motepool.core.work.Nbits;
import org.motepool.core.work.PowShift;

class DevnetChainTest {
    private final DevnetFixture devnet = new DevnetFixture(DevnetFixture.settings());

    @AfterEach
    void close() {
        devnet.close();
    }

    @Test
    void minesAndKeepsWhatThePoolAssembles() {
        RawBlock block = devnet.mineOne();
        RawBlock next = devnet.mineOne();

        assertThat(devnet.chain.tip().height()).isEqualTo(2);
        assertThat(devnet.chain.tip().hash()).isEqualTo(next.hash());
        assertThat(devnet.chain.hashAt(1)).contains(block.hash());
        assertThat(devnet.chain.hashAt(3)).isEmpty();
        assertThat(devnet.chain.hashAt(-1)).isEmpty();
        assertThat(devnet.chain.block(block.hash()))
                .contains(new ChainBlock(
                        block.hash(),
                        1,
                        2,
                        block.header().toBytes(),
                        block.coinbase().withoutWitness()));
        assertThat(devnet.chain.block(Hash256.ZERO)).isEmpty();
        assertThat(block.transactions()).hasSize(15);
    }

    @Test
    void tellsItsParameters() {
        assertThat(devnet.chain.parameters().network()).isEqualTo(Network.DEVNET);
        assertThat(devnet.chain.parameters().powShift().bits()).isEqualTo(16);
        assertThat(devnet.chain.parameters().coinbaseMaturity()).isEqualTo(6);
        assertThat(devnet.chain.parameters().blockTime()).isEqualTo(Duration.ofSeconds(5));
        assertThat(devnet.chain.nodes()).singleElement().satisfies(node -> {
            assertThat(node.up()).isTrue();
            assertThat(node.trouble()).isEmpty();
        });
    }

    @Test
    void makesTemplatesWithTransactionsOfWitnessAndOddFees() throws MalformedBytesException {
        BlockTemplate template = devnet.template();

        assertThat(template.height()).isEqualTo(1);
        assertThat(template.transactions()).hasSize(14);
        for (BlockTemplate.Transaction one : template.transactions()) {
            RawTransaction transaction = RawTransaction.parse(one.raw());
            assertThat(transaction.id()).isEqualTo(one.id());
            assertThat(transaction.hasWitness()).isTrue();
        }
        assertThat(template.coinbaseValue())
                .isGreaterThan(312_500_000L + 14 * 100)
                .isLessThan(313_500_000L);
        assertThat(template.minTime()).isEqualTo(DevnetFixture.START_SECONDS + 1);
    }

    @Test
    void hearsOfEveryTipOnOneThreadOfTheChains() {
        Heard first = devnet.next();
        devnet.word(devnet.miner.mine(first.template()));
        Heard second = devnet.next();

        assertThat(first.newTip()).isTrue();
        assertThat(second.newTip()).isTrue();
        assertThat(second.template().height()).isEqualTo(2);
        assertThat(second.template().prevHash()).isEqualTo(devnet.chain.tip().hash());
        assertThat(List.of(first.thread(), second.thread())).containsOnly("devnet-templates");
        assertThat(devnet.heard).isEmpty();
    }

    @Test
    void takesABlockOnce() {
        BlockTemplate template = devnet.template();
        RawBlock block = devnet.miner.mine(template);
        RawBlock rival = devnet.miner.mine(template);

        assertThat(devnet.submit(block)).isEqualTo(new SubmitOutcome(true, List.of("devnet: accepted")));
        assertThat(devnet.submit(block)).isEqualTo(new SubmitOutcome(true, List.of("devnet: duplicate")));
        assertThat(devnet.submit(rival)).isEqualTo(new SubmitOutcome(false, List.of("devnet: inconclusive")));
        assertThat(devnet.submit(rival)).isEqualTo(new SubmitOutcome(false, List.of("devnet: duplicate")));
        assertThat(devnet.chain.tip().hash()).isEqualTo(block.hash());
        assertThat(devnet.chain.block(rival.hash()).orElseThrow().confirmations())
                .isEqualTo(-1);
    }

    @Test
    void orphansTheNewestBlocksAndCanComeBack() throws ChainException {
        List<RawBlock> blocks = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            blocks.add(devnet.mineOne());
        }
        devnet.chain.reorg(2);

        assertThat(devnet.chain.block(blocks.get(2).hash()).orElseThrow().confirmations())
                .isGreaterThanOrEqualTo(4);
        assertThat(devnet.chain.block(blocks.get(3).hash()).orElseThrow().confirmations())
                .isEqualTo(-1);
        assertThat(devnet.chain.block(blocks.get(4).hash()).orElseThrow().confirmations())
                .isEqualTo(-1);
        assertThat(devnet.chain.tip().height()).isGreaterThanOrEqualTo(6);
        assertThat(devnet.newest().newTip()).isTrue();

        extend(blocks);
        assertThat(devnet.chain.block(blocks.get(4).hash()).orElseThrow().confirmations())
                .isPositive();
        assertThat(devnet.chain.hashAt(4)).contains(blocks.get(3).hash());
        RawBlock newest = blocks.getLast();
        assertThat(devnet.chain.tip().hash()).isEqualTo(newest.hash());
        assertThat(devnet.newest().newTip()).isTrue();
        assertThat(devnet.mineOne().header().prevHash()).isEqualTo(newest.hash());
    }

    /** Mines empty blocks on the orphaned branch until it has most work again: A, B, A. */
    private void extend(List<RawBlock> branch) {
        for (int i = 0; i < 20; i++) {
            RawBlock last = branch.getLast();
            DevnetBlock parent = new DevnetBlock(devnetGenesis().header(), null, Bytes.EMPTY, new long[0]);
            for (RawBlock block : branch) {
                parent =
                        new DevnetBlock(block.header(), parent, block.coinbase().withoutWitness(), new long[0]);
            }
            assertThat(parent.hash()).isEqualTo(last.hash());
            Retarget retarget = new Retarget(
                    Duration.ofSeconds(5), devnet.chain.parameters().powShift());
            int ntime = (int) parent.ntime() + 5;
            try {
                branch.add(new OwnBlockMiner(devnet.chain.parameters().powShift())
                        .mine(parent.height() + 1, parent.hash(), ntime, retarget.next(parent, ntime), 1, i));
            } catch (ChainException e) {
                throw new AssertionError(e);
            }
            if (devnet.submit(branch.getLast()).accepted()) {
                return;
            }
        }
        throw new AssertionError("the branch never had most work");
    }

    private DevnetBlock devnetGenesis() {
        return Genesis.make(
                DevnetFixture.START_SECONDS,
                new Retarget(Duration.ofSeconds(5), devnet.chain.parameters().powShift())
                        .start(DevnetFixture.START_HASHES));
    }

    @Test
    void mayMineATransactionAgainThatAReorgReleased() throws ChainException {
        RawBlock orphan = devnet.mineOne();
        devnet.chain.reorg(1);
        RawBlock next = devnet.mineOne();
        RawTransaction released = orphan.transactions().get(1);
        BlockTemplate template = devnet.template();
        List<RawTransaction> others =
                new ArrayList<>(devnet.miner.mine(template).transactions());
        others.removeFirst();
        others.add(released);
        RawBlock again = devnet.miner.withOthers(devnet.miner.mine(template), others);

        assertThat(next.hash()).isNotEqualTo(orphan.hash());
        assertThat(devnet.word(again)).isEqualTo("accepted");
    }

    @Test
    void reorganizesAgainFromTheSameBlockAtTheSameTime() throws ChainException {
        RawBlock fork = devnet.mineOne();
        devnet.mineOne();
        devnet.chain.reorg(1);
        Hash256 first = devnet.chain.tip().hash();
        devnet.chain.reorg(devnet.chain.tip().height() - 1);

        assertThat(devnet.chain.tip().hash()).isNotEqualTo(first);
        assertThat(devnet.chain.block(first).orElseThrow().confirmations()).isEqualTo(-1);
        assertThat(devnet.chain.hashAt(1)).contains(fork.hash());
    }

    @Test
    void goesOnWhenTheListenerFails() throws Exception {
        TemplateThread.Pace quick = new TemplateThread.Pace(Duration.ofMillis(1), Duration.ofMillis(3));
        CountDownLatch calls = new CountDownLatch(5);
        try (DevnetChain chain =
                DevnetChain.open(DevnetFixture.settings(), new FakeClock(1), new CollectorRegistry(), quick)) {
            chain.start((template, newTip) -> {
                calls.countDown();
                throw new IllegalStateException("a listener of this test fails on purpose");
            });
            assertThat(calls.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void refusesReorgsThatCannotBe() {
        devnet.mineOne();
        for (int depth : new int[] {-1, 0, 2, DevnetChain.REORG_DEPTH_MAX + 1}) {
            assertThatThrownBy(() -> devnet.chain.reorg(depth))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not " + depth);
        }
    }

    @Test
    void saysWhenAReorgWouldTakeTooLong() {
        PowShift shift = new PowShift(16);
        Nbits hard = new Retarget(Duration.ofSeconds(5), shift).start(BigInteger.ONE.shiftLeft(60));

        assertThatThrownBy(() -> new OwnBlockMiner(shift).mine(1, Hash256.ZERO, 2, hard, 0, 0))
                .isInstanceOf(ChainException.class)
                .hasMessageContaining("larger pow-shift");
    }

    @Test
    void letsTransactionsComeInWhileATipLasts() {
        TemplateThread.Pace quick = new TemplateThread.Pace(Duration.ofMillis(1), Duration.ofMillis(3));
        try (DevnetFixture lively =
                new DevnetFixture(DevnetFixture.settings(), new FakeClock(DevnetFixture.START_SECONDS), quick)) {
            List<Integer> sizes = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Heard heard = lively.next();
                assertThat(heard.newTip()).isEqualTo(i == 0);
                sizes.add(heard.template().transactions().size());
            }
            assertThat(sizes).containsExactly(14, 16, 18, 20, 20, 20);
        }
    }

    @Test
    void addsUpOverTwoHundredRandomBlocks() throws MalformedBytesException {
        long seed = Long.getLong("mote.seed", 42);
        Random random = new Random(seed);
        int halving = 64;
        DevnetSettings base = DevnetFixture.settings();
        DevnetSettings settings = new DevnetSettings(
                Network.DEVNET,
                base.powShift(),
                base.blockTime(),
                BigInteger.ONE.shiftLeft(18),
                6,
                12,
                halving,
                seed,
                base.file());
        try (DevnetFixture chain = new DevnetFixture(settings)) {
            SyntheticMempool mempool = new SyntheticMempool(settings);
            long expected = 0;
            for (int height = 1; height <= 200; height++) {
                BlockTemplate template = chain.template();
                RawBlock block = chain.miner.mine(template);
                assertThat(chain.word(block))
                        .as("seed %s height %s", seed, height)
                        .isEqualTo("accepted");
                chain.clock.advance(Duration.ofMillis(random.nextInt(10_000)));
                expected += 312_500_000L >> height / halving;
                for (Hash256 id : block.ids().subList(1, block.ids().size())) {
                    expected += mempool.find(id, height).orElseThrow().fee();
                }
            }
            assertThat(coinbaseOutputs(chain.chain, 200)).as("seed %s", seed).isEqualTo(expected);
        }
    }

    private static long coinbaseOutputs(DevnetChain chain, int height) throws MalformedBytesException {
        long sum = 0;
        for (int at = 1; at <= height; at++) {
            Bytes coinbase =
                    chain.block(chain.hashAt(at).orElseThrow()).orElseThrow().coinbase();
            for (RawTransaction.Output output : RawTransaction.parse(coinbase).outputs()) {
                sum += output.value();
            }
        }
        return sum;
    }

    @Test
    void showsItsTemplatesInTheMetricsUntilItIsClosed() {
        devnet.mineOne();
        devnet.template();

        assertThat(devnet.registry.getSampleValue("mote_template_height")).isEqualTo(2.0);
        assertThat(devnet.registry.getSampleValue("mote_template_last_success_timestamp_seconds"))
                .isEqualTo(DevnetFixture.START_SECONDS + 5.0);
        devnet.close();
        assertThat(devnet.registry.getSampleValue("mote_template_height")).isNull();
    }

    @Test
    void refusesBlocksAfterItWasClosed() {
        RawBlock block = devnet.miner.mine(devnet.template());
        devnet.close();

        assertThat(devnet.word(block)).contains("closed");
        assertThat(devnet.chain.tip().height()).isZero();
        assertThatThrownBy(() -> devnet.chain.start((template, newTip) -> {}))
                .isInstanceOf(IllegalStateException.class);
    }
}
