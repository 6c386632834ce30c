package org.motepool.pool.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Payments to miners. */
@Command(
        name = "payout",
        mixinStandardHelpOptions = true,
        description = "Payments to miners: who would be paid, pay now, what was paid.",
        subcommands = {
            PayoutPlanCommand.class,
            PayoutRunCommand.class,
            PayoutListCommand.class,
            PayoutShowCommand.class,
            PayoutLightningCommand.class
        })
public final class PayoutCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: plan, run, list, show or lightning.");
    }
}
