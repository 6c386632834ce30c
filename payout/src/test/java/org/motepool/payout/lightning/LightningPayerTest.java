package org.motepool.payout.lightning;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.motepool.chain.wallet.FeeRate;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.money.Money;
import org.motepool.payout.journal.PayoutState;
import org.motepool.payout.ledger.LedgerAccount.Pool;
import org.motepool.payout.lightning.FakeLightning.Cheat;
import org.motepool.payout.lightning.FakeLightning.PayMode;
import org.motepool.payout.outside.PublicHosts;
import org.motepool.payout.payer.CrashPoints;
import org.motepool.payout.payer.JournalBooks;
import org.motepool.payout.payer.PaymentRun;
import org.motepool.payout.payer.PayoutTerms;

/** Paying over Lightning against the node's own protocol: whatever is late, lost or wrong, each is paid at most once. */
class LightningPayerTest {
    private static final LightningTerms TERMS = new LightningTerms(100_000, 150_000, 100);

    @TempDir
    private Path data;

    private JournalBooks pool;
    private FakeLightning outside;
    private ClnRest node;
    private LightningPayer payer;
    private Optional<PayoutTerms.Choice> choice = Optional.empty();

    @BeforeEach
    void start() throws Exception {
        pool = new JournalBooks(data, Network.REGTEST, Pool.LIGHTNING);
        outside = new FakeLightning(pool.clock);
        node = ClnRest.of(outside.node(), FakeLightning.RUNE, Optional.empty(), Duration.ofMillis(300));
        choice = Optional.of(new PayoutTerms.Choice(OptionalLong.empty(), Optional.of(outside.payee()), 0));
        payer = newPayer();
    }

    @AfterEach
    void stop() {
        node.close();
        outside.close();
        pool.close();
    }

    private LightningPayer newPayer() {
        return new LightningPayer(
                node,
                new InvoiceDesk(node, Network.REGTEST, outside::connect, pool.clock),
                TERMS,
                (books, account) -> choice.orElseThrow(),
                pool,
                pool.clock);
    }

    private void credit(long... satoshis) throws Exception {
        List<String> addresses = new ArrayList<>();
        List<Money> amounts = new ArrayList<>();
        for (long each : satoshis) {
            byte[] hash = new byte[20];
            hash[0] = (byte) (pool.books.accounts().size() + addresses.size());
            addresses.add(PayoutAddress.ofWitnessKeyHash(Bytes.copyOf(hash), Network.REGTEST)
                    .canonical());
            amounts.add(new Money(each, 7));
        }
        // Fees of the way are paid from what the pool itself has there.
        byte[] own = new byte[20];
        own[1] = (byte) (1 + pool.books.accounts().size());
        addresses.add(PayoutAddress.ofWitnessKeyHash(Bytes.copyOf(own), Network.REGTEST)
                .canonical());
        amounts.add(new Money(0, 1));
        for (int i = 1; i < 90; i++) {
            amounts.set(amounts.size() - 1, amounts.getLast().plus(new Money(1, 0)));
        }
        pool.credit(addresses, amounts);
    }

    private PaymentRun.Outcome plan() throws Exception {
        return new PaymentRun(
                        Network.REGTEST,
                        1_000_000,
                        TERMS.most(),
                        () -> new FeeRate(1_000),
                        (books, account) ->
                                books.ledger().miner(account).available().satoshis() == 89
                                        ? PayoutTerms.Choice.NONE
                                        : choice.orElseThrow(),
                        pool,
                        pool.clock)
                .plan();
    }

    private void advance() throws Exception {
        payer.advance(pool.books.payouts().open());
    }

    /** Takes turns until it is so; ends at once when it is. */
    private void until(String what, BooleanSupplier condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        CountDownLatch never = new CountDownLatch(1);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("until %s; %s", what, payer.troubles())
                    .isLessThan(end);
            advance();
            assertThat(never.await(2, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    /** The same while time passes; not while someone is waited for, who is real and takes real time. */
    private void untilDone(String what, Duration step) throws Exception {
        until(what, () -> {
            if (payer.isIdle()) {
                pool.clock.advance(step);
            }
            return done();
        });
    }

    private boolean done() {
        return pool.books.payouts().open().isEmpty();
    }

    private PayoutState state() {
        return pool.books.payouts().open().getFirst().state();
    }

    private void assertPaid(long satoshis, int payments) throws Exception {
        assertThat(outside.completions()).isEqualTo(payments);
        assertThat(pool.books.ledger().totals().miners().paid()).isEqualTo(Money.ofSatoshis(satoshis));
        assertThat(pool.books.ledger().totals().miners().paying()).isEqualTo(Money.ZERO);
        // 1001 millisatoshis each, borne by the pool.
        assertThat(pool.books.ledger().balance(Pool.NETWORK_FEE))
                .isEqualTo(new Money(payments, payments * 1_000_000_000L));
        pool.proof();
    }

    @Test
    void paysSmallBalancesToTheSatoshi() throws Exception {
        credit(1, 2_500);
        assertThat(plan().accounts()).isEqualTo(2);
        until("both are paid", this::done);
        assertPaid(2_501, 2);
        assertThat(outside.payCalls).hasValue(2);
    }

    /** The payee's server is asked for the rest, and the pool has its part once that was paid. */
    @Test
    void whatIsLeftToThePoolStaysThere() throws Exception {
        choice = Optional.of(new PayoutTerms.Choice(OptionalLong.empty(), Optional.of(outside.payee()), 1_050));
        credit(999);
        assertThat(plan().sum()).as("999 less 10.5 %, rounded down").isEqualTo(Money.ofSatoshis(895));
        assertThat(pool.books.ledger().fee().available()).isEqualTo(Money.ZERO);
        until("it is paid", this::done);
        assertPaid(895, 1);
        assertThat(pool.books.ledger().fee().available()).isEqualTo(Money.ofSatoshis(104));
        assertThat(pool.books.ledger().miner(0).available()).isEqualTo(new Money(0, 7));
    }

    @Test
    void whatIsNotPaidIsNotLeftToThePool() throws Exception {
        choice = Optional.of(new PayoutTerms.Choice(OptionalLong.empty(), Optional.of(outside.payee()), 5_000));
        outside.mode = PayMode.NO_ROUTE;
        credit(700);
        plan();
        untilDone("it is given up", LightningPayer.BACKOFF.dividedBy(4));
        assertThat(pool.books.ledger().fee().available()).isEqualTo(Money.ZERO);
        assertThat(pool.books.ledger().miner(0).available()).isEqualTo(new Money(700, 7));
        pool.proof();
    }

    @Test
    void aSuccessThatNobodyHeardOfIsFoundByItsHash() throws Exception {
        outside.mode = PayMode.PAYS_SILENTLY;
        credit(700);
        plan();
        until("it is paid", this::done);
        assertPaid(700, 1);
        assertThat(outside.payCalls).hasValue(1);
    }

    @Test
    void whatIsHeldIsNeitherFailedNorPaidAgain() throws Exception {
        outside.mode = PayMode.HELD;
        credit(700);
        plan();
        until("it is on its way", () -> payer.troubles().getOrDefault(1L, "").contains("on its way"));
        for (int hours = 0; hours < 48; hours++) {
            pool.clock.advance(Duration.ofHours(1));
            advance();
            assertThat(state()).isEqualTo(PayoutState.SENT);
        }
        assertThat(outside.payCalls).hasValue(1);
        outside.released.countDown();
        until("it is paid", this::done);
        assertPaid(700, 1);
    }

    @Test
    void whatTheNodeRefusesIsTriedAgainAndThenAvailable() throws Exception {
        outside.mode = PayMode.NO_ROUTE;
        credit(700);
        plan();
        untilDone("it is given up", LightningPayer.BACKOFF.dividedBy(4));
        assertThat(outside.payCalls).hasValue(LightningPayer.TRIES_MAX);
        assertThat(outside.invoices).hasSize(1);
        assertThat(pool.books.ledger().totals().miners().available().satoshis()).isEqualTo(700 + 89);
        outside.mode = PayMode.PAYS;
        plan();
        until("it is paid", this::done);
        assertPaid(700, 1);
    }

    @Test
    void anInvoiceThatExpiresMeanwhileIsLeftForTheNextRun() throws Exception {
        credit(700);
        plan();
        pool.hold = "";
        until("it has an invoice", () -> {
            boolean stored = state() == PayoutState.STORED;
            pool.hold = stored ? "more is owed than held" : "";
            return stored;
        });
        assertThat(outside.payCalls).hasValue(0);
        pool.clock.advance(Duration.ofHours(2));
        advance();
        assertThat(done()).isTrue();
        assertThat(pool.books.ledger().totals().miners().paying()).isEqualTo(Money.ZERO);
    }

    @ParameterizedTest
    @EnumSource(
            value = Cheat.class,
            names = {"NONE", "REUSED"},
            mode = EnumSource.Mode.EXCLUDE)
    void aPayeeWhoseServerIsWrongIsNotPaid(Cheat wrong) throws Exception {
        outside.cheat = wrong;
        credit(700);
        plan();
        untilDone("it is given up", LightningPayer.BACKOFF.dividedBy(2));
        assertThat(outside.payCalls).hasValue(0);
        assertThat(pool.books.ledger().totals().miners().available().satoshis()).isEqualTo(700 + 89);
        pool.proof();
    }

    @RepeatedTest(5)
    void oneInvoiceDoesNotServeTwoPayments() throws Exception {
        outside.cheat = Cheat.REUSED;
        credit(700, 700);
        plan();
        untilDone("both are over", LightningPayer.BACKOFF.dividedBy(2));
        assertPaid(700, 1);
    }

    @Test
    void noMoreIsInFlightThanAllowed() throws Exception {
        outside.mode = PayMode.HELD;
        credit(60_000, 60_000, 60_000, 60_000);
        plan();
        until("two are held", () -> outside.payCalls.get() >= 2);
        for (int i = 0; i < 50; i++) {
            advance();
        }
        assertThat(pool.books.payouts().open())
                .filteredOn(each -> each.state() != PayoutState.PLANNED)
                .hasSize(2);
        outside.released.countDown();
        until("all are paid", this::done);
        assertPaid(240_000, 4);
    }

    @Test
    void dyingAnywherePaysOnce() throws Exception {
        List<String> places = List.of(
                "behind PLANNED",
                "before STORED",
                "behind STORED",
                "before SENT",
                "behind SENT",
                "before CONFIRMED",
                "behind CONFIRMED");
        long paid = 0;
        for (int i = 0; i < places.size(); i++) {
            credit(1_000 + i);
            paid += 1_000 + i;
            pool.crashes.dieAt(places.get(i).equals("behind PLANNED") ? 1 : i + 1);
            try {
                plan();
                until("it dies", this::done);
                assertThat(i).as("it lives").isGreaterThan(places.size());
            } catch (CrashPoints.Death e) {
                assertThat(e).hasMessage(places.get(i));
            }
            pool.restart();
            payer = newPayer();
            untilDone("it is paid after " + places.get(i), LightningPayer.QUIET.dividedBy(20));
            assertPaid(paid, i + 1);
        }
    }

    /** The node is told, and is killed with the pool before it answers: after the quiet, the same invoice is paid. */
    @Test
    void aNodeThatNeverHeardOfItIsToldAgainWithTheSameInvoice() throws Exception {
        credit(700);
        plan();
        until("it has an invoice", () -> done() || state() == PayoutState.STORED || state() == PayoutState.SENT);
        if (!done()) {
            outside.nodeAway = true;
            for (int i = 0; i < 5; i++) {
                advance();
                pool.clock.advance(LightningPayer.BACKOFF);
            }
            outside.nodeAway = false;
        }
        untilDone("it is paid", Duration.ofSeconds(5));
        assertPaid(700, 1);
        assertThat(outside.invoices).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "192.168.1.1",
                "172.16.0.1",
                "172.31.255.255",
                "169.254.169.254",
                "0.0.0.0",
                "100.64.0.1",
                "198.18.0.1",
                "192.0.2.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "::ffff:127.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::",
                "2001:db8::1",
                "2001::1",
                "ff02::1"
            })
    void noWayLeadsIntoPrivateNetworks(String address) throws Exception {
        assertThat(PublicHosts.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"})
    void publicHostsAreReached(String address) throws Exception {
        assertThat(PublicHosts.isPublic(InetAddress.getByName(address))).isTrue();
    }
}
