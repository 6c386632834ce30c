package org.motepool.pool.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.chain.node.LitecoinNode;
import org.motepool.core.address.Network;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.money.Money;
import org.motepool.payout.PayoutSettings;
import org.motepool.payout.books.Books;
import org.motepool.payout.journal.FileJournal;
import org.motepool.payout.journal.JournalRecord;
import org.motepool.payout.journal.JournalRecord.AccountOpened;
import org.motepool.payout.journal.JournalRecord.Corrected;
import org.motepool.payout.journal.PayoutState;
import org.motepool.payout.ledger.LedgerAccount.Miner;
import org.motepool.payout.ledger.LedgerAccount.Part;
import org.motepool.payout.ledger.LedgerAccount.Pool;
import org.motepool.payout.ledger.Transfer;
import org.motepool.payout.payer.PaymentHistory;
import org.motepool.payout.payer.PaymentHistory.Payment;
import org.motepool.payout.proof.LedgerProof;
import org.motepool.pool.command.PayoutCommand;
import org.motepool.pool.redis.EmbeddedRedis;
import picocli.CommandLine;

/** kill -9 of the whole pool behind each step of a payment from a real node's wallet: everyone is paid exactly once. */
class PayoutKillIT {
    private static final int PAYEES = 2;
    private static final int SECONDS_MAX = 60;
    private static final int RUN_EVERY_MILLIS = 100;
    private static final List<PayoutState> STEPS = List.of(
            PayoutState.PLANNED,
            PayoutState.FUNDED,
            PayoutState.SIGNED,
            PayoutState.STORED,
            PayoutState.SENT,
            PayoutState.CONFIRMED);

    @TempDir
    private Path directory;

    private final Map<String, Long> owed = new HashMap<>();
    /** Outlives the pools, which so start sooner. */
    private String redis = "";

    private final List<String> deaths = new ArrayList<>();

    @Test
    void paysEveryoneOnceWhereverItIsKilled() throws Exception {
        killAll(1);
    }

    @Test
    @Tag("soak")
    void paysEveryoneOnceManyTimesOver() throws Exception {
        killAll(16);
    }

    private void killAll(int times) throws Exception {
        // A killed pool leaves its long poll behind, which holds a thread of the node until the next block.
        try (LitecoinNode node = LitecoinNode.startOrSkip(false, "-rpcservertimeout=1", "-rpcthreads=32");
                EmbeddedRedis store = EmbeddedRedis.start(directory)) {
            redis = store.url();
            String pool = node.newWallet("pool");
            String others = node.newWallet("miners");
            node.generate(40, pool);
            node.generate(LitecoinNode.MWEB_HEIGHT - 40, others);
            for (int i = 0; i < times; i++) {
                for (PayoutState step : STEPS) {
                    credit(node);
                    runAndKill(node, pool, others, Optional.of(step));
                }
            }
            runAndKill(node, pool, others, Optional.empty());
            check(node);
            checkCommands(node, pool);
            System.out.println("payout kill test: killed " + deaths.size() + " times (" + deaths + "), " + owed.size()
                    + " payees paid once each");
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path journal() {
        return FileJournal.directoryIn(data());
    }

    /** While the pool is dead: coins that are in its wallet are somebody's now. */
    private void credit(LitecoinNode node) throws Exception {
        Books books = new Books(PayoutSettings.WINDOW_BLOCKS);
        try (FileJournal journal =
                FileJournal.open(journal(), Optional.empty(), Network.LTC_REGTEST.id(), books::visit)) {
            List<JournalRecord> records = new ArrayList<>();
            List<Transfer> transfers = new ArrayList<>();
            for (int i = 0; i < PAYEES; i++) {
                String address =
                        node.wallet("miners", "getnewaddress", "", "bech32").asText();
                long satoshis = 5_000_000 + 1_000L * owed.size();
                int account = books.accounts().size() + i;
                owed.put(address, satoshis);
                records.add(new AccountOpened(account, address));
                transfers.add(
                        new Transfer(Pool.WALLET, new Miner(account, Part.AVAILABLE), Money.ofSatoshis(satoshis)));
            }
            byte[] request = new byte[JournalRecord.REQUEST_BYTES];
            request[0] = (byte) owed.size();
            request[1] = (byte) (owed.size() >> 8);
            records.add(new Corrected(Bytes.copyOf(request), transfers, "coins of a test", 1));
            journal.append(records);
        }
    }

    /** Brings on what the last one left, pays who is due, and dies when the journal has the step; else when all is final. */
    private void runAndKill(LitecoinNode node, String payoutAddress, String others, Optional<PayoutState> step)
            throws Exception {
        Map<String, String> settings = Map.of(
                "MOTE_PAYOUT_ENABLED", "true",
                "MOTE_PAYOUT_WALLET", "pool",
                "MOTE_PAYOUT_FALLBACK_FEE_RATE", "1",
                "MOTE_PAYOUT_CONFIRMATIONS", "2",
                "MOTE_POOL_MINIMUM_PAYOUT", "10000");
        List<String> options = List.of(
                "--network",
                "ltc-regtest",
                "--node",
                node.urlWithLogin(),
                "--payout-address",
                payoutAddress,
                "--redis",
                redis);
        long number = newest().map(each -> each.planned().number()).orElse(0L) + 1;
        try (PoolChild pool = PoolChild.start(data(), directory.resolve("pool.log"), options, settings)) {
            pool.stratumPort();
            if (step.isPresent()) {
                // The one that was killed has the accountant's lease for some seconds yet.
                KillTest.await(SECONDS_MAX, RUN_EVERY_MILLIS, this::asksForPayments, "the pool takes up payments");
            }
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
            CountDownLatch never = new CountDownLatch(1);
            for (int look = 0; !reached(number, step); look++) {
                assertThat(System.nanoTime())
                        .as("until %s; the pool's log is in %s", step, directory)
                        .isLessThan(end);
                boolean blocks = step.isEmpty() || step.get() == PayoutState.CONFIRMED;
                if (blocks && look % 50 == 49) {
                    node.generate(1, others);
                }
                assertThat(never.await(2, TimeUnit.MILLISECONDS)).isFalse();
            }
            pool.kill();
        }
        step.ifPresent(wanted -> deaths.add(wanted + ":" + stateOf(number)));
    }

    /** Whether it is taken up; why not is nothing to print each time. */
    private boolean asksForPayments() {
        CommandLine command = new CommandLine(new PayoutCommand());
        command.setExecutionExceptionHandler((failure, parsed, result) -> 1);
        return command.execute("run", "--data", data().toString()) == 0;
    }

    private Optional<Payment> newest() throws Exception {
        return Files.isDirectory(journal())
                ? PaymentHistory.read(journal(), 1).newestFirst().stream().findFirst()
                : Optional.empty();
    }

    private boolean reached(long number, Optional<PayoutState> step) throws Exception {
        List<Payment> all = PaymentHistory.read(journal(), Integer.MAX_VALUE).newestFirst();
        if (step.isEmpty()) {
            return all.stream().allMatch(each -> each.state().isFinal());
        }
        return all.stream()
                .anyMatch(each -> each.planned().number() == number
                        && each.state().ordinal() >= step.get().ordinal());
    }

    private PayoutState stateOf(long number) {
        try {
            return PaymentHistory.read(journal(), Integer.MAX_VALUE)
                    .find(number)
                    .orElseThrow()
                    .state();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What an operator is told: by the journal, beside no pool. */
    private void checkCommands(LitecoinNode node, String payoutAddress) throws Exception {
        JsonNode list = said("list", "--json", "--data", data().toString());
        assertThat(list).hasSize(deaths.size());
        for (JsonNode each : list) {
            assertThat(each.path("state").asText()).isEqualTo("confirmed");
            String id = each.path("reference").asText();
            JsonNode one = said("show", each.path("number").asText(), "--json", "--data", data().toString());
            assertThat(one.path("lines")).hasSize(PAYEES);
            assertThat(one.path("steps")).hasSize(STEPS.size());
            JsonNode known = node.wallet("pool", "gettransaction", id);
            assertThat(known.path("fee")
                            .decimalValue()
                            .negate()
                            .movePointRight(8)
                            .longValueExact())
                    .isEqualTo(one.path("network_fee").asLong());
        }
        credit(node);
        JsonNode plan = said(
                "plan",
                "--dry-run",
                "--json",
                "--fee-rate",
                "1",
                "--data",
                data().toString(),
                "--network",
                "ltc-regtest",
                "--node",
                node.urlWithLogin(),
                "--payout-address",
                payoutAddress);
        assertThat(plan.path("accounts").asInt()).isEqualTo(PAYEES);
        assertThat(plan.path("lines").path(0).path("verdict").asText()).isEqualTo("on_chain");
    }

    private static JsonNode said(String... arguments) throws Exception {
        StringWriter out = new StringWriter();
        int code = new CommandLine(new PayoutCommand())
                .setOut(new PrintWriter(out))
                .execute(arguments);
        assertThat(code).as("%s", List.of(arguments)).isZero();
        return new JsonMapper().readTree(out.toString());
    }

    private void check(LitecoinNode node) throws Exception {
        LedgerProof proof = LedgerProof.of(journal());
        assertThat(proof.isSound()).as("%s", proof.trouble()).isTrue();
        assertThat(proof.owed()).isEqualTo(Money.ZERO);
        long whole = owed.values().stream().mapToLong(Long::longValue).sum();
        assertThat(proof.books().ledger().totals().miners().paid()).isEqualTo(Money.ofSatoshis(whole));
        PaymentHistory history = PaymentHistory.read(journal(), Integer.MAX_VALUE);
        Map<String, Long> gets = new HashMap<>();
        for (Payment payment : history.newestFirst()) {
            assertThat(payment.state()).isEqualTo(PayoutState.CONFIRMED);
            for (int i = 0; i < payment.addresses().size(); i++) {
                long amount = payment.planned().lines().get(i).amount().satoshis();
                long charge = payment.charges().get(i).satoshis();
                assertThat(gets.put(payment.addresses().get(i), amount - charge))
                        .isNull();
            }
        }
        assertThat(gets).containsOnlyKeys(owed.keySet());
        JsonNode list = node.wallet("miners", "listreceivedbyaddress", 1);
        for (JsonNode each : list) {
            Long expected = gets.remove(each.path("address").asText());
            if (expected != null) {
                assertThat(each.path("txids")).hasSize(1);
                assertThat(each.path("amount").decimalValue().movePointRight(8).longValueExact())
                        .isEqualTo(expected);
            }
        }
        assertThat(gets).as("never received").isEmpty();
    }
}
