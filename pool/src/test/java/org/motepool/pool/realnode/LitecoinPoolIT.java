package org.motepool.pool.realnode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.motepool.pool.realnode.PoolOnNode.until;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motepool.chain.block.RawBlock;
import org.motepool.chain.block.RawTransaction;
import org.motepool.chain.node.LitecoinNode;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;
import org.motepool.core.time.PoolClock;
import org.motepool.core.work.Level;
import org.motepool.core.work.ProofOfWork;
import org.motepool.store.Balances;
import org.motepool.validator.audit.AuditProgress;
import org.motepool.validator.audit.AuditReport;
import org.motepool.validator.audit.ShareAudit;
import org.motepool.validator.hash.ScalarShareHasher;
import org.motepool.validator.log.LogFiles;
import org.motepool.validator.log.ShareLogReader;

/** A scrypt miner on a socket, the whole pool with its Redis, a real Litecoin Core; before and with MWEB. */
class LitecoinPoolIT {
    private static final int BLOCKS = 4;
    private static final int MATURITY = 100;

    @TempDir
    Path data;

    private static PayoutAddress account() {
        byte[] hash = new byte[20];
        hash[19] = 1;
        return PayoutAddress.ofWitnessKeyHash(Bytes.copyOf(hash), Network.LTC_REGTEST);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void minesBlocksThatLitecoinTakesAndTheirCoinsAreSpent(boolean mweb) throws Exception {
        try (LitecoinNode node = LitecoinNode.startOrSkip(mweb)) {
            String others = node.newWallet("others");
            PayoutAddress payout = PayoutAddress.parse(node.newWallet("pool"), Network.LTC_REGTEST);
            node.generate(LitecoinNode.MWEB_HEIGHT - 1, others);
            pay(
                    node,
                    "others",
                    mweb ? node.wallet("others", "getnewaddress", "", "mweb").asText() : others,
                    "5");
            node.generate(1, others);
            try (PoolOnNode on = new PoolOnNode(Network.LTC_REGTEST, node.urlWithLogin(), payout, data)) {
                mineAndSpend(node, on, others, !mweb);
                checkBooks(node, on, payout);
            }
            if (!mweb) {
                audit();
            }
        }
    }

    private static Hash256 pay(LitecoinNode node, String wallet, String address, String coins) throws Exception {
        return Hash256.ofDisplayHex(node.wallet(wallet, "sendtoaddress", address, new BigDecimal(coins))
                .asText());
    }

    private static Hash256 tip(LitecoinNode node) throws Exception {
        return Hash256.ofDisplayHex(node.call("getbestblockhash").asText());
    }

    /** @param share whether the first block is also a share; those ask 65,536 hashes, and know nothing of MWEB */
    private void mineAndSpend(LitecoinNode node, PoolOnNode on, String others, boolean share) throws Exception {
        try (ScryptMiner miner =
                new ScryptMiner(on.pool.stratumPort(), account().canonical() + ".shed")) {
            if (share) {
                // The lowest level, which is difficulty 1 to miners of scrypt; on this chain such a share is a block
                // too.
                JsonNode reply = miner.mine(Level.MIN.target(), tip(node));
                assertThat(reply.path("result").asBoolean(false))
                        .as("%s", reply)
                        .isTrue();
                assertThat(miner.difficulty()).isEqualTo("1");
                until("the first block", 60, () -> on.accepted() >= 1);
            } else {
                mineBlock(node, on, miner, 1);
            }
            List<Hash256> payments = new ArrayList<>();
            for (int blocks = 2; blocks <= BLOCKS; blocks++) {
                payments.add(pay(node, "others", others, "1"));
                mineBlock(node, on, miner, blocks);
            }
            mineBlock(node, on, miner, BLOCKS + 1);
            assertThat(inside(node)).containsAll(payments);

            node.generate(MATURITY, others);
            Hash256 spent = pay(node, "pool", others, "10");
            mineBlock(node, on, miner, BLOCKS + 2);
            mineBlock(node, on, miner, BLOCKS + 3);
            assertThat(inside(node)).as("the spent coinbase").contains(spent);
        }
    }

    /** Any hash that the chain takes; it may be no share, and is a block all the same. */
    private static void mineBlock(LitecoinNode node, PoolOnNode on, ScryptMiner miner, int blocks) throws Exception {
        JsonNode reply = miner.mine(null, tip(node));
        assertThat(reply.path("error").isNull() || reply.path("error").path(0).asInt() == 23)
                .as("%s", reply)
                .isTrue();
        until(blocks + " blocks", 60, () -> on.accepted() >= blocks);
    }

    private static List<RawBlock> blocks(LitecoinNode node) throws Exception {
        List<RawBlock> blocks = new ArrayList<>();
        int tip = node.call("getblockcount").intValue();
        for (int height = LitecoinNode.MWEB_HEIGHT + 1; height <= tip; height++) {
            String hash = node.call("getblockhash", height).asText();
            blocks.add(RawBlock.parse(Bytes.ofHex(node.call("getblock", hash, 0).asText())));
        }
        return blocks;
    }

    private static List<Hash256> inside(LitecoinNode node) throws Exception {
        return blocks(node).stream()
                .flatMap(block -> block.transactions().stream())
                .map(RawTransaction::id)
                .toList();
    }

    private static void checkBooks(LitecoinNode node, PoolOnNode on, PayoutAddress payout) throws Exception {
        assertThat(on.pool.settle(Duration.ofSeconds(60))).as("payout settles").isTrue();
        List<Long> paid = blocks(node).stream()
                .flatMap(block -> block.coinbase().outputs().stream())
                .filter(output -> output.script().equals(payout.script()))
                .map(RawTransaction.Output::value)
                .toList();
        assertThat(paid).hasSize(BLOCKS + 3).hasSize((int) on.accepted());
        Balances.Totals totals = on.pool.store().balances().totals();
        assertThat(totals.miners().owed().plus(totals.fee().owed()))
                .isEqualTo(Money.ofSatoshis(
                        paid.stream().mapToLong(Long::longValue).sum()));
        until(
                "the first blocks are mature",
                60,
                () -> on.pool.store().blocks().counts().mature() >= BLOCKS);
        System.out.printf(
                "litecoin pool: %s took %d blocks of ours, %s mature; reward = credits %s + fee %s; shares hashed by %s%n",
                node.version(),
                paid.size(),
                on.pool.store().blocks().counts().mature(),
                totals.miners().owed(),
                totals.fee().owed(),
                on.pool.hasher().path());
    }

    /** The log proves itself, as scrypt. */
    private void audit() throws Exception {
        List<Path> logs = PoolOnNode.logs(data);
        try (ShareLogReader reader = ShareLogReader.open(logs.getFirst(), LogFiles.DISK)) {
            assertThat(reader.proofOfWork()).isEqualTo(ProofOfWork.SCRYPT);
        }
        try (ShareAudit audit = new ShareAudit(ScalarShareHasher::new, 1, PoolClock.SYSTEM, AuditProgress.NONE)) {
            AuditReport report = audit.run(logs);
            assertThat(report.bad()).isZero();
            assertThat(report.shares()).isPositive();
        }
    }
}
