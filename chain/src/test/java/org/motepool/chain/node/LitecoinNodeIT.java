package org.motepool.chain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.client.CollectorRegistry;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.SCrypt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motepool.chain.Chain.ChainBlock;
import org.motepool.chain.Chain.SubmitOutcome;
import org.motepool.chain.ChainException;
import org.motepool.chain.ChainParameters;
import org.motepool.chain.template.BlockAssembly;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.chain.template.CoinbaseBuilder;
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

/** The node side against a real Litecoin Core, before and with MWEB. */
class LitecoinNodeIT {
    private static final int EXTRANONCE_BYTES = 8;
    private static final int BLOCKS = 12;

    private final LogId log = LogId.random(new SecureRandom());
    private final BlockingQueue<BlockTemplate> heard = new LinkedBlockingQueue<>();
    private int jobs;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void minesBlocksThatItTakesAndReadsThemBack(boolean mweb) throws Exception {
        try (LitecoinNode node = LitecoinNode.startOrSkip(mweb)) {
            String miner = node.newWallet("miner");
            node.generate(LitecoinNode.MWEB_HEIGHT - 1, miner);
            if (mweb) {
                // Without a coin on its way into it, the node itself makes no block where MWEB begins.
                pay(node, mwebAddress(node), 5);
                node.generate(1, miner);
            }
            refusesTheNodeOfAnotherChain(node);
            try (NodeChain chain = NodeChain.open(
                    ChainParameters.of(Network.LTC_REGTEST),
                    List.of(node.settings()),
                    PoolClock.SYSTEM,
                    new CollectorRegistry())) {
                chain.start((template, newTip) -> heard.add(template));
                PayoutAddress payee = PayoutAddress.parse(miner, Network.LTC_REGTEST);
                mineAll(node, chain, payee, mweb);
            }
        }
    }

    private static String mwebAddress(LitecoinNode node) throws Exception {
        return node.wallet("miner", "getnewaddress", "", "mweb").asText();
    }

    private static void pay(LitecoinNode node, String address, int coins) throws Exception {
        node.wallet("miner", "sendtoaddress", address, BigDecimal.valueOf(coins));
    }

    private static void refusesTheNodeOfAnotherChain(LitecoinNode node) {
        assertThatThrownBy(() -> NodeChain.open(
                                ChainParameters.of(Network.REGTEST),
                                List.of(node.settings()),
                                PoolClock.SYSTEM,
                                new CollectorRegistry())
                        .close())
                .isInstanceOf(ChainException.class)
                .hasMessageContaining("on the chain \"ltc-regtest\", the pool is set to \"regtest\"");
    }

    private void mineAll(LitecoinNode node, NodeChain chain, PayoutAddress payee, boolean mweb) throws Exception {
        CoinbaseBuilder coinbases = new CoinbaseBuilder(payee.script(), "/motepool/", log, EXTRANONCE_BYTES);
        int payments = 0;
        for (int i = 0; i < BLOCKS; i++) {
            BlockTemplate template = template(chain);
            assertThat(template.mweb().size() > 0).isEqualTo(mweb);
            payments += template.transactions().size() - (mweb ? 1 : 0);
            if (i % 3 == 0) {
                // In the next template: a node tells of new transactions late, of a new tip at once.
                pay(node, payee.canonical(), 1);
                if (mweb) {
                    pay(node, mwebAddress(node), 2);
                }
            }
            Hash256 hash = mine(chain, template, coinbases);
            assertThat(chain.tip().hash()).isEqualTo(hash);
            ChainBlock block = chain.block(hash).orElseThrow();
            assertThat(block.confirmations()).isEqualTo(1);
            assertThat(block.height()).isEqualTo(template.height());
        }
        assertThat(payments).isGreaterThanOrEqualTo(BLOCKS / 3);
        System.out.printf(
                "litecoin node: %s took %d blocks of ours with %d payments inside, MWEB %s%n",
                node.version(), BLOCKS, payments, mweb ? "on" : "off");
    }

    /** A template on the tip. */
    private BlockTemplate template(NodeChain chain) throws Exception {
        Hash256 tip = chain.tip().hash();
        BlockTemplate template = null;
        while (template == null || !template.prevHash().equals(tip)) {
            template = heard.poll(60, TimeUnit.SECONDS);
            assertThat(template).as("a template on %s", tip).isNotNull();
        }
        return template;
    }

    private Hash256 mine(NodeChain chain, BlockTemplate template, CoinbaseBuilder coinbases) throws Exception {
        Job job = coinbases.build(template, ++jobs, template.curTime(), Scheme.PPLNS);
        Bytes coinbase = job.coinbase(Bytes.copyOf(new byte[EXTRANONCE_BYTES]));
        Hash256 root = MerkleTree.foldBranch(Sha256.twice(coinbase), job.branch());
        for (int nonce = 0; ; nonce++) {
            BlockHeader header = new BlockHeader(job.version(), job.prevHash(), root, job.ntime(), job.nbits(), nonce);
            byte[] bytes = header.toBytes().toArray();
            if (job.nbits().target().accepts(SCrypt.generate(bytes, bytes, 1024, 1, 1, 32), 0, PowShift.NONE)) {
                Bytes block = BlockAssembly.assemble(template, header, coinbase);
                SubmitOutcome outcome = chain.submit(header.hash(), block).get(60, TimeUnit.SECONDS);
                assertThat(outcome.accepted()).as("%s", outcome).isTrue();
                return header.hash();
            }
        }
    }
}
