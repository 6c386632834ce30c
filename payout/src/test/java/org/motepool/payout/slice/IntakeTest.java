package org.motepool.payout.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.motepool.payout.accountant.Fixtures.log;
import static org.motepool.payout.accountant.Fixtures.work;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.sharelog.LogRecord.BlockFound;
import org.motepool.payout.accountant.Fixtures;
import org.motepool.payout.books.Books;

/** What becomes of an entry, by the high-water of its log. */
final class IntakeTest {
    private final Books books = new Books(8);
    private final OpenSlice open = new OpenSlice();
    private final Intake intake = new Intake("devnet", books, open);

    /** The log was journaled to 100 and read to 150. */
    @ParameterizedTest
    @CsvSource({
        "150, 200, TAKEN",
        "100, 150, ALREADY_READ",
        "0, 100, ALREADY_READ",
        "0, 50, ALREADY_READ",
        "0, 150, ALREADY_READ",
        "160, 200, GAP",
        "140, 200, STRADDLES",
        "0, 200, STRADDLES",
        "100, 151, STRADDLES"
    })
    void judgesByTheHighWater(long from, long to, EntryVerdict verdict) {
        read(0, 100);
        open.seal(1, 0, books.accounts()).forEach(books::apply);
        open.clear();
        read(100, 150);
        assertThat(intake.judge(entry(from, to))).isEqualTo(verdict);
        assertThat(intake.readTo(log(1))).isEqualTo(150);
    }

    @Test
    void haltsACorruptLogAloneAndForGood() {
        read(0, 100);
        assertThat(intake.judge(entry(50, 150))).isEqualTo(EntryVerdict.STRADDLES);
        assertThat(intake.judge(entry(100, 150))).isEqualTo(EntryVerdict.HALTED);
        assertThat(intake.judge(work(log(2), 0, 10, Map.of(1, 1L)))).isEqualTo(EntryVerdict.TAKEN);
        assertThat(intake.halted()).containsOnlyKeys(log(1));
    }

    @Test
    void goesOnWhenWhatWasMissingComes() {
        read(0, 100);
        assertThat(intake.judge(entry(150, 200))).isEqualTo(EntryVerdict.GAP);
        assertThat(intake.halted()).containsOnlyKeys(log(1));
        read(100, 150);
        assertThat(intake.halted()).isEmpty();
        read(150, 200);
        assertThat(intake.readTo(log(1))).isEqualTo(200);
    }

    @Test
    void refusesWorkOfAnotherChain() {
        WorkEntry mine = entry(0, 100);
        WorkEntry foreign = new WorkEntry(
                "main", mine.source(), 0, 100, mine.addresses(), mine.cells(), mine.sharesRoot(), Optional.empty());
        assertThat(intake.judge(foreign)).isEqualTo(EntryVerdict.FOREIGN_CHAIN);
        assertThat(intake.judge(mine)).isEqualTo(EntryVerdict.TAKEN);
    }

    @Test
    void haltsALogThatCreditsAnAccountWithoutAddress() {
        WorkEntry mine = entry(0, 100);
        WorkEntry undeclared = new WorkEntry(
                "devnet", mine.source(), 0, 100, List.of(), mine.cells(), mine.sharesRoot(), Optional.empty());
        assertThat(intake.judge(undeclared)).isEqualTo(EntryVerdict.UNSOUND);
        assertThat(intake.halted().get(log(1))).contains("never declared");
    }

    @Test
    void knowsAnAddressThatWasDeclaredBeforeItsWork() {
        WorkEntry mine = entry(0, 100);
        Bytes root = mine.sharesRoot();
        take(new WorkEntry("devnet", log(1), 0, 50, mine.addresses(), List.of(), root, Optional.empty()));
        open.seal(1, 0, books.accounts()).forEach(books::apply);
        open.clear();
        take(new WorkEntry("devnet", log(1), 50, 100, List.of(), mine.cells(), root, Optional.empty()));
        assertThat(open.seal(2, 0, books.accounts())).hasSize(1);
    }

    @Test
    void haltsALogWhoseSumsNoSliceCanHold() {
        take(work(log(1), 0, 10, Map.of(1, Long.MAX_VALUE)));
        assertThat(intake.judge(work(log(1), 10, 20, Map.of(1, 1L)))).isEqualTo(EntryVerdict.UNSOUND);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 129})
    void haltsALogWhoseBlockHasNoFinderThatCanBeOpened(int characters) {
        BlockFound found = Fixtures.found(1, 5, 1, 1000, 0);
        BlockFound wrong = new BlockFound(
                found.header(),
                found.coinbase(),
                found.jobNumber(),
                found.height(),
                found.scheme(),
                found.feeBasisPoints(),
                "a".repeat(characters),
                found.worker());
        assertThat(intake.judge(Fixtures.block(log(1), 0, 10, wrong))).isEqualTo(EntryVerdict.UNSOUND);
        assertThat(intake.judge(Fixtures.block(log(2), 0, 10, found))).isEqualTo(EntryVerdict.TAKEN);
    }

    private void read(long from, long to) {
        take(entry(from, to));
    }

    private void take(WorkEntry entry) {
        assertThat(intake.judge(entry)).isEqualTo(EntryVerdict.TAKEN);
        open.take(entry);
    }

    private static WorkEntry entry(long from, long to) {
        return Fixtures.work(log(1), from, to, Map.of(1, 5L));
    }
}
