package org.motepool.pool.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.motepool.pool.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lifts a ban on all nodes of a running pool. */
@Command(name = "unban", mixinStandardHelpOptions = true, description = "Lifts a ban, on all nodes of the pool.")
public final class UnbanCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "WHOM", description = "As it was banned; mote bans lists them.")
    private String subject = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:MOTE_DATA_DIR:-data}",
            description = "The pool's data directory.")
    private Path data = Path.of("data");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        String path = "/admin/unban?subject=" + ManagementClient.encoded(subject);
        spec.commandLine()
                .getOut()
                .println(new ManagementClient(data).tellAsOwner(path).strip());
        return 0;
    }
}
