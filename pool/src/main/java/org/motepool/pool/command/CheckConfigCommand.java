package org.motepool.pool.command;

import java.util.concurrent.Callable;
import org.motepool.pool.Failure;
import org.motepool.pool.config.PoolConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks the settings and prints every finding; exit code 3 when there is any. */
@Command(
        name = "check-config",
        mixinStandardHelpOptions = true,
        description = "Checks the settings and prints every finding.")
public final class CheckConfigCommand implements Callable<Integer> {
    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        PoolConfig config = options.read();
        spec.commandLine()
                .getOut()
                .println("The settings are in order: " + config.network().id() + ", rewards go to "
                        + config.payoutAddress() + ", fee " + config.feeBasisPoints() + " basis points, data in "
                        + config.data().toAbsolutePath() + ".");
        return 0;
    }
}
