package org.motepool.pool.command;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.motepool.core.account.AccountId;
import org.motepool.core.time.PoolClock;
import org.motepool.validator.audit.AccountStatement;
import org.motepool.validator.audit.AuditProgress;
import org.motepool.validator.audit.AuditReport;
import org.motepool.validator.audit.AuditReport.LogReport;

/** What an audit tells a person: a bar with the rate while it runs on a terminal, the result, an account's work. */
final class AuditScreen implements AuditProgress {
    private static final String CLEAR_LINE = "\r\033[K";
    private static final int BAR_CHARACTERS = 30;
    private static final Duration BETWEEN_LINES = Duration.ofMillis(200);

    private final @Nullable PrintWriter out;
    private final PoolClock clock;
    private final boolean terminal;
    private final long start;
    private long shownAt;
    private String hashedBy = "";

    /** Silent without a writer. */
    AuditScreen(@Nullable PrintWriter out, PoolClock clock) {
        this.out = out;
        this.clock = clock;
        terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        start = clock.nanos();
        shownAt = start;
    }

    @Override
    public void at(long doneBytes, long totalBytes, long shares) {
        long now = clock.nanos();
        if (out == null || !terminal || now - shownAt < BETWEEN_LINES.toNanos()) {
            return;
        }
        shownAt = now;
        out.print(CLEAR_LINE + line(doneBytes, totalBytes, shares, now - start));
        out.flush();
    }

    /** The bar, how much, how fast. */
    static String line(long doneBytes, long totalBytes, long shares, long nanos) {
        long total = Math.max(1, totalBytes);
        int full = (int) (doneBytes * BAR_CHARACTERS / total);
        return "  [%s%s] %3d %%  %d shares  %d/s"
                .formatted(
                        "#".repeat(full),
                        "-".repeat(BAR_CHARACTERS - full),
                        doneBytes * 100 / total,
                        shares,
                        shares * 1000 / Math.max(1, nanos / 1_000_000));
    }

    /** Which hasher was in use at the end, and why. */
    void hashedBy(String reason) {
        hashedBy = reason;
    }

    void print(AuditReport report) {
        if (out == null) {
            return;
        }
        if (terminal) {
            out.print(CLEAR_LINE);
        }
        out.println("  logs        " + report.logs().size());
        out.println("  records     " + report.records());
        out.println("  shares      " + report.shares() + ", " + report.sharesPerSecond() + " a second");
        out.println("  hashed by   " + hashedBy);
        out.println("  work units  " + report.workUnits() + " (of 2^16 hashes)");
        PrintWriter target = out;
        report.journal()
                .ifPresent(journal -> target.println("  journal     " + journal.slices() + " slices with "
                        + journal.shares() + " shares and " + journal.blocks() + " blocks compared, "
                        + journal.unchecked() + " not: their logs are not here"));
        out.println("  bad         " + report.bad());
        report.firstBad()
                .ifPresent(bad -> out.println(
                        "  first bad   " + bad.file() + ", log offset " + bad.offset() + ": " + bad.reason()));
        out.flush();
    }

    /** Reads the logs again for the work of one account. */
    void print(AuditReport report, AccountId account, String address) throws IOException {
        if (out == null) {
            return;
        }
        PrintWriter target = out;
        BigInteger work = BigInteger.ZERO;
        long shares = 0;
        target.println("  account     " + address);
        for (LogReport log : report.logs()) {
            if (log.records() == 0) {
                continue;
            }
            target.println("  log " + log.directory() + ": from, to, work");
            AccountStatement.Range sum = AccountStatement.read(
                    log.directory(),
                    log.end(),
                    account,
                    range -> target.printf(
                            "  %15d %15d  %20d wu  %12d shares%n",
                            range.from(), range.to(), range.workUnits(), range.shares()));
            work = work.add(sum.workUnits());
            shares += sum.shares();
        }
        target.println("  in total    " + work + " work units in " + shares + " shares");
        target.flush();
    }
}
