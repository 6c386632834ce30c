package org.motepool.pool.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.motepool.pool.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the blocks that the pool found. */
@Command(
        name = "blocks",
        mixinStandardHelpOptions = true,
        description = "Lists the blocks that a running pool found, the newest first.")
public final class BlocksCommand implements Callable<Integer> {
    private static final List<String> COLUMNS =
            List.of("height", "state", "confirmations", "scheme", "reward_satoshis", "found", "worker", "hash");

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
        String reply = pool.client().askAsOwner("/admin/blocks?max=" + max);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(reply.strip());
        } else {
            AdminTable.print(reply, COLUMNS, "No block was found yet.", out);
        }
        return 0;
    }
}
