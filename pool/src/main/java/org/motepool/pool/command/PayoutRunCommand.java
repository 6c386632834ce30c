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

/** Lets the running pool pay everyone who is due, at once. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Lets the running pool plan payments at once, to everyone that mote payout plan names.")
final class PayoutRunCommand implements Callable<Integer> {
    @Mixin
    private RunningPool pool = new RunningPool();

    @Option(names = "--json", description = "Print the answer as it is.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        String reply = pool.client().tellAsOwner("/admin/payout-run");
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(reply.strip());
            out.flush();
            return 0;
        }
        try {
            JsonNode run = new JsonMapper().readTree(reply);
            if (!run.path("done").asBoolean()) {
                out.println("The pool was asked, and is at something else; mote payout list shows what it plans.");
            } else {
                out.println(run.path("accounts").asInt() + " accounts are paid "
                        + run.path("satoshis").asText() + " satoshis, payments "
                        + run.path("payments"));
                String note = run.path("note").asText();
                if (!note.isEmpty()) {
                    out.println(note);
                }
            }
            out.flush();
            return run.path("note").asText().isEmpty() ? 0 : Failure.FAILED;
        } catch (IOException e) {
            throw new Failure(Failure.FAILED, "the pool's answer is not JSON: " + e.getMessage(), e);
        }
    }
}
