package org.motepool.pool.command;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.motepool.core.account.AccountId;
import org.motepool.validator.audit.AccountStatement;
import org.motepool.validator.audit.AuditReport;
import org.motepool.validator.audit.AuditReport.LogReport;
import org.motepool.validator.audit.BadRecord;
import org.motepool.validator.audit.JournalAudit;

/** An audit's result as one JSON object, written as it is read: an account may have millions of ranges. */
final class AuditJson {
    private final JsonGenerator json;

    private AuditJson(JsonGenerator json) {
        this.json = json;
    }

    /** @param account whose work is read from the logs again; none where null */
    static void write(AuditReport report, @Nullable AccountId account, String address, PrintWriter out)
            throws IOException {
        try (JsonGenerator generator =
                new JsonMapper().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            AuditJson json = new AuditJson(generator);
            generator.writeStartObject();
            json.totals(report);
            if (account != null) {
                json.account(report, account, address);
            }
            generator.writeEndObject();
        } catch (UncheckedIOException e) {
            throw new IOException("the result cannot be written", e);
        }
        out.println();
        out.flush();
    }

    private void totals(AuditReport report) throws IOException {
        json.writeNumberField("records", report.records());
        json.writeNumberField("bad", report.bad());
        BadRecord bad = report.firstBad().orElse(null);
        if (bad == null) {
            json.writeNullField("first_bad");
        } else {
            json.writeObjectFieldStart("first_bad");
            json.writeStringField("file", bad.file());
            json.writeNumberField("offset", bad.offset());
            json.writeStringField("reason", bad.reason());
            json.writeEndObject();
        }
        JournalAudit.Result journal = report.journal().orElse(null);
        if (journal == null) {
            json.writeNullField("journal");
        } else {
            json.writeObjectFieldStart("journal");
            json.writeNumberField("slices", journal.slices());
            json.writeNumberField("blocks", journal.blocks());
            json.writeNumberField("unchecked", journal.unchecked());
            json.writeNumberField("shares", journal.shares());
            json.writeNumberField("bad", journal.bad());
            json.writeEndObject();
        }
        json.writeNumberField("shares_per_s", report.sharesPerSecond());
        json.writeNumberField("logs", report.logs().size());
        work(report.workUnits(), report.shares());
    }

    private void account(AuditReport report, AccountId account, String address) throws IOException {
        BigInteger work = BigInteger.ZERO;
        long shares = 0;
        json.writeObjectFieldStart("account");
        json.writeStringField("address", address);
        json.writeArrayFieldStart("logs");
        for (LogReport log : report.logs()) {
            if (log.records() > 0) {
                AccountStatement.Range sum = log(log, account);
                work = work.add(sum.workUnits());
                shares += sum.shares();
            }
        }
        json.writeEndArray();
        work(work, shares);
        json.writeEndObject();
    }

    private AccountStatement.Range log(LogReport log, AccountId account) throws IOException {
        json.writeStartObject();
        json.writeStringField("log", log.directory().toString());
        json.writeArrayFieldStart("ranges");
        AccountStatement.Range sum = AccountStatement.read(log.directory(), log.end(), account, this::range);
        json.writeEndArray();
        work(sum.workUnits(), sum.shares());
        json.writeEndObject();
        return sum;
    }

    private void range(AccountStatement.Range range) {
        try {
            json.writeStartObject();
            json.writeNumberField("from", range.from());
            json.writeNumberField("to", range.to());
            work(range.workUnits(), range.shares());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void work(BigInteger workUnits, long shares) throws IOException {
        json.writeFieldName("work_units");
        json.writeNumber(workUnits);
        json.writeNumberField("shares", shares);
    }
}
