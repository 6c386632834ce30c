package org.motepool.payout.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;
import org.motepool.payout.accountant.Fixtures;
import org.motepool.payout.journal.HeldSource;
import org.motepool.payout.journal.JournalRecord;
import org.motepool.payout.journal.JournalRecord.AccountOpened;
import org.motepool.payout.journal.JournalRecord.Corrected;
import org.motepool.payout.journal.JournalRecord.HeldCompared;
import org.motepool.payout.journal.JournalRecord.PayoutMoved;
import org.motepool.payout.journal.JournalRecord.PayoutPlanned;
import org.motepool.payout.journal.JournalRecord.PotFunded;
import org.motepool.payout.journal.PayoutLine;
import org.motepool.payout.journal.PayoutRail;
import org.motepool.payout.journal.PayoutState;
import org.motepool.payout.ledger.LedgerAccount.Miner;
import org.motepool.payout.ledger.LedgerAccount.Part;
import org.motepool.payout.ledger.LedgerAccount.Pool;
import org.motepool.payout.ledger.Transfer;

/** Every way that money goes through the books: after each record the sum over all accounts is zero. */
final class ChartOfAccountsTest {
    private final Books books = new Books(8);

    @BeforeEach
    void open() {
        apply(new AccountOpened(0, Fixtures.address(0).canonical()));
        apply(new AccountOpened(1, Fixtures.address(1).canonical()));
        apply(new Corrected(
                request(1),
                List.of(
                        new Transfer(Pool.WALLET, new Miner(0, Part.AVAILABLE), Money.ofSatoshis(1_000)),
                        new Transfer(Pool.WALLET, new Miner(1, Part.AVAILABLE), new Money(2_000, 5)),
                        new Transfer(Pool.WALLET, Pool.FEE_AVAILABLE, Money.ofSatoshis(100)),
                        new Transfer(Pool.LIGHTNING, Pool.WALLET, Money.ofSatoshis(500))),
                "opening",
                1));
    }

    private void apply(JournalRecord record) {
        books.apply(record);
        assertThat(books.ledger().imbalance()).isZero();
        assertThat(books.ledger().assets().toFractions()).isEqualTo(books.explainedAssets());
    }

    private static Bytes request(int n) {
        byte[] id = new byte[JournalRecord.REQUEST_BYTES];
        id[0] = (byte) n;
        return Bytes.copyOf(id);
    }

    private void move(PayoutState from, PayoutState to, long networkFee, Money... charges) {
        apply(new PayoutMoved(1, from, to, Money.ofSatoshis(networkFee), List.of(charges), Bytes.ofHex("aa"), 2));
    }

    private void plan(PayoutRail rail) {
        apply(new PayoutPlanned(
                1, rail, List.of(new PayoutLine(0, Money.ofSatoshis(400)), new PayoutLine(1, new Money(2_000, 5))), 2));
    }

    @Test
    void aPaymentMovesFromAvailableToPayingToPaid() {
        plan(PayoutRail.ONCHAIN);
        assertThat(books.ledger().miner(0).available()).isEqualTo(Money.ofSatoshis(600));
        assertThat(books.ledger().miner(0).paying()).isEqualTo(Money.ofSatoshis(400));
        Money owed = books.ledger().totals().miners().owed();
        assertThat(owed).isEqualTo(new Money(3_000, 5));
        move(PayoutState.PLANNED, PayoutState.FUNDED, 0);
        move(PayoutState.FUNDED, PayoutState.SIGNED, 0);
        move(PayoutState.SIGNED, PayoutState.STORED, 0);
        move(PayoutState.STORED, PayoutState.SENT, 0);
        move(PayoutState.SENT, PayoutState.STORED, 0);
        move(PayoutState.STORED, PayoutState.SENT, 0);
        assertThat(books.payouts().find(1).orElseThrow().moves()).hasSize(6);
        assertThat(books.ledger().totals().miners().owed()).isEqualTo(owed);
        move(PayoutState.SENT, PayoutState.CONFIRMED, 15, Money.ofSatoshis(6), Money.ofSatoshis(6));
        assertThat(books.ledger().miner(0).paid()).isEqualTo(Money.ofSatoshis(400));
        assertThat(books.ledger().miner(1).owed()).isEqualTo(Money.ZERO);
        assertThat(books.ledger().balance(Pool.NETWORK_FEE)).isEqualTo(Money.ofSatoshis(3));
        assertThat(books.ledger().balance(Pool.WALLET))
                .as("2600 less 394 and 1994 sent, less 15 for the network")
                .isEqualTo(Money.ofSatoshis(197));
        assertThat(books.payouts().open()).isEmpty();
        assertThatThrownBy(() -> move(PayoutState.SENT, PayoutState.CONFIRMED, 0))
                .as("no payment ends twice")
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsLeftToThePoolIsItsOwnWhenTheRestIsPaid() {
        apply(new PayoutPlanned(
                1, PayoutRail.ONCHAIN, List.of(new PayoutLine(0, Money.ofSatoshis(400), Money.ofSatoshis(100))), 2));
        assertThat(books.ledger().miner(0).paying()).isEqualTo(Money.ofSatoshis(400));
        assertThat(books.ledger().fee().available()).isEqualTo(Money.ofSatoshis(100));
        move(PayoutState.PLANNED, PayoutState.STORED, 0);
        move(PayoutState.STORED, PayoutState.CONFIRMED, 6, Money.ofSatoshis(6));
        assertThat(books.ledger().miner(0).paying()).isEqualTo(Money.ZERO);
        assertThat(books.ledger().miner(0).paid()).as("what left the pool").isEqualTo(Money.ofSatoshis(300));
        assertThat(books.ledger().fee().available()).isEqualTo(Money.ofSatoshis(200));
        assertThat(books.ledger().balance(Pool.WALLET)).isEqualTo(new Money(2_300, 5));
    }

    @Test
    void whatWasNotPaidIsNotLeftToThePoolEvenWhenItsPartIsGoneElsewhere() {
        apply(new PayoutPlanned(
                1, PayoutRail.ONCHAIN, List.of(new PayoutLine(0, Money.ofSatoshis(400), Money.ofSatoshis(100))), 2));
        apply(new PotFunded(request(2), Money.ofSatoshis(100), true, "", 3));
        move(PayoutState.PLANNED, PayoutState.FUNDED, 0);
        move(PayoutState.FUNDED, PayoutState.ABANDONED, 0);
        assertThat(books.ledger().miner(0).available()).isEqualTo(Money.ofSatoshis(1_000));
        assertThat(books.ledger().fee().available()).isEqualTo(Money.ZERO);
    }

    @Test
    void anAbandonedPaymentIsAvailableAgain() {
        plan(PayoutRail.ONCHAIN);
        move(PayoutState.PLANNED, PayoutState.FUNDED, 0);
        move(PayoutState.FUNDED, PayoutState.ABANDONED, 0);
        assertThat(books.ledger().miner(0).available()).isEqualTo(Money.ofSatoshis(1_000));
        assertThat(books.ledger().miner(1).available()).isEqualTo(new Money(2_000, 5));
        assertThat(books.ledger().miner(1).paid()).isEqualTo(Money.ZERO);
        assertThatThrownBy(() -> move(PayoutState.STORED, PayoutState.SENT, 0))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesAPaymentOverTheBalanceAndChangesNothing() {
        assertThatThrownBy(() -> apply(new PayoutPlanned(
                        1, PayoutRail.ONCHAIN, List.of(new PayoutLine(0, Money.ofSatoshis(1_001))), 2)))
                .isInstanceOf(ArithmeticException.class);
        assertThat(books.payouts().last()).isZero();
        plan(PayoutRail.LIGHTNING);
        assertThatThrownBy(() -> move(PayoutState.PLANNED, PayoutState.CONFIRMED, 0))
                .as("what was never stored cannot have been sent")
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPotIsFundedFromOutsideOrFromTheFeeAndEachRequestIsDoneOnce() {
        apply(new PotFunded(request(2), Money.ofSatoshis(50), false, "", 3));
        apply(new PotFunded(request(3), Money.ofSatoshis(100), true, "", 3));
        assertThat(books.ledger().balance(Pool.POT)).isEqualTo(Money.ofSatoshis(150));
        assertThat(books.ledger().fee().available()).isEqualTo(Money.ZERO);
        assertThatThrownBy(() -> apply(new PotFunded(request(3), Money.ofSatoshis(1), false, "", 3)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> apply(new PotFunded(request(4), Money.ofSatoshis(1), true, "", 3)))
                .as("there is no fee left")
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void theRecordOfWhatIsOwedHasToBeTrue() {
        Money owed = new Money(3_000, 5);
        apply(held(owed, Money.ofSatoshis(3_001)));
        assertThat(books.compared().map(HeldCompared::isBreach)).isEqualTo(Optional.of(false));
        apply(held(owed, Money.ofSatoshis(3_000)));
        assertThat(books.compared().map(HeldCompared::isBreach)).isEqualTo(Optional.of(true));
        assertThatThrownBy(() -> apply(held(Money.ofSatoshis(3_000), Money.ofSatoshis(3_000))))
                .isInstanceOf(IllegalStateException.class);
    }

    private static HeldCompared held(Money owed, Money held) {
        return new HeldCompared(Hash256.ZERO, 1, 1, owed, Money.ZERO, held, HeldSource.WALLET, 1);
    }

    @Test
    void aReversedStepLeavesEverythingAsBefore() {
        BigInteger assets = books.explainedAssets();
        List<Transfer> there = List.of(
                new Transfer(Pool.IMMATURE_COINBASE, new Miner(0, Part.IMMATURE), new Money(7, 7)),
                new Transfer(Pool.IMMATURE_COINBASE, Pool.FEE_IMMATURE, new Money(0, 1)));
        apply(new Corrected(request(5), there, "there", 4));
        apply(new Corrected(request(6), there.stream().map(Transfer::reversed).toList(), "and back", 4));
        assertThat(books.explainedAssets()).isEqualTo(assets);
        assertThat(books.ledger().miner(0).immature()).isEqualTo(Money.ZERO);
    }
}
