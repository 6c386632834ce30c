package org.motepool.pool.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.motepool.pool.Failure;
import org.motepool.pool.config.Finding;
import org.motepool.pool.config.Origins;
import org.motepool.pool.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints every setting in force and where it comes from; also when there are faults, which it tells then. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Prints every setting in force and where it comes from, secrets masked.")
public final class ConfigShowCommand implements Callable<Integer> {
    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Option(names = "--json", description = "One object, for scripts.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        List<Finding> findings = new ArrayList<>();
        Settings settings = options.settings(findings);
        PrintWriter out = spec.commandLine().getOut();
        List<Origins.Line> lines = Origins.of(settings);
        if (json) {
            ObjectNode root = JsonNodeFactory.instance.objectNode();
            lines.forEach(line ->
                    root.putObject(line.key()).put("value", line.value()).put("from", line.from()));
            out.println(root.toPrettyString());
        } else {
            lines.forEach(line -> out.printf(
                    "%-26s %-30s %s%n", line.key(), line.value().isEmpty() ? "-" : line.value(), line.from()));
        }
        out.flush();
        var _ = SettingsOptions.check(settings, findings);
        return 0;
    }
}
