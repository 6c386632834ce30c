package org.motepool.pool.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the settings are. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Shows the settings, or describes all that there are.",
        subcommands = {ConfigShowCommand.class, ConfigReferenceCommand.class, ConfigRedisUsersCommand.class})
public final class ConfigCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name what: show, reference or redis-users.");
    }
}
