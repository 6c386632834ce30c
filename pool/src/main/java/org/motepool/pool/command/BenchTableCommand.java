package org.motepool.pool.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.motepool.pool.Failure;
import org.motepool.pool.bench.Comparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what {@code benchmarks/compare/run} measured. */
@Command(
        name = "table",
        mixinStandardHelpOptions = true,
        description = "Prints the results of benchmarks/compare/run side by side: medians, spreads and ratios.")
public final class BenchTableCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "results.jsonl of one call or more.")
    private List<Path> files = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        Comparison comparison = new Comparison();
        for (Path file : files) {
            try {
                for (String line : Files.readAllLines(file)) {
                    comparison.add(line);
                }
            } catch (IOException e) {
                throw new Failure(Failure.WRONG_USAGE, file + ": " + e.getMessage(), e);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        List<String> pools = comparison.pools();
        out.println("| | " + String.join(" | ", pools) + " |");
        out.println("| --- |" + " --- |".repeat(pools.size()));
        for (Comparison.Row row : comparison.rows()) {
            out.print("| " + row.name() + " |");
            for (String pool : pools) {
                Comparison.Cell cell = row.cells().get(pool);
                out.print(cell == null ? " – |" : " " + text(cell) + " |");
            }
            out.println();
        }
        out.println();
        out.println("Medians, in brackets the lowest and the highest, and × the ratio to " + pools.getFirst() + ".");
        out.flush();
        return 0;
    }

    private static String text(Comparison.Cell cell) {
        String spread = cell.runs() == 1 ? "" : " (" + number(cell.lowest()) + "–" + number(cell.highest()) + ")";
        String ratio = cell.ratio()
                .map(value -> String.format(Locale.ROOT, ", × %.2f", value))
                .orElse("");
        return number(cell.median()) + spread + ratio;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 1000 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
