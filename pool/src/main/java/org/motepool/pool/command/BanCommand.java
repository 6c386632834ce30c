package org.motepool.pool.command;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.motepool.pool.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Bans a payout address or a network on all nodes of a running pool. */
@Command(
        name = "ban",
        mixinStandardHelpOptions = true,
        description = "Bans a payout address, an IP address or a network, on all nodes of the pool.",
        footer = {"%nExamples:", "  mote ban 203.0.113.0/24 --for 2d --reason \"share flood\"", "  mote ban bc1q..."})
public final class BanCommand implements Callable<Integer> {
    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,8})([smhd])");

    @Parameters(
            index = "0",
            paramLabel = "WHOM",
            description = "Payout address, IP address, or network as 203.0.113.0/24.")
    private String subject = "";

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "",
            description = "As 90s, 30m, 12h, 7d; else for ever.")
    private String time = "";

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "A note for other operators.")
    private String reason = "";

    @Mixin
    private RunningPool pool = new RunningPool();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        String path = "/admin/ban?subject=" + ManagementClient.encoded(subject) + "&seconds=" + seconds() + "&reason="
                + ManagementClient.encoded(reason);
        spec.commandLine().getOut().println(pool.client().tellAsOwner(path).strip());
        return 0;
    }

    private long seconds() {
        if (time.isEmpty()) {
            return 0;
        }
        Matcher matcher = TIME.matcher(time.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new ParameterException(spec.commandLine(), "--for is a number and s, m, h or d, as 12h, not " + time);
        }
        long unit = switch (matcher.group(2)) {
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3_600;
            default -> 86_400;
        };
        return Long.parseLong(matcher.group(1)) * unit;
    }
}
