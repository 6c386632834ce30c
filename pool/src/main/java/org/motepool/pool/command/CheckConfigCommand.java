package org.motepool.pool.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.Failure;
import org.motepool.pool.check.OnlineCheck;
import org.motepool.pool.check.Remark;
import org.motepool.pool.check.Weight;
import org.motepool.pool.config.ConfigChecker;
import org.motepool.pool.config.ConfigException;
import org.motepool.pool.config.Finding;
import org.motepool.pool.config.PoolConfig;
import org.motepool.pool.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks the settings, and with {@code --online} what they lead to; exit code 3 when a pool would not work. */
@Command(
        name = "check-config",
        mixinStandardHelpOptions = true,
        description = {
            "Checks the settings and prints every finding: where, what, and how to mend it. Exit code 3 when there is an",
            "error."
        })
public final class CheckConfigCommand implements Callable<Integer> {
    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Option(
            names = "--online",
            description = {
                "Also ask nodes, wallet and Redis, compare clocks, and look at ports, open files, disk and certificate."
            })
    private boolean online;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        List<Finding> findings = new ArrayList<>();
        Settings settings = options.settings(findings);
        Optional<PoolConfig> config = Optional.empty();
        List<Remark> remarks;
        try {
            config = Optional.of(ConfigChecker.check(settings, findings));
            remarks = online ? OnlineCheck.run(config.get(), settings, PoolClock.SYSTEM) : List.of();
        } catch (ConfigException e) {
            if (!json) {
                throw SettingsOptions.failure(e);
            }
            remarks = e.findings().stream()
                    .map(finding -> new Remark(Weight.ERROR, finding))
                    .toList();
        }
        boolean good = remarks.stream().noneMatch(remark -> remark.weight() == Weight.ERROR);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(remarks, good));
        } else {
            config.ifPresent(read -> out.println(text(read)));
            remarks.forEach(out::println);
        }
        return good ? 0 : Failure.WRONG_SETTINGS;
    }

    private static String text(PoolConfig config) {
        return "The settings are in order: " + config.network().id() + ", rewards go to " + config.payoutAddress()
                + ", fee " + config.feeBasisPoints() + " basis points, data in "
                + config.data().toAbsolutePath() + ".";
    }

    private ObjectNode json(List<Remark> remarks, boolean good) {
        ObjectNode root =
                JsonNodeFactory.instance.objectNode().put("good", good).put("online", online);
        ArrayNode all = root.putArray("findings");
        for (Remark remark : remarks) {
            all.addObject()
                    .put("weight", remark.weight().toString())
                    .put("where", remark.finding().where())
                    .put("what", remark.finding().what())
                    .put("mend", remark.finding().mend());
        }
        return root;
    }
}
