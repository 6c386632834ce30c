package org.motepool.pool.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motepool.pool.Failure;
import picocli.CommandLine;

class SwarmCommandTest {
    private final StringWriter out = new StringWriter();

    /** Runs the command as the command line does; a failure comes out as it is. */
    private void run(String... arguments) throws Exception {
        Exception[] failed = new Exception[1];
        new CommandLine(new SwarmCommand())
                .setOut(new PrintWriter(out, true))
                .setExecutionExceptionHandler((failure, _, _) -> {
                    failed[0] = failure;
                    return 1;
                })
                .execute(arguments);
        if (failed[0] != null) {
            throw failed[0];
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--devices=toaster=5                         | there is no device \"toaster\"",
                "--devices=nerdminer                         | no KIND=COUNT",
                "--devices=nerdminer=1 --seconds=0           | --seconds is at least 1",
                "--devices=nerdminer=1 --port=70000          | a port is 1 to 65535",
                "--devices=nerdminer=1 --pow-shift=17        | --pow-shift is 0 to 16",
                "--devices=nerdminer=1 --network=moon        | there is no \"moon\"",
                "--devices=nerdminer=1 --user=nobody         | --user:",
                "--devices=nerdminer=1 --host=no.such.invalid | there is no \"no.such.invalid\"",
                "--devices=bitaxe:1T=20                      | larger --pow-shift",
            })
    void saysWhatIsWrong(String arguments, String complaint) {
        assertThatThrownBy(() -> run(arguments.split(" ")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(complaint)
                .extracting(failure -> ((Failure) failure).exitCode())
                .isEqualTo(Failure.WRONG_USAGE);
    }

    @Test
    void saysWhenNobodyListensAndStillReports() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        assertThatThrownBy(() -> run("--devices=bitaxe=1", "--seconds=1", "--json", "--port=" + port))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("no device reached 127.0.0.1:" + port);
        assertThat(out.toString()).startsWith("{\"kinds\":{\"bitaxe\":");
    }

    @Test
    void asksForMoreOpenFilesWhereTheSystemAllowsTooFew() {
        assertThatCode(() -> OpenFiles.require(1_000, 65_536, 50)).doesNotThrowAnyException();
        assertThatThrownBy(() -> OpenFiles.require(1_000, 1_024, 50))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("ulimit -n 1114");
    }

    @Test
    void dialsFromSeveralAddressesOnlyInALargeSwarmOnLoopback() throws Exception {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");

        assertThat(LoopbackSources.forSwarm(loopback, 500, 1)).isEmpty();
        assertThat(LoopbackSources.forSwarm(InetAddress.getByName("192.0.2.1"), 5_000, 1))
                .isEmpty();
        List<String> sources = LoopbackSources.forSwarm(loopback, 5_000, 6);
        boolean linux = System.getProperty("os.name").equals("Linux");
        assertThat(linux || !sources.isEmpty() ? sources : List.of("127.0.7.1", "127.0.7.2", "127.0.7.3", "127.0.7.4"))
                .isEqualTo(List.of("127.0.7.1", "127.0.7.2", "127.0.7.3", "127.0.7.4"));
    }

    @Test
    void namesRefusalsByTheirCodes() {
        assertThat(SwarmJson.name("22 Duplicate share")).isEqualTo("duplicate");
        assertThat(SwarmJson.name("21 whatever")).isEqualTo("stale");
        assertThat(SwarmJson.name("no reason given")).isEqualTo("no reason given");
    }
}
