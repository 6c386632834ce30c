package org.motepool.pool.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.motepool.pool.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks a running pool how it is, over the admin API of its management port. */
@Command(name = "status", mixinStandardHelpOptions = true, description = "Tells how a running pool on this machine is.")
public final class StatusCommand implements Callable<Integer> {
    @Mixin
    private RunningPool pool = new RunningPool();

    @Option(names = "--json", description = "Print the answer as it is.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        String reply = pool.client().askAsOwner("/admin/status");
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(reply);
        } else {
            print(reply, out);
        }
        return 0;
    }

    private static void print(String reply, PrintWriter out) throws Failure {
        try {
            JsonNode root = new JsonMapper().readTree(reply);
            for (Map.Entry<String, JsonNode> entry : root.properties()) {
                JsonNode value = entry.getValue();
                out.printf("%-20s %s%n", entry.getKey(), value.isValueNode() ? value.asText() : value.toString());
            }
        } catch (IOException e) {
            throw new Failure(Failure.FAILED, "the pool's answer is not JSON: " + e.getMessage(), e);
        }
    }
}
