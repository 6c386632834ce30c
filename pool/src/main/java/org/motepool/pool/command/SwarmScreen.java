package org.motepool.pool.command;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.motepool.devices.SwarmReport;

/** A swarm as a table: one that lives on a terminal, else one at the end. Silent without a writer. */
final class SwarmScreen {
    private static final String CLEAR_BELOW = "\033[J";
    private static final String ROW = "  %-18s %8s %8s %8s %9s %9s %10s %8s %8s %8s %10s";

    private final @Nullable PrintWriter out;
    private final boolean terminal;
    private int linesDrawn;

    SwarmScreen(@Nullable PrintWriter out) {
        this.out = out;
        terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    void status(SwarmReport report, Duration gone) {
        if (out != null && terminal) {
            draw(out, report, "%d s, Ctrl-C stops".formatted(gone.toSeconds()));
        }
    }

    void farewell(SwarmReport report) {
        if (out != null) {
            draw(out, report, "shares refused: " + refusals(report.total()));
        }
    }

    private static String refusals(SwarmReport.Counts counts) {
        String ofPool = counts.rejectedByReason().isEmpty()
                ? "none"
                : counts.rejectedByReason().toString().replaceAll("[{}]", "");
        return counts.ownDuplicates() == 0
                ? ofPool
                : ofPool + "; " + counts.ownDuplicates() + " that the firmware itself sent twice";
    }

    private void draw(PrintWriter to, SwarmReport report, String last) {
        if (linesDrawn > 0) {
            to.print("\033[%dA".formatted(linesDrawn) + CLEAR_BELOW);
        }
        to.println(ROW.formatted(
                "kind",
                "devices",
                "linked",
                "mining",
                "accepted",
                "refused",
                "1st share",
                "p99",
                "lost",
                "too big",
                "kB/h down"));
        report.byGroup().forEach((group, counts) -> to.println(row(group, counts)));
        to.println(row("all", report.total()));
        to.println("  " + last);
        to.flush();
        linesDrawn = terminal ? report.byGroup().size() + 3 : 0;
    }

    private static String row(String name, SwarmReport.Counts counts) {
        return ROW.formatted(
                name,
                counts.devices(),
                counts.connected(),
                counts.mining(),
                counts.accepted(),
                counts.rejected(),
                "%.1f s".formatted(counts.firstShareSeconds(0.5)),
                "%.1f s".formatted(counts.firstShareSeconds(0.99)),
                counts.unexpectedDisconnects(),
                counts.notifiesOverBudget(),
                "%.1f".formatted(counts.bytesDownPerDeviceHour() / 1_000.0));
    }
}
