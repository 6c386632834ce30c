package org.motepool.pool;

import java.util.List;
import org.motepool.pool.command.AuditCommand;
import org.motepool.pool.command.BackupCommand;
import org.motepool.pool.command.BanCommand;
import org.motepool.pool.command.BansCommand;
import org.motepool.pool.command.BenchCommand;
import org.motepool.pool.command.BlocksCommand;
import org.motepool.pool.command.CheckConfigCommand;
import org.motepool.pool.command.ConfigCommand;
import org.motepool.pool.command.DashboardCommand;
import org.motepool.pool.command.DemoCommand;
import org.motepool.pool.command.DevnetCommand;
import org.motepool.pool.command.DrainCommand;
import org.motepool.pool.command.HealthCommand;
import org.motepool.pool.command.LedgerCommand;
import org.motepool.pool.command.LogLevelCommand;
import org.motepool.pool.command.PayoutCommand;
import org.motepool.pool.command.PotCommand;
import org.motepool.pool.command.RestoreCommand;
import org.motepool.pool.command.StatusCommand;
import org.motepool.pool.command.StratumCommand;
import org.motepool.pool.command.SwarmCommand;
import org.motepool.pool.command.UnbanCommand;
import org.motepool.pool.command.UpCommand;
import org.motepool.pool.command.VerifyStatementCommand;
import org.motepool.pool.command.WorkersCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line; commands say what went wrong in a line, never by a stack trace. */
@Command(
        name = "mote",
        mixinStandardHelpOptions = true,
        version = "Motepool " + Version.TEXT,
        description = "A Stratum mining pool for micro devices.",
        footerHeading = "%nOf the launcher itself:%n",
        footer = {
            "  test [--soak] [--bench]  Runs all tests; --soak adds the long ones, --bench guards of speed.",
            "  jmh [PATTERN]            Runs the benchmarks of benchmarks/ by JMH.",
            "  build                    Builds what is out of date.",
            "  jdk                      Prints where the JDK is that it uses.",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 wrong settings, 5 an audit or a journal does not hold."
        })
public final class Main implements Runnable {
    /** In the order of the help. */
    private static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            UpCommand.class,
            StratumCommand.class,
            PayoutCommand.class,
            DashboardCommand.class,
            DevnetCommand.class,
            CheckConfigCommand.class,
            ConfigCommand.class,
            StatusCommand.class,
            HealthCommand.class,
            DrainCommand.class,
            BanCommand.class,
            UnbanCommand.class,
            BansCommand.class,
            WorkersCommand.class,
            BlocksCommand.class,
            LogLevelCommand.class,
            AuditCommand.class,
            BenchCommand.class,
            SwarmCommand.class,
            LedgerCommand.class,
            PotCommand.class,
            VerifyStatementCommand.class,
            BackupCommand.class,
            RestoreCommand.class);

    @Spec
    private CommandSpec spec;

    private Main(CommandSpec none) {
        spec = none;
    }

    public static void main(String[] arguments) {
        CommandLine line = commandLine(arguments);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("mote: " + FailureText.of(failure));
            return failure instanceof Failure known ? known.exitCode() : 1;
        });
        System.exit(line.execute(arguments));
    }

    static CommandLine commandLine(String... arguments) {
        CommandLine line = new CommandLine(new Main(CommandSpec.create()));
        commandsFor(arguments).forEach(line::addSubcommand);
        return line;
    }

    /** The one that is named first, or all: to read what all of them take would be a fifth of a pool's start. */
    private static List<Class<?>> commandsFor(String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        return COMMANDS.stream()
                .filter(command -> command.getAnnotation(Command.class).name().equals(first))
                .findFirst()
                .<List<Class<?>>>map(List::of)
                .orElse(COMMANDS);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command.");
    }
}
