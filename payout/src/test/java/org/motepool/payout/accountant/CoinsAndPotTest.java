package org.motepool.payout.accountant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.motepool.payout.accountant.Fixtures.account;
import static org.motepool.payout.accountant.Fixtures.block;
import static org.motepool.payout.accountant.Fixtures.found;
import static org.motepool.payout.accountant.Fixtures.log;
import static org.motepool.payout.accountant.Fixtures.work;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.money.Money;
import org.motepool.core.sharelog.LogRecord.BlockFound;
import org.motepool.payout.PayoutSettings.Terms;
import org.motepool.payout.journal.HeldSource;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalRecord;
import org.motepool.payout.journal.JournalRecord.HeldCompared;
import org.motepool.payout.journal.JournalRecord.PotFunded;
import org.motepool.payout.journal.JournalRecord.PotShared;
import org.motepool.payout.ledger.Ledger;
import org.motepool.payout.ledger.LedgerAccount;
import org.motepool.store.Balances.Balance;

/** What is owed against what is held, at every block; and the sponsored pot, whose days end by the chain's time. */
final class CoinsAndPotTest {
    private static final int DAY = 86_400;
    /** The clock of {@link Pool} begins here; so does the chain. */
    private static final int NOON = 1_700_000_000;

    @TempDir
    private Path data;

    private Pool pool;

    @BeforeEach
    void open() throws JournalException {
        pool = new Pool(data);
        pool.accountant.begin();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private void restart(Terms terms) throws JournalException {
        pool.terms = terms;
        pool.restart();
        pool.accountant.begin();
    }

    private <T extends JournalRecord> List<T> records(Class<T> type) throws JournalException {
        List<T> found = new ArrayList<>();
        pool.journal.replay((at, record) -> {
            if (type.isInstance(record)) {
                found.add(type.cast(record));
            }
        });
        return found;
    }

    private void credit() throws JournalException {
        pool.store.append(work(log(1), 0, 10, Map.of(1, 200L, 2, 100L)));
        BlockFound found = found(1, 1, 1, 312_500_000, 100);
        pool.chain.connect(found);
        pool.store.append(block(log(1), 10, 20, found));
        pool.run(Duration.ofSeconds(3));
    }

    @Test
    void comparesAtEveryBlockAndAfterEveryCredit() throws JournalException {
        credit();
        HeldCompared last = pool.books.compared().orElseThrow();
        assertThat(last.owed()).isEqualTo(Money.ofSatoshis(309_375_000));
        assertThat(last.held()).as("what the coinbase pays, fee included").isEqualTo(Money.ofSatoshis(312_500_000));
        assertThat(last.source()).isEqualTo(HeldSource.CHAIN);
        int before = records(HeldCompared.class).size();
        pool.run(Duration.ofSeconds(5));
        assertThat(records(HeldCompared.class)).as("nothing new").hasSize(before);
        pool.chain.extend(1, 0);
        pool.run(Duration.ofSeconds(2));
        assertThat(records(HeldCompared.class)).hasSize(before + 1);
        assertThat(pool.accountant.status().mayPay()).isTrue();
        assertThat(pool.metric("mote_ledger_owed_satoshis")).isEqualTo(309_375_000);
        assertThat(pool.metric("mote_ledger_held_satoshis")).isEqualTo(312_500_000);
    }

    @Test
    void aWalletThatHoldsLessThanIsOwedStopsPayoutsUntilItIsMended() throws JournalException {
        restart(new Terms("pool", 0, Money.ZERO));
        pool.chain.setWallet(Optional.of(Money.ofSatoshis(309_375_000)));
        credit();
        assertThat(pool.accountant.status().mayPay()).isTrue();
        assertThat(pool.books.compared().map(HeldCompared::source)).isEqualTo(Optional.of(HeldSource.WALLET));
        pool.chain.setWallet(Optional.of(Money.ofSatoshis(309_374_999)));
        pool.chain.extend(1, 0);
        pool.run(Duration.ofSeconds(2));
        assertThat(pool.accountant.status().mayPay()).isFalse();
        assertThat(pool.accountant.status().breach()).contains("309375000", "309374999");
        assertThat(pool.metric("mote_ledger_breach")).isEqualTo(1);
        assertThat(pool.accountant.status().halted()).as("credits go on").isEmpty();
        restart(pool.terms);
        pool.turn();
        assertThat(pool.accountant.status().mayPay())
                .as("a restart mends nothing")
                .isFalse();
        assertThat(pool.metric("mote_ledger_breach")).isEqualTo(1);
        pool.chain.setWallet(Optional.of(Money.ofSatoshis(400_000_000)));
        pool.chain.extend(1, 0);
        pool.run(Duration.ofSeconds(2));
        assertThat(pool.accountant.status().mayPay()).isTrue();
        assertThat(pool.metric("mote_ledger_breach")).isZero();
    }

    @Test
    void aBlockThatTheChainIsUndecidedAboutIsNoBreach() throws JournalException {
        credit();
        pool.chain.reorganize(1, 1, 9);
        pool.run(Duration.ofSeconds(3));
        assertThat(pool.accountant.status().mayPay()).isTrue();
        pool.chain.extend(1, 9);
        pool.run(Duration.ofSeconds(3));
        assertThat(pool.books.compared().map(HeldCompared::owed)).isEqualTo(Optional.of(Money.ZERO));
        assertThat(pool.books.compared().map(HeldCompared::held)).isEqualTo(Optional.of(Money.ZERO));
    }

    @Test
    void sharesThePotOnceADayByTheDaysWorkAndNeverMoreThanThereIs() throws JournalException {
        restart(new Terms("pool", 0, Money.ofSatoshis(1_000)));
        pool.chain.setWallet(Optional.of(Money.ofSatoshis(1_500)));
        fund(1_500);
        day(0, Map.of(1, 300L, 2, 100L));
        assertThat(records(PotShared.class)).as("the day runs").isEmpty();
        day(1, Map.of(2, 50L));
        assertThat(available(1)).isEqualTo(Money.ofSatoshis(750));
        assertThat(available(2)).isEqualTo(Money.ofSatoshis(250));
        day(2, Map.of());
        assertThat(available(2)).as("the rest of the pot").isEqualTo(Money.ofSatoshis(750));
        day(3, Map.of(1, 5L));
        day(4, Map.of(1, 5L));
        assertThat(records(PotShared.class)).hasSize(2);
        assertThat(pool.books.ledger().balance(LedgerAccount.Pool.POT)).isEqualTo(Money.ZERO);
        assertThat(pool.books.ledger().imbalance()).isZero();
        assertThat(pool.accountant.status().mayPay()).isTrue();
        assertThat(pool.accountant.status().halted()).isEmpty();
    }

    @Test
    void aWrongClockEndsNoDay() throws JournalException {
        restart(new Terms("pool", 0, Money.ofSatoshis(1_000)));
        pool.chain.setWallet(Optional.of(Money.ofSatoshis(1_500)));
        fund(1_500);
        day(0, Map.of(1, 300L));
        pool.clock.advance(Duration.ofDays(400));
        pool.chain.extend(1, 0);
        pool.run(Duration.ofSeconds(3));
        assertThat(records(PotShared.class))
                .as("the chain still says it is the same day")
                .isEmpty();
        pool.chain.setSeconds(NOON + DAY);
        pool.chain.extend(1, 1);
        pool.run(Duration.ofSeconds(3));
        assertThat(records(PotShared.class)).hasSize(1);
        pool.chain.setSeconds(NOON);
        pool.chain.extend(1, 2);
        pool.run(Duration.ofSeconds(3));
        assertThat(records(PotShared.class)).as("no day comes twice").hasSize(1);
    }

    @Test
    void aCrashBetweenTheDaysEndAndItsShareLosesNothing() throws JournalException {
        restart(new Terms("pool", 0, Money.ofSatoshis(1_000)));
        pool.chain.setWallet(Optional.of(Money.ofSatoshis(1_500)));
        fund(1_500);
        day(0, Map.of(1, 300L));
        // Dies before the journal gets what follows the record that ends the day.
        pool.chain.setSeconds(NOON + DAY);
        pool.clock.advance(Duration.ofDays(1));
        pool.chain.extend(1, 0);
        pool.faults.crashAt(2);
        try {
            pool.run(Duration.ofSeconds(3));
        } catch (SimulatedCrash crash) {
            restart(pool.terms);
        }
        pool.run(Duration.ofSeconds(3));
        assertThat(records(PotShared.class)).hasSize(1);
        assertThat(available(1)).isEqualTo(Money.ofSatoshis(1_000));
    }

    @Test
    void coinsGoFromTheWalletIntoChannelsOnceAndNeverMoreThanThereAre() throws Exception {
        pool.chain.setWallet(Optional.of(Money.ofSatoshis(1_500)));
        fund(1_500);
        PotRequests requests = new PotRequests(data);
        requests.leaveLightning(1_000, 30, "two channels");
        requests.leaveLightning(1_000, 0, "more than is left");
        pool.run(Duration.ofSeconds(3));
        Ledger ledger = pool.books.ledger();
        assertThat(ledger.balance(LedgerAccount.Pool.LIGHTNING)).isEqualTo(Money.ofSatoshis(1_000));
        assertThat(ledger.balance(LedgerAccount.Pool.WALLET).satoshis()).isIn(470L, 500L);
        assertThat(ledger.imbalance()).isZero();
        assertThat(ledger.assets().toFractions()).isEqualTo(pool.books.explainedAssets());
        assertThat(pool.accountant.status().halted()).isEmpty();
    }

    private int sent;

    /** Work at noon of a day, and a block of the chain then. */
    private void day(int number, Map<Integer, Long> units) throws JournalException {
        int seconds = NOON + number * DAY;
        pool.chain.setSeconds(seconds);
        long now = pool.clock.epochMillis() / 1_000;
        if (seconds > now) {
            pool.clock.advance(Duration.ofSeconds(seconds - now));
        }
        pool.chain.extend(1, 0);
        pool.run(Duration.ofSeconds(3));
        if (!units.isEmpty()) {
            pool.store.append(work(log(3), sent, sent + 10, units));
            sent += 10;
        }
        pool.run(Duration.ofSeconds(12));
    }

    private void fund(long satoshis) throws JournalException {
        byte[] id = new byte[JournalRecord.REQUEST_BYTES];
        PotFunded funded = new PotFunded(Bytes.copyOf(id), Money.ofSatoshis(satoshis), false, "", 1);
        pool.journal.append(List.of(funded));
        pool.books.apply(funded);
    }

    private Money available(int miner) {
        Balance balance = Objects.requireNonNull(pool.store.balances.get(account(miner)));
        return balance.available();
    }
}
