package org.motepool.payout.payer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.prometheus.client.CollectorRegistry;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.chain.ChainParameters;
import org.motepool.chain.node.LitecoinNode;
import org.motepool.chain.node.NodeChain;
import org.motepool.chain.wallet.NodeWallet;
import org.motepool.chain.wallet.OutPoint;
import org.motepool.chain.wallet.Wallet;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.books.PayoutBook.OpenPayout;
import org.motepool.payout.journal.PayoutState;
import org.motepool.payout.ledger.LedgerAccount.Pool;

/** The payer on the wallet of a real node: wherever it dies, whatever the node or the wallet forgets, each is paid once. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OnChainPayerIT {
    private static final int PAYEES = 3;
    private static final int CONFIRMATIONS = 2;
    private static final List<String> TYPES = List.of("bech32", "legacy", "p2sh-segwit");
    private static final Random RANDOM = new Random();

    private static LitecoinNode node;
    private static NodeChain chain;
    private static NodeWallet wallet;
    private static String others;

    @TempDir
    private Path data;

    private final Map<String, Money> owed = new LinkedHashMap<>();

    @BeforeAll
    static void start() throws Exception {
        // A node that stops waits for idle connections; and Litecoin's replaces no transaction unless it is told to.
        node = LitecoinNode.startOrSkip(false, "-rpcservertimeout=1", "-mempoolreplacement=1");
        String pool = node.newWallet("pool");
        others = node.newWallet("miners");
        node.generate(30, pool);
        node.generate(100, others);
        chain = NodeChain.open(
                ChainParameters.of(Network.LTC_REGTEST),
                List.of(node.settings()),
                PoolClock.SYSTEM,
                new CollectorRegistry());
        wallet = node.payingWallet("pool");
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            wallet.close();
            chain.close();
            node.close();
        }
    }

    private PayingPool pool(String name, int bumpAfter) throws Exception {
        owed.clear();
        PayingPool pool = new PayingPool(data.resolve(name), chain, wallet, PayingPool.terms(CONFIRMATIONS, bumpAfter));
        List<Money> amounts = new ArrayList<>();
        for (int i = 0; i < PAYEES; i++) {
            String address =
                    node.wallet("miners", "getnewaddress", "", TYPES.get(i)).asText();
            Money amount =
                    new Money(1_000_000 + RANDOM.nextInt(1_000_000), RANDOM.nextLong(Money.FRACTIONS_PER_SATOSHI));
            owed.put(address, amount);
            amounts.add(amount);
        }
        pool.credit(List.copyOf(owed.keySet()), amounts);
        return pool;
    }

    private static void mine(int blocks) throws Exception {
        node.generate(blocks, others);
    }

    /** A block that nobody's transaction is in. */
    private static void mineEmpty(int blocks) throws Exception {
        for (int i = 0; i < blocks; i++) {
            node.call("generateblock", others, List.of());
        }
    }

    private static void finish(PayingPool pool) throws Exception {
        for (int i = 0; i < 4 * CONFIRMATIONS && !pool.books.payouts().open().isEmpty(); i++) {
            pool.advance();
            mine(1);
        }
        pool.advance();
    }

    /** What a payee has, in satoshis, of how many transactions. */
    private static Map.Entry<Long, Integer> received(String address) throws Exception {
        JsonNode list = node.wallet("miners", "listreceivedbyaddress", 1, false, false, address);
        BigDecimal amount = list.path(0).path("amount").decimalValue();
        return Map.entry(
                amount.movePointRight(8).longValueExact(),
                list.path(0).path("txids").size());
    }

    /** Everyone got what was owed less the fee's equal parts, by exactly one transaction; the books say the same. */
    private void assertPaidOnce(PayingPool pool, String when) throws Exception {
        long got = 0;
        long whole = 0;
        long donated = 0;
        List<Long> charges = new ArrayList<>();
        for (Map.Entry<String, Money> each : owed.entrySet()) {
            Map.Entry<Long, Integer> received = received(each.getKey());
            assertThat(received.getValue()).as("transactions, %s", when).isEqualTo(1);
            boolean donor = each.getKey().equals(List.copyOf(owed.keySet()).get(PayingPool.DONOR));
            long left = donor ? Donation.of(each.getValue().satoshis(), PayingPool.DONATED) : 0;
            donated += left;
            got += received.getKey();
            whole += each.getValue().satoshis() - left;
            charges.add(each.getValue().satoshis() - left - received.getKey());
        }
        assertThat(pool.books.ledger().balance(Pool.FEE_AVAILABLE))
                .as("left to the pool, %s", when)
                .isEqualTo(Money.ofSatoshis(donated));
        assertThat(charges)
                .as("parts of the fee, %s", when)
                .containsExactlyInAnyOrderElementsOf(FeeShares.of(whole - got, PAYEES));
        assertThat(pool.books.payouts().open()).as("open, %s", when).isEmpty();
        assertThat(pool.books.ledger().totals().miners().paid())
                .as("paid, %s", when)
                .isEqualTo(Money.ofSatoshis(whole));
        assertThat(pool.books.ledger().totals().miners().paying())
                .as("paying, %s", when)
                .isEqualTo(Money.ZERO);
        assertThat(pool.books.ledger().balance(Pool.NETWORK_FEE))
                .as("fee that nobody bore, %s", when)
                .isEqualTo(Money.ZERO);
        pool.proof();
    }

    /** Dies at one point, is started again, and goes on. */
    private List<String> payAndDieAt(int point) throws Exception {
        try (PayingPool pool = pool("crash" + point, 0)) {
            pool.crashes.dieAt(point);
            String died = "nowhere";
            try {
                pool.plan();
                finish(pool);
            } catch (CrashPoints.Death e) {
                died = e.getMessage();
                pool.restart();
                if (pool.books.payouts().last() == 0) {
                    pool.plan();
                }
                finish(pool);
            }
            assertPaidOnce(pool, "dead " + died);
            return pool.crashes.passed();
        }
    }

    @Test
    @Order(1)
    void paysOnceWhereverItDies() throws Exception {
        List<String> all = payAndDieAt(-1);
        assertThat(all)
                .contains("behind PLANNED", "behind FUNDED", "behind SIGNED", "behind STORED", "behind send")
                .contains("behind SENT", "behind CONFIRMED");
        for (int point = 0; point < all.size(); point++) {
            payAndDieAt(point);
        }
        System.out.println("payer on a real node: died at each of " + all.size() + " points, paid once each: " + all);
    }

    /** A second death while the first is being mended, anywhere. */
    @Test
    @Tag("soak")
    void paysOnceWhereverItDiesTwice() throws Exception {
        long seed = RANDOM.nextLong();
        Random random = new Random(seed);
        System.out.println("payer on a real node, two deaths, seed " + seed);
        for (int i = 0; i < 100; i++) {
            try (PayingPool pool = pool("twice" + i, 0)) {
                for (int deaths = 0; deaths < 2; deaths++) {
                    pool.crashes.dieAt(random.nextInt(14));
                    try {
                        if (pool.books.payouts().last() == 0) {
                            pool.plan();
                        }
                        finish(pool);
                    } catch (CrashPoints.Death e) {
                        pool.restart();
                    }
                }
                pool.crashes.live();
                if (pool.books.payouts().last() == 0) {
                    pool.plan();
                }
                finish(pool);
                assertPaidOnce(pool, "seed " + seed + ", round " + i);
            }
        }
    }

    @Test
    @Order(2)
    void raisesTheFeeOfOneThatIsInNoBlock() throws Exception {
        try (PayingPool pool = pool("bump", 3)) {
            pool.plan();
            pool.advance();
            Hash256 first = newest(pool).id();
            mineEmpty(2);
            pool.advance();
            assertThat(newest(pool).id()).isEqualTo(first);
            mineEmpty(1);
            pool.advance();
            Hash256 second = newest(pool).id();
            assertThat(second).isNotEqualTo(first);
            assertThat(wallet.inMempool(second)).as("%s", pool.payer.troubles()).isTrue();
            assertThat(wallet.inMempool(first)).isFalse();
            finish(pool);
            assertPaidOnce(pool, "fee raised");
            System.out.println("payer on a real node: fee raised, " + second + " in place of " + first);
        }
    }

    @Test
    @Order(3)
    void recognizesTheCheaperOneWhenThatIsInABlock() throws Exception {
        try (PayingPool pool = pool("older", 1)) {
            pool.plan();
            pool.advance();
            String first = newest(pool).transaction().toHex();
            mineEmpty(1);
            pool.advance();
            assertThat(newest(pool).transaction().toHex()).isNotEqualTo(first);
            node.call("generateblock", others, List.of(first));
            finish(pool);
            assertPaidOnce(pool, "the one before the last");
        }
    }

    /** As many as one transaction may pay, and one more. */
    @Test
    @Order(5)
    void paysAThousandByOneTransaction() throws Exception {
        try (PayingPool pool = pool("many", 0)) {
            List<String> addresses = new ArrayList<>();
            for (int i = 0; i < Wallet.PAYEES_MAX + 1 - PAYEES; i++) {
                byte[] hash = new byte[20];
                hash[0] = (byte) i;
                hash[1] = (byte) (i >> 8);
                addresses.add(PayoutAddress.ofWitnessKeyHash(Bytes.copyOf(hash), Network.LTC_REGTEST)
                        .canonical());
            }
            pool.credit(addresses, Collections.nCopies(addresses.size(), Money.ofSatoshis(50_000)));
            long begin = System.nanoTime();
            assertThat(pool.plan().payments()).hasSize(2);
            pool.advance();
            List<OpenPayout> open = pool.books.payouts().open();
            assertThat(open).extracting(OpenPayout::state).containsOnly(PayoutState.SENT);
            Underway first = Underway.of(open.getFirst(), pool.books.accounts());
            System.out.printf(
                    "payer on a real node: %d payees and one, sent in %d ms; %d vbytes, %d bytes in the journal%n",
                    first.lines().size(),
                    (System.nanoTime() - begin) / 1_000_000,
                    first.newest().payment().vbytes(),
                    first.newest().payment().toBytes().size());
            finish(pool);
            assertThat(pool.books.payouts().open()).isEmpty();
            long donor = List.copyOf(owed.values()).get(PayingPool.DONOR).satoshis();
            long whole = owed.values().stream().mapToLong(Money::satoshis).sum()
                    - Donation.of(donor, PayingPool.DONATED)
                    + 50_000L * addresses.size();
            assertThat(pool.books.ledger().totals().miners().paid()).isEqualTo(Money.ofSatoshis(whole));
            for (String address : owed.keySet()) {
                assertThat(received(address).getValue()).isEqualTo(1);
            }
            pool.proof();
        }
    }

    private static ChainPayment newest(PayingPool pool) throws Exception {
        return Underway.of(pool.books.payouts().open().getFirst(), pool.books.accounts())
                .newest()
                .payment();
    }

    @Test
    @Order(4)
    void givesUpOnlyWhatCanNeverConfirm() throws Exception {
        try (PayingPool pool = pool("conflict", 0)) {
            pool.plan();
            pool.crashes.dieAt(9);
            try {
                pool.advance();
            } catch (CrashPoints.Death e) {
                assertThat(e).hasMessage("behind STORED");
            }
            pool.restart();
            OutPoint coin = newest(pool).places().getFirst();
            spendElsewhere(coin);
            mine(1);
            for (int i = 0; i < SentPayments.ABANDON_DEPTH; i++) {
                pool.advance();
                assertThat(pool.books.payouts().open()).hasSize(1);
                assertThat(pool.payer.troubles().get(1L)).contains("was spent by a transaction that is not the pool's");
                mine(1);
            }
            pool.advance();
            assertThat(pool.books.payouts().open()).isEmpty();
            assertThat(pool.plan().accounts()).isEqualTo(PAYEES);
            finish(pool);
            assertPaidOnce(pool, "coin spent elsewhere");
        }
    }

    /** What a person does by hand, past the locks. */
    private static void spendElsewhere(OutPoint coin) throws Exception {
        Object place = Map.of("txid", coin.id().toDisplayHex(), "vout", coin.index());
        String raw = node.wallet("pool", "createrawtransaction", List.of(place), List.of(Map.of(others, "49.9")))
                .asText();
        String signed = node.wallet("pool", "signrawtransactionwithwallet", raw)
                .path("hex")
                .asText();
        node.call("sendrawtransaction", signed, 0);
    }

    @Test
    @Order(5)
    void sendsNothingWhileMoneyMayNotLeave() throws Exception {
        try (PayingPool pool = pool("hold", 0)) {
            pool.plan();
            pool.hold = "more is owed than held";
            pool.advance();
            assertThat(pool.books.payouts().open().getFirst().state()).isEqualTo(PayoutState.PLANNED);
            assertThat(pool.payer.troubles().get(1L)).contains("more is owed than held");
            assertThat(pool.plan().note()).contains("more is owed than held");
            pool.hold = "";
            finish(pool);
            assertPaidOnce(pool, "held back");
            assertThat(pool.payer.troubles()).isEmpty();
        }
    }

    /** The node has lost its mempool and asks for more than before; nobody but the journal knows the payment. */
    @Test
    @Order(6)
    void sendsAgainWhatTheNodeHasForgotten() throws Exception {
        try (PayingPool pool = pool("evicted", 0)) {
            pool.plan();
            pool.advance();
            Hash256 first = newest(pool).id();
            node.restart("-persistmempool=0", "-walletbroadcast=0", "-minrelaytxfee=0.00003");
            node.call("loadwallet", "pool");
            node.call("loadwallet", "miners");
            assertThat(wallet.inMempool(first)).isFalse();
            pool.advance();
            Hash256 second = newest(pool).id();
            assertThat(second).isNotEqualTo(first);
            assertThat(wallet.inMempool(second)).isTrue();
            finish(pool);
            assertPaidOnce(pool, "forgotten by the node");
        }
    }

    /** An old backup of the wallet, and a node without a mempool: the coins look as if nobody had spent them. */
    @Test
    @Order(7)
    void doesNotPayTwiceFromAWalletThatIsOlderThanThePayment() throws Exception {
        Path backup = data.resolve("old-wallet.dat");
        node.wallet("pool", "backupwallet", backup.toString());
        try (PayingPool pool = pool("restored", 0)) {
            pool.plan();
            pool.advance();
            ChainPayment stored = newest(pool);
            node.restart("-persistmempool=0", "-walletbroadcast=0");
            Files.copy(backup, node.walletDirectory("pool").resolve("wallet.dat"), StandardCopyOption.REPLACE_EXISTING);
            node.call("loadwallet", "pool");
            node.call("loadwallet", "miners");
            assertThat(wallet.countsWith(stored.id())).isFalse();
            assertThat(wallet.spendable(1)).extracting("place").containsAll(stored.places());
            pool.restart();
            pool.credit(List.of(node.wallet("miners", "getnewaddress").asText()), List.of(Money.ofSatoshis(3_000_000)));
            assertThat(pool.plan().accounts()).isEqualTo(1);
            pool.hold = "wait";
            pool.advance();
            pool.hold = "";
            pool.advance();
            List<Underway> both = new ArrayList<>();
            for (var open : pool.books.payouts().open()) {
                both.add(Underway.of(open, pool.books.accounts()));
            }
            assertThat(both).hasSize(2);
            assertThat(both.get(1).coins()).doesNotContainAnyElementsOf(stored.places());
            assertThat(wallet.inMempool(stored.id())).isTrue();
            finish(pool);
            assertThat(pool.books.payouts().open()).isEmpty();
            for (String address : owed.keySet()) {
                assertThat(received(address).getValue()).isEqualTo(1);
            }
            pool.proof();
        }
    }
}
