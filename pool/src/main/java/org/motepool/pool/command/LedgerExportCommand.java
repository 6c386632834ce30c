package org.motepool.pool.command;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.motepool.payout.PayoutSettings;
import org.motepool.payout.books.Accounts;
import org.motepool.payout.books.Books;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalRecord;
import org.motepool.payout.ledger.LedgerAccount;
import org.motepool.payout.ledger.Step;
import org.motepool.payout.ledger.Transfer;
import org.motepool.payout.proof.LedgerProof;
import org.motepool.pool.Failure;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes every entry of the double-entry ledger, one line a transfer, for other bookkeeping. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes every transfer to standard output: record, kind, subject, debit, credit, amount.")
final class LedgerExportCommand implements Callable<Integer> {
    @Mixin
    private final LedgerOptions options = new LedgerOptions();

    @ArgGroup(multiplicity = "1")
    private Form form = new Form();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** One of both. */
    static final class Form {
        @Option(names = "--csv", description = "As comma separated values with a header line.")
        private boolean csv;

        /** Not read: it is what is left where the other is not given. */
        @Option(names = "--json", description = "As one JSON array of objects.")
        boolean json;
    }

    @Override
    public Integer call() throws Failure {
        LogLevel.onlyWarnings();
        Path journal = options.journal();
        PrintWriter out = spec.commandLine().getOut();
        try (JsonGenerator json = !form.csv
                ? new JsonMapper().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                : null) {
            if (json == null) {
                out.println("record,kind,subject,debit,credit,amount");
            } else {
                json.writeStartArray();
            }
            Books books = new Books(PayoutSettings.WINDOW_BLOCKS);
            List<Step> steps = new ArrayList<>();
            books.onStep(steps::add);
            var _ = LedgerProof.of(journal, books, Long.MAX_VALUE, (at, record) -> {
                for (Step step : steps) {
                    step.transfers()
                            .forEach(transfer ->
                                    write(Line.of(at.sequence(), record, transfer, books.accounts()), json, out));
                }
                steps.clear();
            });
            if (json != null) {
                json.writeEndArray();
            }
        } catch (IOException | UncheckedIOException e) {
            throw new Failure(Failure.FAILED, "the ledger cannot be written out: " + e.getMessage(), e);
        } catch (JournalException e) {
            throw new Failure(Failure.BAD_RECORD, String.valueOf(e.getMessage()), e);
        }
        if (!form.csv) {
            out.println();
        }
        out.flush();
        return 0;
    }

    private static void write(Line line, @Nullable JsonGenerator json, PrintWriter out) {
        if (json == null) {
            // No field can hold a comma or a quote: numbers, names of ours, hashes, addresses.
            out.println(line.record + "," + line.kind + "," + line.subject + "," + line.debit + "," + line.credit + ","
                    + line.amount);
            return;
        }
        try {
            json.writeStartObject();
            json.writeNumberField("record", line.record);
            json.writeStringField("kind", line.kind);
            json.writeStringField("subject", line.subject);
            json.writeStringField("debit", line.debit);
            json.writeStringField("credit", line.credit);
            json.writeStringField("amount", line.amount);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One transfer. */
    private record Line(long record, String kind, String subject, String debit, String credit, String amount) {
        static Line of(long sequence, JournalRecord record, Transfer transfer, Accounts accounts) {
            return new Line(
                    sequence,
                    kind(record),
                    subject(record),
                    name(transfer.debit(), accounts),
                    name(transfer.credit(), accounts),
                    transfer.amount().toString());
        }

        private static String kind(JournalRecord record) {
            return switch (record) {
                case JournalRecord.BlockRegistered _ -> "block";
                case JournalRecord.BlockMoved moved -> "block " + lower(moved.to());
                case JournalRecord.PotFunded _ -> "pot funded";
                case JournalRecord.PotShared _ -> "pot shared";
                case JournalRecord.Corrected _ -> "correction";
                case JournalRecord.PayoutPlanned _ -> "payout planned";
                case JournalRecord.PayoutMoved moved -> "payout " + lower(moved.to());
                default -> record.getClass().getSimpleName();
            };
        }

        private static String subject(JournalRecord record) {
            return switch (record) {
                case JournalRecord.BlockRegistered block -> block.hash().toDisplayHex();
                case JournalRecord.BlockMoved moved -> moved.hash().toDisplayHex();
                case JournalRecord.PotFunded funded -> funded.request().toHex();
                case JournalRecord.PotShared shared -> "day " + shared.day();
                case JournalRecord.Corrected corrected -> corrected.request().toHex();
                case JournalRecord.PayoutPlanned planned -> Long.toString(planned.number());
                case JournalRecord.PayoutMoved moved -> Long.toString(moved.number());
                default -> "";
            };
        }

        private static String name(LedgerAccount account, Accounts accounts) {
            return switch (account) {
                case LedgerAccount.Pool pool -> lower(pool);
                case LedgerAccount.Miner(int index, LedgerAccount.Part part) ->
                    "miner:" + accounts.address(index) + ":" + lower(part);
            };
        }

        private static String lower(Enum<?> value) {
            return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
