package org.motepool.pool.command;

import java.util.concurrent.Callable;
import org.motepool.pool.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** For watchdogs such as a container's health check: exit code 0 while a pool runs and answers, else 1. */
@Command(
        name = "health",
        mixinStandardHelpOptions = true,
        description = "Asks a running pool on this machine for a sign of life; exit code 1 without one.")
public final class HealthCommand implements Callable<Integer> {
    @Mixin
    private RunningPool pool = new RunningPool();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        spec.commandLine().getOut().println(pool.client().ask("/livez"));
        return 0;
    }
}
