package org.motepool.pool.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.account.AccountId;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.pool.Failure;
import org.motepool.validator.audit.AuditFixtures;
import org.motepool.validator.log.LogFixtures;
import org.motepool.validator.log.ShareLog;
import org.motepool.validator.log.ShareLogWriter;
import picocli.CommandLine;

class AuditCommandTest {
    private static final String ADDRESS = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
    private static final int SHARES = 500;

    @TempDir
    Path data;

    private final StringWriter out = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = new CommandLine(new AuditCommand());
        line.setOut(new PrintWriter(out));
        line.setExecutionExceptionHandler(
                (failure, command, parsed) -> failure instanceof Failure known ? known.exitCode() : 1);
        return line.execute(arguments);
    }

    private JsonNode json() throws Exception {
        return new JsonMapper().readTree(out.toString());
    }

    private Path write(IntFunction<LogRecord.Share> made) throws Exception {
        return AuditFixtures.write(data.resolve("shares"), SHARES, made);
    }

    @Test
    void printsACleanResultAsJson() throws Exception {
        write(AuditFixtures::sound);
        write(AuditFixtures::sound);
        assertThat(run("--data", data.toString(), "--json")).isZero();
        JsonNode result = json();
        assertThat(result.get("bad").asLong()).isZero();
        assertThat(result.get("first_bad").isNull()).isTrue();
        assertThat(result.get("shares").asLong()).isEqualTo(2 * SHARES);
        assertThat(result.get("work_units").asLong()).isEqualTo(2 * SHARES);
        assertThat(result.get("records").asLong()).isGreaterThan(2 * SHARES);
        assertThat(result.get("shares_per_s").asLong()).isPositive();
        assertThat(result.get("logs").asInt()).isEqualTo(2);
    }

    @Test
    void aBadRecordIsNamedAndEndsWithCode5() throws Exception {
        write(AuditFixtures::sound);
        Path log = write(AuditFixtures::sound);
        long offset = AuditFixtures.replace(log, AuditFixtures.sound(7), AuditFixtures.share(99, 7));
        assertThat(run(log.toString(), "--json")).isEqualTo(5);
        JsonNode first = json().get("first_bad");
        assertThat(json().get("bad").asLong()).isEqualTo(1);
        assertThat(first.get("file").asText())
                .isEqualTo(log.resolve("segment-000001.log").toString());
        assertThat(first.get("offset").asLong()).isEqualTo(offset);
        assertThat(first.get("reason").asText()).contains("job 99");
        assertThat(run("--data", data.toString())).isEqualTo(5);
        assertThat(out.toString()).contains("first bad", "job 99 is not declared");
    }

    @Test
    void printsAnAccountsWorkByLogAndRange() throws Exception {
        try (ShareLogWriter log = AuditFixtures.open(data.resolve("shares"), 64 << 10)) {
            for (int i = 0; i < 10; i++) {
                assertThat(LogFixtures.append(log, ofAddress(i))).isEmpty();
            }
        }
        assertThat(run("--data", data.toString(), "--json", "--account", ADDRESS))
                .isZero();
        JsonNode account = json().get("account");
        assertThat(account.get("address").asText()).isEqualTo(ADDRESS);
        assertThat(account.get("shares").asLong()).isEqualTo(10);
        assertThat(account.get("work_units").asLong()).isEqualTo(10);
        JsonNode ranges = account.get("logs").get(0).get("ranges");
        long sum = 0;
        for (JsonNode range : ranges) {
            assertThat(range.get("to").asLong()).isGreaterThan(range.get("from").asLong());
            sum += range.get("work_units").asLong();
        }
        assertThat(sum).isEqualTo(10);
        out.getBuffer().setLength(0);
        assertThat(run("--data", data.toString(), "--account", ADDRESS)).isZero();
        assertThat(out.toString()).contains("in total    10 work units in 10 shares");
    }

    private static ShareLog.LoggedShare ofAddress(int index) {
        LogRecord.Share share = AuditFixtures.sound(index);
        LogRecord.Share own = new LogRecord.Share(
                share.jobNumber(),
                share.extranonces(),
                share.ntime(),
                share.nonce(),
                share.version(),
                share.level(),
                share.scheme(),
                AccountId.ofCanonicalAddress(ADDRESS),
                share.worker());
        return new ShareLog.LoggedShare(own, AuditFixtures.job(share.jobNumber(), 2), ADDRESS);
    }

    @Test
    void wrongUseIsToldWithoutAnAudit() throws Exception {
        Files.createDirectories(data.resolve("shares"));
        for (List<String> wrong : List.of(
                List.of("--data", data.resolve("nowhere").toString()),
                List.of("--data", data.toString(), "--account", "nobody"),
                List.of("--data", data.toString(), "--account", ADDRESS, "--network", "testnet4"),
                List.of("--data", data.toString(), "--threads", "0"))) {
            assertThat(run(wrong.toArray(String[]::new))).as("%s", wrong).isNotZero();
        }
        assertThat(out.toString()).isEmpty();
        assertThat(run("--data", data.toString(), "--json")).isZero();
        assertThat(json().get("records").asLong()).isZero();
    }

    @Test
    void theBarIsFullAtTheEndAndNamesTheRate() {
        assertThat(AuditScreen.line(0, 0, 0, 0)).contains("[" + "-".repeat(30) + "]", "0 %");
        assertThat(AuditScreen.line(50, 100, 3000, 2_000_000_000L)).contains("50 %", "3000 shares", "1500/s");
        assertThat(AuditScreen.line(100, 100, 1, 1)).contains("[" + "#".repeat(30) + "]", "100 %");
    }
}
