package org.motepool.pool.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.motepool.pool.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the bans that hold. */
@Command(name = "bans", mixinStandardHelpOptions = true, description = "Lists the bans that hold.")
public final class BansCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print the answer as it is.")
    private boolean json;

    @Mixin
    private RunningPool pool = new RunningPool();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        String reply = pool.client().askAsOwner("/admin/bans");
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(reply.strip());
            return 0;
        }
        try {
            JsonNode bans = new JsonMapper().readTree(reply);
            if (bans.isEmpty()) {
                out.println("Nobody is banned.");
            }
            for (JsonNode ban : bans) {
                out.printf(
                        "%-45s %-8s until %-24s %s%n",
                        ban.path("subject").asText(),
                        ban.path("kind").asText(),
                        ban.path("until").asText(),
                        ban.path("reason").asText());
            }
        } catch (IOException e) {
            throw new Failure(Failure.FAILED, "the pool's answer is not JSON: " + e.getMessage(), e);
        }
        return 0;
    }
}
