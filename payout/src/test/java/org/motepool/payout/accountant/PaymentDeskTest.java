package org.motepool.payout.accountant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;
import org.motepool.payout.PayoutSettings;
import org.motepool.payout.books.Books;
import org.motepool.payout.books.BooksCodec;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalRecord.PayoutMoved;
import org.motepool.payout.journal.JournalRecord.PayoutPlanned;
import org.motepool.payout.journal.PayoutLine;
import org.motepool.payout.journal.PayoutRail;
import org.motepool.payout.journal.PayoutState;
import org.motepool.payout.payer.PaymentBooks;
import org.motepool.store.Payments;

/** What a payer sees of the accountant: its answers, its refusals, and that no money leaves while more is owed than held. */
final class PaymentDeskTest {
    @TempDir
    private Path data;

    private Pool pool() throws JournalException {
        Pool pool = new Pool(data);
        pool.terms = new PayoutSettings.Terms("an address of the wallet", 0, Money.ZERO);
        pool.chain.setWallet(Optional.of(Money.ofSatoshis(1_000)));
        pool.restart();
        pool.accountant.begin();
        pool.store.append(Fixtures.work(Fixtures.log(0), 0, 50, Map.of(1, 100L)));
        pool.run(Pool.SLICE.multipliedBy(2));
        pool.chain.connect(Fixtures.found(1, 1, 1, 1_000, 0));
        pool.store.append(Fixtures.block(Fixtures.log(0), 50, 60, Fixtures.found(1, 1, 1, 1_000, 0)));
        pool.run(Pool.SLICE.multipliedBy(2));
        pool.chain.extend(ScriptedChain.MATURITY, 0);
        pool.run(Pool.SLICE.multipliedBy(2));
        return pool;
    }

    private interface Call {
        void make() throws JournalException;
    }

    /** As a payer calls: from a thread of its own, while the accountant takes its turns. */
    private static void from(Pool pool, Call call) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                call.make();
                done.complete(null);
            } catch (JournalException | RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!done.isDone()) {
            assertThat(System.nanoTime()).isLessThan(end);
            pool.turn();
        }
        done.get();
    }

    private static PayoutPlanned payment(long number, long satoshis) {
        return new PayoutPlanned(number, PayoutRail.ONCHAIN, List.of(new PayoutLine(0, Money.ofSatoshis(satoshis))), 1);
    }

    private static PayoutMoved move(PayoutState from, PayoutState to) {
        return new PayoutMoved(1, from, to, Money.ZERO, List.of(), Bytes.EMPTY, 1);
    }

    @Test
    void journalsWhatTheBooksTakeAndRefusesTheRest() throws Exception {
        try (Pool pool = pool()) {
            PaymentBooks books = pool.accountant.payments();
            long before = pool.journal.head().sequence();
            assertThatThrownBy(() -> from(pool, () -> books.record(payment(1, 1_001))))
                    .hasRootCauseInstanceOf(ArithmeticException.class);
            assertThatThrownBy(() -> from(pool, () -> books.record(payment(2, 1))))
                    .hasMessageContaining("does not follow");
            assertThat(pool.journal.head().sequence()).isEqualTo(before);

            from(pool, () -> books.record(payment(1, 1_000)));
            assertThatThrownBy(() -> from(pool, () -> books.record(move(PayoutState.STORED, PayoutState.SENT))))
                    .hasMessageContaining("is not STORED");
            assertThat(pool.books.ledger().totals().miners().paying()).isEqualTo(Money.ofSatoshis(1_000));
            assertThat(pool.store.sums().miners().paying()).isEqualTo(Money.ofSatoshis(1_000));
            from(pool, () -> assertThat(books.ask(Books::payouts).open()).hasSize(1));
        }
    }

    private static PayoutMoved move(PayoutState from, PayoutState to, Bytes detail, long at) {
        return new PayoutMoved(1, from, to, Money.ofSatoshis(3), List.of(Money.ofSatoshis(3)), detail, at);
    }

    /** One payment to its end, and a second that is under way. */
    private static void pay(Pool pool, Bytes id) throws Exception {
        PaymentBooks books = pool.accountant.payments();
        PayoutLine line = new PayoutLine(0, Money.ofSatoshis(950), Money.ofSatoshis(50));
        from(pool, () -> books.record(new PayoutPlanned(1, PayoutRail.ONCHAIN, List.of(line), 1)));
        assertThat(shown(pool)).isEqualTo("1 PREPARED  900.000000000000 50.000000000000 0.000000000000 1 1");
        from(pool, () -> {
            books.record(move(PayoutState.PLANNED, PayoutState.STORED, Bytes.EMPTY, 2));
            books.record(
                    new PayoutMoved(1, PayoutState.STORED, PayoutState.SENT, Money.ZERO, List.of(), Bytes.EMPTY, 3));
        });
        assertThat(shown(pool)).isEqualTo("1 SENT  900.000000000000 50.000000000000 3.000000000000 1 3");
        from(pool, () -> books.record(move(PayoutState.SENT, PayoutState.CONFIRMED, id, 4)));
        assertThat(shown(pool))
                .isEqualTo(CONFIRMED.formatted(Hash256.ofInternal(id).toDisplayHex()));
        from(pool, () -> books.record(payment(2, 50)));
    }

    private static final String CONFIRMED = "1 CONFIRMED %s 900.000000000000 50.000000000000 3.000000000000 1 4";

    /** How the first payment is shown, once it is. */
    private static String shown(Pool pool) throws Exception {
        pool.turn();
        Payments.Payment payment = pool.store.payments.firstEntry().getValue();
        Payments.Part part = pool.store.parts.get(Fixtures.account(1)).get(1L);
        assertThat(part.state()).isEqualTo(payment.state());
        assertThat(part.charge()).isEqualTo(payment.networkFee());
        assertThat(part.amount()).isEqualTo(payment.amount());
        assertThat(part.donated()).isEqualTo(payment.donated());
        return payment.number() + " " + payment.state() + " " + payment.reference() + " " + payment.amount() + " "
                + payment.donated() + " " + payment.networkFee() + " " + payment.plannedAt() + " " + payment.movedAt();
    }

    @Test
    void showsPaymentsAsFarAsTheyAreJournaledAndAnewAfterALoss() throws Exception {
        Bytes id = Bytes.ofHex("0102".repeat(16));
        try (Pool pool = pool()) {
            pay(pool, id);
            String confirmed = CONFIRMED.formatted(Hash256.ofInternal(id).toDisplayHex());

            pool.store.empty();
            pool.restart();
            pool.run(Pool.SLICE);
            assertThat(shown(pool)).as("after the store was emptied").isEqualTo(confirmed);
            assertThat(pool.store.payments).hasSize(2);

            Payments.Payment sent = pool.store.payments.get(1L);
            pool.store.payments.put(
                    1L,
                    new Payments.Payment(
                            1, sent.rail(), Payments.State.SENT, "", 1, sent.amount(), Money.ZERO, Money.ZERO, 1, 3));
            pool.restart();
            pool.run(Pool.SLICE);
            assertThat(shown(pool)).as("after a crash before it was shown").isEqualTo(confirmed);

            pool.store.payments.remove(2L);
            pool.restart();
            pool.run(Pool.SLICE);
            assertThat(pool.store.payments.get(2L).state()).isEqualTo(Payments.State.PREPARED);
        }
    }

    @Test
    void holdsMoneyBackWhileMoreIsOwedThanHeld() throws Exception {
        try (Pool pool = pool()) {
            PaymentBooks books = pool.accountant.payments();
            assertThat(books.hold()).isEmpty();
            pool.chain.setWallet(Optional.of(Money.ofSatoshis(999)));
            pool.chain.extend(1, 0);
            pool.run(Pool.POLL.multipliedBy(3));
            assertThat(books.hold()).contains("held were 999");
            pool.chain.setWallet(Optional.of(Money.ofSatoshis(1_000)));
            pool.chain.extend(1, 0);
            pool.run(Pool.POLL.multipliedBy(3));
            assertThat(books.hold()).isEmpty();
        }
    }

    @Test
    void answersNobodyOnceTheAccountantHasStopped() throws Exception {
        try (Pool pool = pool()) {
            pool.accountant.closePayments("the accountant has stopped");
            assertThatThrownBy(() -> pool.accountant.payments().ask(Books::slices))
                    .isInstanceOf(JournalException.class)
                    .hasMessage("the accountant has stopped");
        }
    }

    @Test
    void aSnapshotKnowsPaymentsUnderWayAndTheLastRun() throws Exception {
        try (Pool pool = pool()) {
            from(pool, () -> pool.accountant.payments().record(payment(1, 500)));
            var bytes = new ByteArrayOutputStream();
            BooksCodec.write(pool.books, new DataOutputStream(bytes));
            Books read = BooksCodec.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), 8);
            assertThat(read.payouts().lastAt()).isEqualTo(1);
            assertThat(read.payouts().open()).isEqualTo(pool.books.payouts().open());
        }
    }
}
