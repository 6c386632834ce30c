package org.motepool.pool.command;

import java.util.concurrent.Callable;
import org.motepool.pool.config.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a settings file with every key, its default and its meaning. */
@Command(
        name = "reference",
        mixinStandardHelpOptions = true,
        description = "Prints a settings file with every key, its default and its meaning.")
public final class ConfigReferenceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--env", description = "As variables of the environment.")
    private boolean environment;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(environment ? Reference.environment() : Reference.toml());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
