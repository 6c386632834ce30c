package org.motepool.payout.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.account.Scheme;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.sharelog.LogRange;
import org.motepool.payout.accountant.Fixtures;
import org.motepool.payout.journal.FileJournal;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalRecord;
import org.motepool.payout.journal.JournalRecord.AccountOpened;
import org.motepool.payout.journal.JournalRecord.SliceSealed;
import org.motepool.payout.journal.SliceCell;

/** A day of one-minute slices of a hundred accounts, replayed. */
final class ReplaySpeedTest {
    private static final int SLICES = 1_440;
    private static final int ACCOUNTS = 100;

    @TempDir
    private Path directory;

    @Test
    @Tag("soak")
    void replaysADayInSeconds() throws JournalException {
        try (FileJournal journal = FileJournal.open(directory, Optional.empty(), "devnet", (at, record) -> {})) {
            List<JournalRecord> records = new ArrayList<>();
            for (int i = 0; i < ACCOUNTS; i++) {
                records.add(new AccountOpened(i, Fixtures.address(i).canonical()));
            }
            for (int number = 1; number <= SLICES; number++) {
                records.add(slice(number));
            }
            journal.append(records);
        }
        Books books = new Books(8);
        long begin = System.nanoTime();
        try (FileJournal journal = FileJournal.open(directory, Optional.empty(), "devnet", books::visit)) {
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            long bytes = directory.resolve("0000000000000001.journal").toFile().length();
            System.out.printf(
                    "replay: %d records, %d bytes in %d ms, %d bytes a cell, %d bytes per active account and day%n",
                    journal.head().sequence(), bytes, millis, bytes / SLICES / ACCOUNTS, bytes / ACCOUNTS);
            assertThat(books.slices()).isEqualTo(SLICES);
            assertThat(millis).isLessThan(20_000);
        }
    }

    private static SliceSealed slice(int number) {
        List<SliceCell> cells = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            cells.add(new SliceCell(Scheme.PPLNS, Fixtures.NBITS, i, 1L << (number % 40), 1 + number % 7));
        }
        return new SliceSealed(
                number,
                number,
                List.of(new LogRange(Fixtures.log(1), (number - 1) * 100L, number * 100L)),
                cells,
                Bytes.copyOf(new byte[32]),
                1);
    }
}
