package org.motepool.payout.accountant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.motepool.payout.accountant.Fixtures.account;
import static org.motepool.payout.accountant.Fixtures.block;
import static org.motepool.payout.accountant.Fixtures.found;
import static org.motepool.payout.accountant.Fixtures.log;
import static org.motepool.payout.accountant.Fixtures.work;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.chain.template.CoinbaseTag;
import org.motepool.core.account.Scheme;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.money.Money;
import org.motepool.core.sharelog.LogRecord.BlockFound;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.work.Nbits;
import org.motepool.payout.books.Snapshots;
import org.motepool.payout.journal.FileJournal;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.proof.LedgerProof;
import org.motepool.store.Balances;
import org.motepool.store.Balances.Balance;
import org.motepool.store.Balances.Position;
import org.motepool.store.Blocks;

/** The way from entries to balances, and a block's life. */
final class AccountantTest {
    @TempDir
    private Path data;

    private Pool pool;

    @BeforeEach
    void open() throws JournalException {
        pool = new Pool(data);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void sealsASliceWhenItsTimeHasComeAndTrimsTheStream() throws JournalException {
        pool.store.append(work(log(1), 0, 100, Map.of(1, 10L)));
        pool.turn();
        assertThat(pool.books.slices()).isZero();
        assertThat(pool.store.marks).isEmpty();
        pool.run(Duration.ofSeconds(2));
        assertThat(pool.books.slices()).isEqualTo(1);
        assertThat(pool.books.shares()).isEqualTo(1);
        assertThat(pool.store.marks).isEqualTo(Map.of(log(1), 100L));
        assertThat(pool.store.stream).isEmpty();
        pool.run(Duration.ofSeconds(5));
        assertThat(pool.books.slices())
                .as("nothing was read, nothing is sealed")
                .isEqualTo(1);
    }

    @Test
    void sealsAtANewTargetButNotAtLateWorkOfAnOldOne() throws JournalException {
        Nbits harder = Nbits.ofHex("1d00ffff");
        pool.store.append(work(log(1), 0, 10, Map.of(1, 10L)));
        pool.store.append(work(log(1), 10, 20, harder, Map.of(1, 10L)));
        pool.store.append(work(log(2), 0, 10, Map.of(1, 10L)));
        pool.turn();
        assertThat(pool.books.slices()).isEqualTo(1);
        pool.run(Pool.SLICE);
        assertThat(pool.books.slices()).isEqualTo(2);
        assertThat(pool.books.workUnits()).isEqualTo(30);
    }

    @Test
    void creditsTheWorkBeforeABlockAndMaturesItOneConfirmationPastMaturity() throws JournalException {
        BlockFound found = creditBlock();
        assertThat(balance(1)).isEqualTo(immature("206250000"));
        assertThat(balance(2)).isEqualTo(immature("103125000"));
        assertThat(fee().immature()).isEqualTo(Money.ofSatoshis(3_125_000));
        assertThat(view(found).state()).isEqualTo(Blocks.State.IMMATURE);
        pool.chain.extend(ScriptedChain.MATURITY - 1, 0);
        pool.run(Duration.ofSeconds(3));
        assertThat(view(found).confirmations()).isEqualTo(ScriptedChain.MATURITY);
        assertThat(balance(1)).isEqualTo(immature("206250000"));
        pool.chain.extend(1, 0);
        pool.run(Duration.ofSeconds(3));
        assertThat(balance(1).available()).isEqualTo(Money.ofSatoshis(206_250_000));
        assertThat(balance(1).immature()).isEqualTo(Money.ZERO);
        assertThat(fee().available()).isEqualTo(Money.ofSatoshis(3_125_000));
        assertThat(view(found).state()).isEqualTo(Blocks.State.MATURE);
        assertThat(pool.accountant.totals().rewards()).isEqualTo(Money.ofSatoshis(312_500_000));
        assertThat(pool.metric("mote_ledger_imbalance_satoshis")).isZero();
        assertThat(pool.metric("mote_ledger_last_verified_timestamp_seconds")).isPositive();
    }

    @Test
    void takesCreditsBackAndGivesThemAgainWhenTheChainTurnsAndTurnsBack() throws JournalException {
        BlockFound found = creditBlock();
        pool.chain.reorganize(found.height(), 1, 7);
        pool.run(Duration.ofSeconds(3));
        assertThat(balance(1)).as("one block against one decides nothing").isEqualTo(immature("206250000"));
        pool.chain.extend(1, 7);
        pool.run(Duration.ofSeconds(3));
        assertThat(balance(1)).isEqualTo(Balance.ZERO);
        assertThat(fee()).isEqualTo(Balance.ZERO);
        assertThat(view(found).state()).isEqualTo(Blocks.State.ORPHANED);
        assertThat(pool.store.credits.values())
                .allSatisfy(each -> assertThat(each.amount().isZero()).isTrue());
        assertThat(pool.accountant.totals().rewards()).isEqualTo(Money.ZERO);
        pool.chain.connect(found);
        pool.chain.extend(3, 0);
        pool.run(Duration.ofSeconds(3));
        assertThat(balance(1)).isEqualTo(immature("206250000"));
        assertThat(view(found).state()).isEqualTo(Blocks.State.IMMATURE);
        pool.chain.extend(4, 0);
        pool.run(Duration.ofSeconds(3));
        assertThat(balance(1).available()).isEqualTo(Money.ofSatoshis(206_250_000));
        pool.restart();
        pool.run(Duration.ofSeconds(1));
        assertThat(pool.accountant.status().halted()).isEmpty();
        assertThat(balance(2).available()).isEqualTo(Money.ofSatoshis(103_125_000));
    }

    @Test
    void doesNotCreditABlockThatLostTheRaceUntilTheChainTurnsToIt() throws JournalException {
        BlockFound found = found(1, 5, 1, 312_500_000, 100);
        pool.chain.know(found);
        pool.chain.extend(1, 9);
        pool.store.append(work(log(1), 0, 100, Map.of(1, 100L, 2, 50L)));
        pool.store.append(block(log(1), 100, 200, found));
        pool.run(Duration.ofSeconds(1));
        assertThat(pool.store.marks).isEqualTo(Map.of(log(1), 200L));
        assertThat(balance(1)).isEqualTo(Balance.ZERO);
        assertThat(view(found).state()).isEqualTo(Blocks.State.ORPHANED);
        pool.chain.connect(found);
        pool.chain.extend(1, 0);
        pool.run(Duration.ofSeconds(2));
        assertThat(balance(1)).isEqualTo(immature("206250000"));
    }

    @Test
    void waitsForAnAbsentNodeInOrderAndGivesUpAnUnknownBlockOnlyWhenItAnswers() throws JournalException {
        BlockFound found = found(1, 5, 1, 312_500_000, 100);
        pool.chain.setAway(true);
        pool.store.append(work(log(1), 0, 100, Map.of(1, 100L)));
        pool.store.append(block(log(1), 100, 200, found));
        pool.store.append(work(log(1), 200, 300, Map.of(1, 7L)));
        pool.store.append(work(log(2), 0, 100, Map.of(2, 7L)));
        pool.run(Duration.ofMinutes(5));
        assertThat(pool.accountant.status().waitingFor())
                .isEqualTo(found.header().hash().toDisplayHex());
        assertThat(pool.store.marks).isEqualTo(Map.of(log(1), 100L));
        assertThat(view(found).state()).isEqualTo(Blocks.State.SUBMITTED);
        pool.chain.setAway(false);
        pool.run(Duration.ofSeconds(2));
        assertThat(pool.store.marks).as("still patient").isEqualTo(Map.of(log(1), 100L));
        pool.run(Duration.ofSeconds(5));
        assertThat(pool.accountant.status().waitingFor()).isEmpty();
        assertThat(pool.store.marks).isEqualTo(Map.of(log(1), 300L, log(2), 100L));
        assertThat(view(found).state()).isEqualTo(Blocks.State.ORPHANED);
        assertThat(balance(1)).isEqualTo(Balance.ZERO);
    }

    @Test
    void refusesABlockThatPaysNothingToThePool() throws JournalException {
        BlockFound found = found(1, 5, 1, Fixtures.coinbase(Fixtures.address(4).script(), 50), 100, Scheme.PPLNS);
        pool.chain.connect(found);
        pool.store.append(block(log(1), 0, 200, found));
        pool.run(Duration.ofSeconds(1));
        assertThat(view(found).state()).isEqualTo(Blocks.State.REFUSED);
        assertThat(pool.store.marks).isEqualTo(Map.of(log(1), 200L));
        assertThat(pool.metric("mote_ledger_blocks_total", "state", "rejected")).isEqualTo(1);
    }

    @Test
    void creditsABlockThatPaysAnEarlierAddressOfThePool() throws JournalException {
        pool.accountant.begin();
        pool.payee = Fixtures.address(9).script();
        pool.restart();
        pool.accountant.begin();
        BlockFound found = creditBlock();
        assertThat(view(found).state()).isEqualTo(Blocks.State.IMMATURE);
        assertThat(balance(1)).isEqualTo(immature("206250000"));
        long named = pool.journal.head().sequence();
        pool.restart();
        pool.accountant.begin();
        assertThat(pool.journal.head().sequence())
                .as("a known payee is not named again")
                .isEqualTo(named);
    }

    @Test
    void plansOneBlockOnceHoweverOftenItIsReported() throws JournalException {
        BlockFound found = creditBlock();
        pool.store.append(block(log(2), 0, 90, found));
        pool.run(Duration.ofSeconds(1));
        assertThat(balance(1)).isEqualTo(immature("206250000"));
        assertThat(view(found).state()).isEqualTo(Blocks.State.IMMATURE);
        assertThat(pool.store.marks).containsEntry(log(2), 90L);
        pool.restart();
        pool.run(Duration.ofSeconds(1));
        assertThat(balance(1)).isEqualTo(immature("206250000"));
    }

    @Test
    void owesNothingToAFinderWhomTheCoinbaseHasPaid() throws JournalException {
        Bytes coinbase = Fixtures.coinbase(Fixtures.address(1).script(), 300);
        BlockFound paid = found(1, 5, 1, coinbase, 100, Scheme.SOLO);
        BlockFound owed = found(2, 6, 2, Fixtures.coinbase(Fixtures.POOL_SCRIPT, 1000), 100, Scheme.SOLO);
        pool.chain.connect(paid);
        pool.chain.connect(owed);
        pool.store.append(work(log(1), 0, 100, Map.of(3, 100L)));
        pool.store.append(block(log(1), 100, 200, paid));
        pool.store.append(block(log(1), 200, 300, owed));
        pool.run(Duration.ofSeconds(3));
        assertThat(pool.store.balances.get(account(1))).isNull();
        assertThat(balance(2)).isEqualTo(immature("990"));
        assertThat(pool.store.balances.get(account(3))).isNull();
        assertThat(fee().immature()).isEqualTo(Money.ofSatoshis(10));
    }

    /** Two outputs, as a solo job has them: the books take what came to the pool, and that alone. */
    @Test
    void takesTheFeeOfASoloBlockAndShowsWhatItsFinderGot() throws JournalException {
        Bytes finder = Fixtures.address(1).script();
        Bytes coinbase = Fixtures.coinbase(finder, 990, Fixtures.POOL_SCRIPT, 10);
        BlockFound paid = found(1, 5, 1, coinbase, 100, Scheme.SOLO);
        pool.chain.connect(paid);
        pool.store.append(work(log(1), 0, 100, Map.of(3, 100L)));
        pool.store.append(block(log(1), 100, 200, paid));
        pool.run(Duration.ofSeconds(3));
        assertThat(pool.store.balances.get(account(1))).isNull();
        assertThat(pool.store.balances.get(account(3))).as("no window").isNull();
        assertThat(fee().immature()).isEqualTo(Money.ofSatoshis(10));
        assertThat(view(paid).scheme()).isEqualTo("SOLO");
        assertThat(view(paid).reward()).isEqualTo(Money.ofSatoshis(1000));
        assertThat(view(paid).fee()).isEqualTo(Money.ofSatoshis(10));
    }

    @Test
    void owesNothingToAnOperatorWhoMinesAloneToThePoolsAddress() throws JournalException {
        Bytes coinbase = Fixtures.coinbase(Fixtures.POOL_SCRIPT, 1000);
        BlockFound own = found(1, 5, 999, coinbase, 100, Scheme.SOLO);
        pool.chain.connect(own);
        pool.store.append(block(log(1), 0, 100, own));
        pool.run(Duration.ofSeconds(3));
        assertThat(pool.store.balances.get(account(999))).isNull();
        assertThat(fee().immature()).isEqualTo(Money.ofSatoshis(1000));
    }

    @Test
    void paysTheFinderOfABlockBeforeAnyWork() throws JournalException {
        BlockFound found = found(1, 5, 1, 1000, 0);
        pool.chain.connect(found);
        pool.store.append(block(log(1), 0, 200, found));
        pool.run(Duration.ofSeconds(1));
        assertThat(balance(1)).isEqualTo(immature("1000"));
    }

    @Test
    void haltsCreditsLoudlyWhenTheStoreIsNotTheLedger() throws JournalException {
        creditBlock();
        pool.store.balances.put(account(2), immature("103125001"));
        BlockFound next = found(2, 6, 1, 312_500_000, 100);
        pool.chain.connect(next);
        pool.store.append(block(log(1), 200, 300, next));
        pool.run(Duration.ofSeconds(2));
        // The next step writes the account anew; a balance that no step touches shows.
        pool.store.balances.put(account(9), immature("1"));
        BlockFound third = found(3, 7, 1, 312_500_000, 100);
        pool.chain.connect(third);
        pool.store.append(block(log(1), 300, 400, third));
        pool.store.append(work(log(2), 0, 50, Map.of(1, 5L)));
        pool.run(Duration.ofSeconds(2));
        assertThat(pool.accountant.status().halted()).contains("store's balances");
        assertThat(pool.metric("mote_ledger_imbalance_satoshis")).isEqualTo(1);
        BlockFound fourth = found(4, 8, 1, 312_500_000, 100);
        pool.chain.connect(fourth);
        pool.store.append(block(log(1), 400, 500, fourth));
        pool.run(Duration.ofSeconds(5));
        assertThat(pool.store.marks).containsEntry(log(1), 400L).containsEntry(log(2), 50L);
        assertThat(pool.store.state.orElseThrow().halted()).contains("store's balances");
    }

    @Test
    void rebuildsAnEmptiedStoreExactly() throws JournalException {
        BlockFound found = creditBlock();
        Map<?, ?> before = Map.copyOf(pool.store.balances);
        Map<?, ?> credits = Map.copyOf(pool.store.credits);
        pool.store.empty();
        pool.run(Duration.ofSeconds(2));
        assertThat(pool.store.balances).as("without any new work").isEqualTo(before);
        pool.store.append(work(log(1), 200, 300, Map.of(1, 10L)));
        pool.run(Duration.ofSeconds(5));
        assertThat(pool.store.balances).isEqualTo(before);
        assertThat(pool.store.credits).isEqualTo(credits);
        assertThat(pool.store.marks).isEqualTo(Map.of(log(1), 300L));
        assertThat(view(found).state()).isEqualTo(Blocks.State.IMMATURE);
    }

    @Test
    void rebuildsAStoreThatIsEmptiedWhileItIsVerifiedAndDoesNotHalt() throws JournalException {
        creditBlock();
        Map<?, ?> before = Map.copyOf(pool.store.balances);
        pool.restart();
        pool.store.beforeTotals = pool.store::empty;
        pool.run(Duration.ofSeconds(3));
        assertThat(pool.accountant.status().halted()).isEmpty();
        assertThat(pool.store.balances).isEqualTo(before);
        assertThat(pool.accountant.status().isReady()).isTrue();
    }

    @Test
    void publishesMarksAgainThatARestartedStoreLost() throws JournalException {
        creditBlock();
        assertThat(pool.store.marks).containsEntry(log(1), 200L);
        // What came last before the break is gone, the balances are not, and no call was under way.
        pool.store.marks.put(log(1), 100L);
        pool.store.interruptions++;
        pool.run(Duration.ofSeconds(2));
        assertThat(pool.store.marks).containsEntry(log(1), 200L);
    }

    @Test
    void goesOnWhereItWasWhenTheStoreComesBack() throws JournalException {
        pool.store.append(work(log(1), 0, 100, Map.of(1, 100L, 2, 50L)));
        pool.turn();
        pool.faults.setAway(true);
        pool.run(Duration.ofSeconds(5));
        assertThat(pool.accountant.status().isReady()).isFalse();
        BlockFound found = found(1, 5, 1, 312_500_000, 100);
        pool.chain.connect(found);
        pool.store.append(block(log(1), 100, 200, found));
        pool.faults.setAway(false);
        pool.run(Duration.ofSeconds(2));
        assertThat(balance(1)).isEqualTo(immature("206250000"));
        assertThat(pool.accountant.status().isReady()).isTrue();
        assertThat(pool.books.slices()).isEqualTo(1);
    }

    @Test
    void refusesAStoreOfAnotherJournalAndWritesNothingToIt() throws JournalException {
        pool.store.position = Optional.of(new Position("00".repeat(16), 3, "00".repeat(32)));
        pool.store.append(work(log(1), 0, 100, Map.of(1, 100L)));
        pool.run(Duration.ofSeconds(10));
        assertThat(pool.accountant.status().halted()).contains("journal").contains("empty the store");
        assertThat(pool.store.marks).isEmpty();
        assertThat(pool.store.balances).isEmpty();
        pool.store.position = Optional.empty();
        pool.run(Duration.ofSeconds(10));
        assertThat(pool.accountant.status().isReady()).isTrue();
        assertThat(pool.store.marks).isEqualTo(Map.of(log(1), 100L));
    }

    @Test
    void refusesAStoreThatIsAheadOfTheJournalOrHasPartedFromIt() throws JournalException {
        creditBlock();
        Position mine = pool.store.position.orElseThrow();
        pool.store.position = Optional.of(new Position(mine.journal(), mine.sequence() + 1, mine.hash()));
        pool.restart();
        pool.turn();
        assertThat(pool.accountant.status().halted()).contains("lost records");
        pool.store.position = Optional.of(new Position(mine.journal(), mine.sequence(), "ab".repeat(32)));
        pool.restart();
        pool.turn();
        assertThat(pool.accountant.status().halted()).contains("have parted");
    }

    @Test
    void creditsABlockThatOnlyTheChainToldOfAfterHalfOfMaturityAndTakesALateRecordForNothing() throws JournalException {
        pool.accountant.begin();
        pool.store.append(work(log(1), 0, 100, Map.of(1, 100L, 2, 50L)));
        pool.run(Duration.ofSeconds(3));
        BlockFound lost = tagged(log(1), 5, 312_500_000);
        BlockFound foreign = tagged(log(7), 6, 1_000);
        pool.chain.connect(lost);
        pool.chain.connect(foreign);
        pool.chain.extend(1, 0);
        pool.run(Duration.ofSeconds(3));
        assertThat(pool.store.blocks).as("waits for its record").isEmpty();
        pool.chain.extend(1, 0);
        pool.run(Duration.ofSeconds(3));
        assertThat(balance(1)).isEqualTo(immature("208333333.333333333333"));
        assertThat(view(lost).state()).isEqualTo(Blocks.State.IMMATURE);
        assertThat(view(lost).finder()).isEmpty();
        assertThat(pool.store.blocks).as("no log of ours is named by the other").hasSize(1);
        pool.store.append(block(log(1), 100, 200, lost));
        pool.run(Duration.ofSeconds(2));
        assertThat(pool.store.marks).isEqualTo(Map.of(log(1), 200L));
        assertThat(balance(1)).as("the late record is nothing").isEqualTo(immature("208333333.333333333333"));
        pool.chain.extend(4, 0);
        pool.run(Duration.ofSeconds(3));
        assertThat(balance(1).available()).isEqualTo(Money.parse("208333333.333333333333"));
        pool.restart();
        pool.accountant.begin();
        pool.run(Duration.ofSeconds(3));
        assertThat(pool.accountant.totals().rewards()).isEqualTo(Money.ofSatoshis(312_500_000));
    }

    @Test
    void findsAnUnreportedBlockThatCameWhileNoAccountantLooked() throws JournalException {
        pool.accountant.begin();
        pool.store.append(work(log(1), 0, 100, Map.of(1, 100L)));
        pool.chain.extend(3, 0);
        pool.run(Duration.ofSeconds(3));
        BlockFound lost = tagged(log(1), 5, 1_000);
        pool.chain.connect(lost);
        pool.chain.extend(80, 0);
        pool.restart();
        pool.accountant.begin();
        pool.run(Duration.ofSeconds(8));
        assertThat(balance(1).available()).isEqualTo(Money.ofSatoshis(1_000));
    }

    @Test
    void anUnreportedBlockThatTheChainTurnedFromIsNotCredited() throws JournalException {
        pool.accountant.begin();
        pool.store.append(work(log(1), 0, 100, Map.of(1, 100L)));
        pool.run(Duration.ofSeconds(3));
        pool.chain.connect(tagged(log(1), 5, 1_000));
        pool.run(Duration.ofSeconds(2));
        pool.chain.reorganize(5, 8, 3);
        pool.run(Duration.ofSeconds(3));
        assertThat(pool.store.blocks).isEmpty();
        assertThat(balance(1)).isEqualTo(Balance.ZERO);
    }

    @Test
    void twoBlocksInOneSliceArePaidBySameWorkEach() throws JournalException {
        BlockFound first = found(1, 5, 1, 1_000, 0);
        BlockFound second = found(2, 6, 2, 3_000, 0);
        pool.chain.connect(first);
        pool.chain.connect(second);
        pool.store.append(work(log(1), 0, 100, Map.of(1, 100L, 2, 100L)));
        pool.store.append(block(log(1), 100, 200, first));
        pool.store.append(block(log(1), 200, 300, second));
        pool.run(Duration.ofSeconds(3));
        assertThat(pool.books.slices()).isEqualTo(1);
        assertThat(balance(1)).isEqualTo(immature("2000"));
        assertThat(balance(2)).isEqualTo(immature("2000"));
    }

    @Test
    void startsFromASnapshotWithTheSameBooksBitForBit() throws Exception {
        pool.accountant.begin();
        for (int i = 0; i < 7; i++) {
            pool.store.append(work(log(1), i * 20, i * 20 + 10, Map.of(1, 100L + i, 10 + i, 50L)));
            BlockFound found = found(i, 5 + i, i % 3, 312_500_000 + i, 100);
            pool.chain.connect(found);
            pool.store.append(block(log(1), i * 20 + 10, i * 20 + 20, found));
            pool.run(Duration.ofSeconds(3));
        }
        Path journal = FileJournal.directoryIn(data);
        List<Path> snapshots = Snapshots.newestFirst(journal);
        assertThat(snapshots).hasSize(2);
        LedgerProof whole = LedgerProof.of(journal);
        assertThat(whole.trouble()).isEmpty();
        for (Path snapshot : snapshots) {
            LedgerProof shorter = LedgerProof.from(snapshot, journal);
            assertThat(Snapshots.digest(shorter.books())).isEqualTo(Snapshots.digest(whole.books()));
            assertThat(shorter.head()).isEqualTo(whole.head());
        }
        assertThat(Snapshots.digest(pool.books)).isEqualTo(Snapshots.digest(whole.books()));
        byte[] damaged = Files.readAllBytes(snapshots.getFirst());
        damaged[damaged.length / 2] ^= 1;
        Files.write(snapshots.getFirst(), damaged);
        assertThatThrownBy(() -> LedgerProof.from(snapshots.getFirst(), journal))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("snapshot");
    }

    /** A block whose coinbase names a log, as ours do. */
    private static BlockFound tagged(LogShard log, int height, long satoshis) {
        Bytes tag = new ByteWriter()
                .bytes(Bytes.ofHex("03a0b0c0"))
                .u8(CoinbaseTag.BYTES)
                .bytes(log.log().tag())
                .i32(77)
                .toBytes();
        ByteWriter out =
                new ByteWriter().i32(2).compactSize(1).bytes(new byte[32]).i32(-1);
        out.sized(tag).i32(-1).compactSize(1).i64(satoshis).sized(Fixtures.POOL_SCRIPT);
        return found(height, height, 1, out.i32(0).toBytes(), 0, Scheme.PPLNS);
    }

    private BlockFound creditBlock() throws JournalException {
        BlockFound found = found(1, 5, 1, 312_500_000, 100);
        pool.chain.connect(found);
        pool.store.append(work(log(1), 0, 100, Map.of(1, 100L, 2, 50L)));
        pool.store.append(block(log(1), 100, 200, found));
        pool.run(Duration.ofSeconds(1));
        return found;
    }

    private Balance balance(int miner) {
        Balance found = pool.store.balances.get(account(miner));
        return found == null ? Balance.ZERO : found;
    }

    private Balance fee() {
        Balance found = pool.store.balances.get(Balances.FEE_ACCOUNT);
        return found == null ? Balance.ZERO : found;
    }

    private Blocks.BlockView view(BlockFound found) {
        Blocks.BlockView view = pool.store.blocks.get(found.header().hash().toDisplayHex());
        assertThat(view).isNotNull();
        return Objects.requireNonNull(view);
    }

    private static Balance immature(String satoshis) {
        return new Balance(Money.parse(satoshis), Money.ZERO, Money.ZERO, Money.ZERO);
    }
}
