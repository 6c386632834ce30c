package org.motepool.pool.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.motepool.pool.Failure;
import org.motepool.validator.bench.ValidatorBench;
import org.motepool.validator.bench.ValidatorReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how fast one thread of this machine proves shares. */
@Command(
        name = "validator",
        mixinStandardHelpOptions = true,
        description =
                "Measures how fast one thread of this machine proves shares, one by one and in vector lanes by turns.")
public final class BenchValidatorCommand implements Callable<Integer> {
    private static final int SECONDS_MAX = 600;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long to measure (default ${DEFAULT-VALUE}); the warm-up comes before.")
    private int seconds = 10;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        if (seconds < 1 || seconds > SECONDS_MAX) {
            throw new Failure(Failure.WRONG_USAGE, "--seconds is 1 to " + SECONDS_MAX + ", not " + seconds);
        }
        ValidatorReport report = ValidatorBench.run(Duration.ofSeconds(seconds));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(BenchScreen.json(report));
        } else {
            BenchScreen.print(report, out);
        }
        out.flush();
        return 0;
    }
}
