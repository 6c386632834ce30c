package org.motepool.pool.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures this machine, and makes what is needed to measure. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures this machine, and makes what is needed to measure.",
        subcommands = {
            BenchValidatorCommand.class,
            BenchLogCommand.class,
            BenchStratumCommand.class,
            BenchNodeCommand.class,
            BenchTableCommand.class
        })
public final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name what to bench: validator, log, stratum, node or table.");
    }
}
