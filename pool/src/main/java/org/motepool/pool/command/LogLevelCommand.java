package org.motepool.pool.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.motepool.pool.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows or sets how much a running pool logs. */
@Command(
        name = "loglevel",
        mixinStandardHelpOptions = true,
        description = {
            "Shows how much a running pool logs, or sets it until it is restarted.",
            "What operators do is always logged."
        },
        footer = {"%nExamples:", "  mote loglevel", "  mote loglevel debug stratum", "  mote loglevel inherit stratum"})
public final class LogLevelCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "LEVEL",
            description = "error, warn, info, debug, trace, or inherit.")
    private String level = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PART",
            description = "stratum, payout, chain and so on, or a logger's whole name; all of the pool if left out.")
    private String part = "";

    @Mixin
    private RunningPool pool = new RunningPool();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        PrintWriter out = spec.commandLine().getOut();
        if (level.isEmpty()) {
            JsonNode levels = AdminTable.json(pool.client().askAsOwner("/admin/loglevel"));
            for (Map.Entry<String, JsonNode> entry : levels.properties()) {
                out.printf("%-30s %s%n", entry.getKey(), entry.getValue().asText());
            }
            return 0;
        }
        JsonNode set = AdminTable.json(pool.client()
                .tellAsOwner("/admin/loglevel-set?level=" + ManagementClient.encoded(level) + "&part="
                        + ManagementClient.encoded(part)));
        out.printf("%s %s%n", set.path("part").asText(), set.path("level").asText());
        return 0;
    }
}
