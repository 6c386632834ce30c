package org.motepool.pool.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.motepool.pool.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the strongest workers, or those of an account. */
@Command(
        name = "workers",
        mixinStandardHelpOptions = true,
        description = "Lists the strongest connected workers, or all of one payout address.")
public final class WorkersCommand implements Callable<Integer> {
    private static final List<String> COLUMNS = List.of(
            "worker",
            "device",
            "class",
            "level",
            "connections",
            "hash_rate",
            "accepted",
            "rejected",
            "last_share",
            "address");

    @Parameters(arity = "0..1", paramLabel = "ADDRESS", description = "Of this payout address, on all nodes.")
    private String address = "";

    @Option(names = "--max", paramLabel = "N", defaultValue = "20", description = "So many (default ${DEFAULT-VALUE}).")
    private int max;

    @Option(names = "--json", description = "Print the answer as it is.")
    private boolean json;

    @Mixin
    private RunningPool pool = new RunningPool();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        String reply =
                pool.client().askAsOwner("/admin/workers?max=" + max + "&address=" + ManagementClient.encoded(address));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(reply.strip());
        } else {
            AdminTable.print(reply, COLUMNS, "Nobody mines.", out);
        }
        return 0;
    }
}
