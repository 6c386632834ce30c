package org.motepool.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
    private static Set<String> commands(String... arguments) {
        return Main.commandLine(arguments).getSubcommands().keySet();
    }

    private static String errorOf(String... arguments) {
        StringWriter said = new StringWriter();
        CommandLine line = Main.commandLine(arguments).setErr(new PrintWriter(said, true));
        assertThat(line.execute(arguments)).isEqualTo(CommandLine.ExitCode.USAGE);
        return said.toString();
    }

    @Test
    void aNamedCommandIsTheOnlyOneThatIsRead() {
        Set<String> all = commands("--help");
        assertThat(all).hasSizeGreaterThan(20).contains("demo", "up", "stratum", "payout", "dashboard", "ledger");
        all.forEach(name -> assertThat(commands(name, "--help")).containsExactly(name));
    }

    @Test
    void whateverElseComesFirstMeetsAllOfThem() {
        Set<String> all = commands("--help");
        assertThat(commands()).isEqualTo(all);
        assertThat(commands("--version", "up")).isEqualTo(all);
        assertThat(errorOf("uq")).contains("uq").contains("  up  ").contains("  ledger  ");
        assertThat(errorOf()).contains("Name a command");
    }
}
