package org.motepool.pool.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.money.Money;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.config.ConfigChecker;
import org.motepool.pool.config.Key;
import org.motepool.pool.config.Settings;
import org.motepool.pool.wiring.PoolRuntime;
import org.motepool.store.Blocks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** What an operator types, against a whole pool. */
class AdminCommandsTest {
    private static final String ADDRESS = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";

    @TempDir
    static Path data;

    private static PoolRuntime pool;

    @BeforeAll
    static void start() throws Exception {
        pool = start(data);
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    private static PoolRuntime start(Path data) throws Exception {
        Settings settings = Settings.defaults();
        settings.put(Key.NETWORK, "bench", "test");
        settings.put(Key.DATA, data.toString(), "test");
        for (Key bind : List.of(Key.STRATUM_BIND, Key.HTTP_BIND, Key.MANAGEMENT_BIND)) {
            settings.put(bind, "127.0.0.1", "test");
        }
        for (Key port : List.of(Key.STRATUM_PORT, Key.HTTP_PORT, Key.MANAGEMENT_PORT)) {
            settings.put(port, "0", "test");
        }
        return PoolRuntime.start(ConfigChecker.check(settings, List.of()), PoolClock.SYSTEM);
    }

    /** The output behind the exit code; a failure's one line stands there too. */
    private static String type(Path data, Callable<Integer> command, String... arguments) {
        StringWriter text = new StringWriter();
        CommandLine line = new CommandLine(command)
                .setOut(new PrintWriter(text, true))
                .setErr(new PrintWriter(text, true))
                .setExecutionExceptionHandler((failure, asked, parsed) -> {
                    text.append(String.valueOf(failure.getMessage()));
                    return 1;
                });
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--data";
        all[arguments.length + 1] = data.toString();
        return line.execute(all) + " " + text;
    }

    private static String firstReply(String line) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", pool.stratumPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        }
    }

    @Test
    void bansAnAddressAndLiftsTheBan() throws Exception {
        String login = "{\"id\":1,\"method\":\"mining.authorize\",\"params\":[\"" + ADDRESS + ".desk\",\"x\"]}";
        assertThat(firstReply(login)).contains("\"result\":true");
        assertThat(type(data, new BanCommand(), ADDRESS, "--for", "2h", "--reason", "a \"bot\" & more"))
                .startsWith("0 ")
                .contains(ADDRESS, "a \\\"bot\\\" & more");
        assertThat(type(data, new BansCommand())).startsWith("0 ").contains(ADDRESS, "a \"bot\" & more");
        assertThat(firstReply(login)).contains("\"result\":false").contains("banned by the pool's operator");
        assertThat(type(data, new UnbanCommand(), ADDRESS)).startsWith("0 ");
        assertThat(firstReply(login)).contains("\"result\":true");
        assertThat(type(data, new UnbanCommand(), ADDRESS)).startsWith("1 ").contains("there is no ban of " + ADDRESS);
    }

    @Test
    void bansANetworkAndLiftsTheBan() throws Exception {
        String subscribe = "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}";
        assertThat(type(data, new BanCommand(), "127.1.2.3/8")).startsWith("0 ").contains("127.0.0.0/8", "for ever");
        assertThat(firstReply(subscribe)).contains("\"result\":false").contains("banned by the pool's operator");
        assertThat(type(data, new BansCommand(), "--json")).startsWith("0 [{").contains("\"kind\":\"network\"");
        assertThat(type(data, new UnbanCommand(), "127.0.0.0/8")).startsWith("0 ");
        assertThat(firstReply(subscribe)).contains("mining.notify");
    }

    @Test
    void listsWorkersOfWhateverNames() throws Exception {
        assertThat(type(data, new WorkersCommand(), ADDRESS)).startsWith("0 ");
        try (Socket device = new Socket("127.0.0.1", pool.stratumPort())) {
            device.setSoTimeout(20_000);
            String hostile = "\\u001b[31mshelf";
            device.getOutputStream()
                    .write(("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"minerd/1\"]}\n"
                                    + "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"" + ADDRESS + "."
                                    + hostile
                                    + "\",\"x\"]}\n")
                            .getBytes(StandardCharsets.UTF_8));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(device.getInputStream(), StandardCharsets.UTF_8));
            while (!in.readLine().contains("\"id\":2")) {
                // the first job may come before
            }
            assertThat(type(data, new WorkersCommand()))
                    .startsWith("0 ")
                    .contains("shelf", "minerd/1", ADDRESS)
                    .doesNotContain("\u001b");
            assertThat(type(data, new WorkersCommand(), "--json", "--max", "1"))
                    .startsWith("0 [{\"address\":\"" + ADDRESS);
        }
        assertThat(type(data, new WorkersCommand(), "nonsense")).startsWith("1 ");
        assertThat(type(data, new WorkersCommand(), "--max", "0"))
                .startsWith("1 ")
                .contains("from 1 to 1000");
    }

    @Test
    void listsBlocks() throws Exception {
        assertThat(type(data, new BlocksCommand(), "--json")).isEqualTo("0 []\n");
        pool.store()
                .blocks()
                .put(new Blocks.BlockView(
                        "00ab".repeat(16),
                        7,
                        Blocks.State.IMMATURE,
                        "PPLNS",
                        ADDRESS,
                        "desk",
                        Money.ofSatoshis(5),
                        Money.ofSatoshis(1),
                        "207fffff",
                        1_767_225_600_000L,
                        3));
        assertThat(type(data, new BlocksCommand()))
                .startsWith("0 ")
                .contains("00ab".repeat(16), "immature", "desk", "2026-01-01T00:00:00Z");
    }

    @Test
    void setsHowMuchIsLoggedButNeverSilencesTheAudit() {
        Logger stratum = LoggerFactory.getLogger("org.motepool.stratum.StratumServer");
        assertThat(stratum.isDebugEnabled()).isFalse();
        assertThat(type(data, new LogLevelCommand(), "debug", "stratum")).isEqualTo("0 org.motepool.stratum DEBUG\n");
        assertThat(stratum.isDebugEnabled()).isTrue();
        assertThat(type(data, new LogLevelCommand())).contains("org.motepool.stratum", "DEBUG");
        assertThat(type(data, new LogLevelCommand(), "inherit", "stratum")).startsWith("0 ");
        assertThat(stratum.isDebugEnabled()).isFalse();
        assertThat(type(data, new LogLevelCommand(), "error", "audit"))
                .startsWith("1 ")
                .contains("always logged");
        assertThat(type(data, new LogLevelCommand(), "loud")).startsWith("1 ").contains("a level is one of");
        assertThat(type(data, new LogLevelCommand(), "info", "nowhere"))
                .startsWith("1 ")
                .contains("nothing logs as");
    }

    @Test
    void saysWhatIsWrongWithWhatWasTyped() {
        assertThat(type(data, new BanCommand(), "nonsense")).startsWith("1 ").contains("nor is it an IP address");
        assertThat(type(data, new BanCommand(), "300.1.1.1")).startsWith("1 ").contains("is no IP address or network");
        assertThat(type(data, new BanCommand(), ADDRESS, "--for", "soon"))
                .startsWith("2 ")
                .contains("as 12h");
        assertThat(type(data, new BanCommand(), ADDRESS, "--reason", "x".repeat(200)))
                .startsWith("1 ");
    }

    @Test
    void drainsAPoolAndSaysWhenItIsDone(@TempDir Path other) throws Exception {
        try (PoolRuntime stopping = start(other);
                Socket device = new Socket("127.0.0.1", stopping.stratumPort())) {
            device.setSoTimeout(20_000);
            device.getOutputStream()
                    .write("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}\n"
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(device.getInputStream().read()).isEqualTo('{');
            assertThat(new ManagementClient(other).ask("/readyz")).contains("\"status\":\"ready\"");
            assertThat(type(other, new DrainCommand(), "--seconds", "1"))
                    .startsWith("0 ")
                    .contains("draining 1 connections over 1 s", "drained");
            assertThatThrownBy(() -> new ManagementClient(other).ask("/readyz")).hasMessageContaining("503");
        }
    }
}
