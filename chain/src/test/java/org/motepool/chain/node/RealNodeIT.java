package org.motepool.chain.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.motepool.chain.Chain.ChainBlock;
import org.motepool.chain.Chain.SubmitOutcome;
import org.motepool.chain.ChainParameters;
import org.motepool.chain.block.RawBlock;
import org.motepool.chain.block.RawTransaction;
import org.motepool.chain.template.BlockAssembly;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.chain.template.CoinbaseBuilder;
import org.motepool.chain.template.CoinbaseTag;
import org.motepool.core.account.Scheme;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.MerkleTree;
import org.motepool.core.hash.Sha256;
import org.motepool.core.sharelog.LogId;
import org.motepool.core.time.PoolClock;
import org.motepool.core.work.PowShift;

/** The node side against a real full node: nothing here is made up by us but the pool. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealNodeIT {
    private static final int EXTRANONCE_BYTES = 8;
    private static final int MATURITY = 100;
    private static final long COIN = 100_000_000L;

    private record Heard(BlockTemplate template, boolean newTip) {}

    private record Mined(Job job, Hash256 hash, Bytes block, SubmitOutcome outcome, Hash256 coinbaseId) {}

    private final LogId log = LogId.random(new SecureRandom());
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private RealNode node;
    private NodeChain chain;
    private volatile @Nullable BlockTemplate latest;
    private int jobs;

    @BeforeAll
    void start() throws Exception {
        node = RealNode.startOrSkip();
        chain = NodeChain.open(
                ChainParameters.of(Network.REGTEST),
                List.of(node.settings()),
                PoolClock.SYSTEM,
                new CollectorRegistry());
        chain.start((template, newTip) -> {
            latest = template;
            heard.add(new Heard(template, newTip));
        });
    }

    @AfterAll
    void stop() {
        if (chain != null) {
            chain.close();
        }
        if (node != null) {
            node.close();
        }
    }

    @Test
    void minesBlocksWhoseMaturedCoinbaseTheWalletSpends() throws Exception {
        PayoutAddress pool = PayoutAddress.parse(node.wallet().newAccount("pool"), Network.REGTEST);
        CoinbaseBuilder coinbases = new CoinbaseBuilder(pool.script(), "/motepool/", log, EXTRANONCE_BYTES);
        BlockTemplate template = next(chain.tip().hash());
        List<Mined> mined = new ArrayList<>();
        int withTransactions = 0;
        for (int i = 0; i < MATURITY + 1; i++) {
            if (i % 20 == 10) {
                node.wallet()
                        .sendMany(
                                "default",
                                Map.of(pool.canonical(), COIN, node.wallet().address(), COIN));
            }
            mined.add(mine(template, coinbases));
            assertThat(mined.getLast().outcome().accepted())
                    .as("%s", mined.getLast().outcome())
                    .isTrue();
            withTransactions += template.transactions().isEmpty() ? 0 : 1;
            template = next(mined.getLast().hash());
        }
        assertThat(withTransactions).isEqualTo(5);

        Mined first = mined.getFirst();
        ChainBlock matured = chain.block(first.hash()).orElseThrow();
        assertThat(matured.confirmations()).isEqualTo(MATURITY + 1);
        assertThat(CoinbaseTag.find(matured.coinbase()))
                .contains(new CoinbaseTag(log.tag(), first.job().number()));
        assertThat(chain.hashAt(matured.height())).contains(first.hash());
        Set<Hash256> coinbaseIds = mined.stream().map(Mined::coinbaseId).collect(Collectors.toSet());
        spend(coinbaseIds, template, coinbases);
    }

    /** Sends more than all the account's small coins together, so only a coinbase of ours can carry it. */
    private void spend(Set<Hash256> coinbaseIds, BlockTemplate before, CoinbaseBuilder coinbases) throws Exception {
        Hash256 payout = node.wallet().sendMany("pool", Map.of(node.wallet().address(), 11 * COIN));
        BlockTemplate template = next(mine(before, coinbases).hash());
        assertThat(template.transactions()).anyMatch(t -> t.id().equals(payout));

        Mined paying = mine(template, coinbases);

        assertThat(paying.outcome().accepted()).as("%s", paying.outcome()).isTrue();
        RawBlock block = RawBlock.parse(paying.block());
        RawTransaction transaction = block.transactions().stream()
                .filter(t -> t.id().equals(payout))
                .findFirst()
                .orElseThrow();
        assertThat(transaction.hasWitness()).isTrue();
        assertThat(transaction.inputs()).anyMatch(in -> coinbaseIds.contains(in.previousId()));
        assertThat(chain.block(paying.hash()).orElseThrow().confirmations()).isEqualTo(1);
        assertThat(chain.tip().hash()).isEqualTo(paying.hash());
    }

    @Test
    void hearsOfAnotherMinersBlockByLongPoll() throws Exception {
        Hash256 before = chain.tip().hash();
        next(before);
        heard.clear();
        node.generate(1);
        Heard news = heard.poll(5, TimeUnit.SECONDS);
        assertThat(news).isNotNull();
        assertThat(news.newTip()).isTrue();
        assertThat(news.template().prevHash()).isEqualTo(chain.tip().hash()).isNotEqualTo(before);
        assertThat(news.template().height()).isEqualTo(chain.tip().height() + 1);
    }

    @Test
    void tellsDuplicatesAndRefusalsOfARealNode() throws Exception {
        PayoutAddress payee = PayoutAddress.parse(node.wallet().address(), Network.REGTEST);
        CoinbaseBuilder coinbases = new CoinbaseBuilder(payee.script(), "", log, EXTRANONCE_BYTES);
        BlockTemplate template = next(chain.tip().hash());
        Mined mined = mine(template, coinbases);
        assertThat(mined.outcome().answers()).containsExactly(node.settings().name() + ": accepted");

        SubmitOutcome again = chain.submit(mined.hash(), mined.block()).get(20, TimeUnit.SECONDS);
        assertThat(again.accepted()).isTrue();
        assertThat(again.answers()).containsExactly(node.settings().name() + ": duplicate");

        next(mined.hash());
        BlockTemplate greedy = BlockTemplate.of(
                template.height() + 1,
                mined.hash(),
                template.version(),
                template.nbits(),
                template.minTime() + 1,
                template.curTime() + 1,
                template.coinbaseValue() * 3,
                template.witnessCommitment(),
                List.of());
        SubmitOutcome refused = mine(greedy, coinbases).outcome();
        assertThat(refused.accepted()).isFalse();
        assertThat(refused.answers()).containsExactly(node.settings().name() + ": rejected: bad-cb-amount");
    }

    @Test
    void saysEmptyOfWhatTheChainDoesNotHave() throws Exception {
        next(chain.tip().hash());
        assertThat(chain.hashAt(1_000_000)).isEmpty();
        assertThat(chain.block(Sha256.twice(log.bytes()))).isEmpty();
        assertThat(chain.nodes().getFirst().up()).isTrue();
    }

    /** The newest template, once it builds on {@code tip}. */
    private BlockTemplate next(Hash256 tip) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        for (BlockTemplate newest = latest; newest == null || !newest.prevHash().equals(tip); newest = latest) {
            assertThat(System.nanoTime()).as("time for a template on %s", tip).isLessThan(end);
            heard.poll(20, TimeUnit.MILLISECONDS);
        }
        return Objects.requireNonNull(latest);
    }

    private Mined mine(BlockTemplate template, CoinbaseBuilder coinbases) throws Exception {
        Job job = coinbases.build(template, ++jobs, template.curTime(), Scheme.PPLNS);
        Bytes coinbase = job.coinbase(Bytes.copyOf(new byte[EXTRANONCE_BYTES]));
        Hash256 root = MerkleTree.foldBranch(Sha256.twice(coinbase), job.branch());
        for (int nonce = 0; ; nonce++) {
            BlockHeader header = new BlockHeader(job.version(), job.prevHash(), root, job.ntime(), job.nbits(), nonce);
            if (job.nbits().target().accepts(header.hash().internal().toArray(), 0, PowShift.NONE)) {
                Bytes block = BlockAssembly.assemble(template, header, coinbase);
                SubmitOutcome outcome = chain.submit(header.hash(), block).get(20, TimeUnit.SECONDS);
                return new Mined(job, header.hash(), block, outcome, Sha256.twice(coinbase));
            }
        }
    }
}
