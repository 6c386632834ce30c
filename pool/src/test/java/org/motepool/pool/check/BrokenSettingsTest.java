package org.motepool.pool.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.motepool.pool.Failure;
import org.motepool.pool.command.CheckConfigCommand;
import picocli.CommandLine;

/** Each broken settings file leads to its error, which says where, what, and how to mend it. */
class BrokenSettingsTest {
    private static final String WELL = """
            network = "signet"
            [pool]
            payout-address = "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx"
            [node]
            urls = ["http://user:secret@127.0.0.1:${node}"]
            [redis]
            url = "redis://127.0.0.1:${redis}"
            """;

    @TempDir
    private Path directory;

    static Stream<String> files() throws Exception {
        try (Stream<Path> files = Files.list(broken())) {
            return files.map(file -> Objects.requireNonNull(file.getFileName()).toString()).sorted().toList().stream();
        }
    }

    private static Path broken() throws URISyntaxException {
        URL place = Objects.requireNonNull(BrokenSettingsTest.class.getResource("broken"));
        return Path.of(place.toURI());
    }

    /** What the command said, and its exit code. */
    private record Said(int code, String text) {
        JsonNode json() throws Exception {
            return new JsonMapper().readTree(text);
        }

        List<JsonNode> errors() throws Exception {
            return StreamSupport.stream(json().path("findings").spliterator(), false)
                    .filter(finding -> finding.path("weight").asText().equals("error"))
                    .toList();
        }
    }

    private Said check(String name, String toml, String... options) throws Exception {
        Path file = Files.writeString(directory.resolve(name), toml);
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--config", file.toString(), "--http-port", "0", "--management-port", "0"));
        // Other programs may have the usual port.
        if (!toml.contains("port =")) {
            all.addAll(List.of("--stratum-port", "0"));
        }
        if (!toml.contains("dir =")) {
            all.addAll(List.of("--data", directory.resolve("data").toString()));
        }
        StringWriter out = new StringWriter();
        int code = new CommandLine(new CheckConfigCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(failure.getMessage());
                    return ((Failure) failure).exitCode();
                })
                .execute(all.toArray(String[]::new));
        return new Said(code, out.toString());
    }

    @ParameterizedTest
    @MethodSource("files")
    void isToldByWhereWhatAndHowToMendIt(String name) throws Exception {
        String toml = Files.readString(broken().resolve(name));
        Header header = Header.of(toml);
        try (CheckWorld world = new CheckWorld(directory)) {
            String filled = world.fill(toml, header);
            Said json = header.online() ? check(name, filled, "--online", "--json") : check(name, filled, "--json");
            assertThat(json.code()).as("%s", json.text()).isEqualTo(Failure.WRONG_SETTINGS);
            assertThat(json.json().path("good").asBoolean(true)).isFalse();
            assertThat(json.errors()).as("%s", json.text()).hasSize(1 + header.others());
            JsonNode error = json.errors().getFirst();
            assertThat(error.path("where").asText()).endsWith(header.required("where"));
            assertThat(error.path("what").asText()).contains(header.required("what"));
            assertThat(error.path("mend").asText()).contains(header.required("mend"));
            assertThat(json.text()).doesNotContain("secret").doesNotContain("wrong@");

            Said text = header.online() ? check(name, filled, "--online") : check(name, filled);
            assertThat(text.code()).isEqualTo(Failure.WRONG_SETTINGS);
            assertThat(text.text())
                    .contains(header.required("where"))
                    .contains(header.required("what"))
                    .contains(header.required("mend"));
        }
    }

    @Test
    void aWholeWorldHasNothingButNotes() throws Exception {
        try (CheckWorld world = new CheckWorld(directory)) {
            Said said = check("mote.toml", world.fill(WELL, new Header(List.of())), "--online", "--json");
            assertThat(said.errors()).as("%s", said.text()).isEmpty();
            assertThat(said.code()).isZero();
            assertThat(said.text())
                    .contains("is on signet at block 10, /Satoshi:28.0.0/")
                    .contains("the smallest devices can take it")
                    .contains("Redis 6.2")
                    .contains("append-only file");
            assertThat(directory.resolve("data")).as("nothing is left behind").doesNotExist();
        }
    }

    @Test
    void aRedisThatKeepsNothingIsAWarning() throws Exception {
        try (CheckWorld world = new CheckWorld(directory)) {
            String toml = "network = \"devnet\"\n[redis]\nurl = \"redis://127.0.0.1:${redis}\"\n";
            Said said = check("mote.toml", world.fill(toml, new Header(List.of("redis: --appendonly no"))), "--online");
            assertThat(said.code()).isZero();
            assertThat(said.text())
                    .contains("warning")
                    .contains("mote.toml:3 redis.url")
                    .contains("keeps no append-only file")
                    .contains("CONFIG SET appendonly yes");
        }
    }
}
