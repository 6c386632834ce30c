package org.motepool.pool.command;

import java.util.concurrent.Callable;
import org.motepool.pool.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lifts a ban on all nodes of a running pool. */
@Command(name = "unban", mixinStandardHelpOptions = true, description = "Lifts a ban, on all nodes of the pool.")
public final class UnbanCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "WHOM", description = "As it was banned; mote bans lists them.")
    private String subject = "";

    @Mixin
    private RunningPool pool = new RunningPool();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        String path = "/admin/unban?subject=" + ManagementClient.encoded(subject);
        spec.commandLine().getOut().println(pool.client().tellAsOwner(path).strip());
        return 0;
    }
}
