package org.motepool.pool.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.money.Money;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.payout.books.Books;
import org.motepool.payout.journal.FileJournal;
import org.motepool.payout.journal.JournalRecord;
import org.motepool.payout.journal.JournalRecord.PotFunded;
import org.motepool.payout.journal.JournalRecord.SliceSealed;
import org.motepool.payout.journal.SliceCell;
import org.motepool.payout.slice.OpenSlice;
import org.motepool.pool.Failure;
import org.motepool.validator.audit.AuditFixtures;
import org.motepool.validator.log.LogEntries;
import org.motepool.validator.log.LogFiles;
import org.motepool.validator.log.LogGroup;
import org.motepool.validator.log.ShareLogReader;
import picocli.CommandLine;

/** The commands that look into a journal, and an audit that holds it against the logs. */
class LedgerCommandTest {
    private static final int SHARES = 300;

    @TempDir
    private Path data;

    private final StringWriter out = new StringWriter();

    private int run(Object command, String... arguments) {
        out.getBuffer().setLength(0);
        CommandLine line = new CommandLine(command);
        line.setOut(new PrintWriter(out));
        line.setExecutionExceptionHandler(
                (failure, parsed, result) -> failure instanceof Failure known ? known.exitCode() : 1);
        return line.execute(arguments);
    }

    private JsonNode json() throws Exception {
        return new JsonMapper().readTree(out.toString());
    }

    /** Two logs read into one slice, and a funded pot; the slice may be told otherwise. */
    private void journal(UnaryOperator<SliceSealed> told) throws Exception {
        OpenSlice open = new OpenSlice();
        for (int i = 0; i < 2; i++) {
            Path log = AuditFixtures.write(data.resolve("shares"), SHARES, AuditFixtures::sound);
            long end = end(log);
            try (LogEntries entries = LogEntries.open(log, 0, 0, () -> end)) {
                for (Optional<WorkEntry> next = entries.next(); next.isPresent(); next = entries.next()) {
                    open.take(next.get());
                }
            }
        }
        Books books = new Books(8);
        List<JournalRecord> records = new ArrayList<>(open.seal(1, 1_700_000_000_000L, books.accounts()));
        records.set(records.size() - 1, told.apply((SliceSealed) records.getLast()));
        records.add(
                new PotFunded(Bytes.copyOf(new byte[JournalRecord.REQUEST_BYTES]), Money.ofSatoshis(77), false, "", 1));
        try (FileJournal journal =
                FileJournal.open(FileJournal.directoryIn(data), Optional.empty(), "bench", books::visit)) {
            journal.append(records);
        }
    }

    private static long end(Path log) throws Exception {
        try (ShareLogReader reader = ShareLogReader.open(log, LogFiles.DISK)) {
            Optional<LogGroup> group = reader.next();
            while (group.isPresent()) {
                group = reader.next();
            }
            return reader.offset();
        }
    }

    @Test
    void verifyPrintsSumsAsDecimalStrings() throws Exception {
        journal(slice -> slice);
        assertThat(run(new LedgerCommand(), "verify", "--data", data.toString(), "--json"))
                .isZero();
        assertThat(json().get("ok").asBoolean()).isTrue();
        assertThat(json().get("entries").asLong()).isGreaterThanOrEqualTo(3);
        assertThat(json().get("sum").asText()).isEqualTo("0");
        assertThat(json().get("owed").asText()).isEqualTo("0.000000000000");
        assertThat(json().get("pot").asText()).isEqualTo("77.000000000000");
        assertThat(json().get("held").isNull()).isTrue();
        assertThat(json().get("shares").asLong()).isEqualTo(2 * SHARES);
    }

    @Test
    void oneFlippedBitIsFoundAtItsRecordAndEndsWithCode5() throws Exception {
        journal(slice -> slice);
        Path segment = FileJournal.directoryIn(data).resolve("0000000000000001.journal");
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length - 20] ^= 4;
        Files.write(segment, bytes);
        assertThat(run(new LedgerCommand(), "verify", "--data", data.toString(), "--json"))
                .isEqualTo(Failure.BAD_RECORD);
        assertThat(json().get("ok").asBoolean()).isFalse();
        assertThat(json().get("trouble").asText()).contains("record ", segment.toString());
        assertThat(run(new AuditCommand(), "--data", data.toString(), "--json")).isEqualTo(Failure.BAD_RECORD);
        assertThat(json().get("first_bad").get("reason").asText()).contains("record ");
    }

    @Test
    void anAuditMakesEverySliceAgainFromTheLogs() throws Exception {
        journal(slice -> slice);
        assertThat(run(new AuditCommand(), "--data", data.toString(), "--json")).isZero();
        assertThat(json().get("journal").get("slices").asLong()).isEqualTo(1);
        assertThat(json().get("journal").get("shares").asLong()).isEqualTo(2 * SHARES);
        assertThat(json().get("journal").get("unchecked").asLong()).isZero();
    }

    @Test
    void anAuditFindsASliceWithMoreWorkThanTheLogs() throws Exception {
        journal(slice -> {
            List<SliceCell> cells = new ArrayList<>(slice.cells());
            SliceCell cell = cells.getFirst();
            cells.set(
                    0, new SliceCell(cell.scheme(), cell.nbits(), cell.account(), cell.workUnits() + 1, cell.shares()));
            return new SliceSealed(slice.number(), slice.at(), slice.ranges(), cells, slice.root(), slice.entries());
        });
        assertThat(run(new AuditCommand(), "--data", data.toString(), "--json")).isEqualTo(Failure.BAD_RECORD);
        assertThat(json().get("first_bad").get("reason").asText()).contains("work is not");
    }

    @Test
    void anAuditFindsASliceWithAnotherRoot() throws Exception {
        journal(slice -> new SliceSealed(
                slice.number(),
                slice.at(),
                slice.ranges(),
                slice.cells(),
                Bytes.copyOf(new byte[32]),
                slice.entries()));
        assertThat(run(new AuditCommand(), "--data", data.toString(), "--json")).isEqualTo(Failure.BAD_RECORD);
        assertThat(json().get("first_bad").get("reason").asText()).contains("Merkle root");
    }

    @Test
    void exportWritesEveryTransfer() throws Exception {
        journal(slice -> slice);
        assertThat(run(new LedgerCommand(), "export", "--csv", "--data", data.toString()))
                .isZero();
        assertThat(out.toString().lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("pot funded", ",wallet,pot,77.000000000000"));
        assertThat(run(new LedgerCommand(), "export", "--json", "--data", data.toString()))
                .isZero();
        assertThat(json().get(0).get("debit").asText()).isEqualTo("wallet");
    }

    @Test
    void wrongUseIsToldClearly() throws Exception {
        assertThat(run(
                        new LedgerCommand(),
                        "verify",
                        "--data",
                        data.resolve("nowhere").toString()))
                .isEqualTo(Failure.FAILED);
        assertThat(run(new PotCommand(), "fund", "--satoshis", "5", "--data", data.toString()))
                .isEqualTo(Failure.FAILED);
        journal(slice -> slice);
        assertThat(run(new PotCommand(), "fund", "--satoshis", "0", "--data", data.toString()))
                .isEqualTo(Failure.WRONG_USAGE);
        assertThat(run(new PotCommand(), "fund", "--satoshis", "5", "--data", data.toString()))
                .isZero();
        assertThat(data.resolve("journal").resolve("requests")).isNotEmptyDirectory();
    }
}
