package org.motepool.pool.command;

import org.motepool.pool.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks into the journal; nothing is ever written to it. Exit code {@value Failure#BAD_RECORD} when it does not hold. */
@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        description = "Proves the journal, replays it, writes it out.",
        subcommands = {LedgerVerifyCommand.class, LedgerReplayCommand.class, LedgerExportCommand.class})
public final class LedgerCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: verify, replay or export.");
    }
}
