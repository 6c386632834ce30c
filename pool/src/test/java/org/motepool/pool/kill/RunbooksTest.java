package org.motepool.pool.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.work.PowShift;
import org.motepool.payout.journal.FileJournal;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.proof.LedgerProof;
import org.motepool.pool.Main;
import org.motepool.store.redis.TestRedis;

/**
 * Walks two emergencies by the very commands of their runbooks, while devices mine: Redis lost with all that was in it, then
 * the accountant's disk, of which the journal's mirror is left.
 */
@Tag("soak")
class RunbooksTest {
    private static final int MINERS = 4;
    private static final int SECONDS_MAX = 120;
    private static final Path RUNBOOKS = Path.of("../deploy/runbooks");
    private static final PowShift SHIFT = new PowShift(16);
    private static final String USER = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4.book";

    @TempDir
    private Path directory;

    private final List<RecordingMiner> miners = new ArrayList<>();
    private final List<PoolChild> children = new ArrayList<>();

    @Test
    void aLostRedisAndALostPayoutDiskAreMendedByTheirRunbooks() throws Exception {
        Path payoutData = directory.resolve("payout");
        Path mirror = directory.resolve("mirror");
        try (TestRedis redis = TestRedis.start()) {
            String node = "http://127.0.0.1:"
                    + child("devnet", "chain", Map.of(), "--rpc-port", "0").port();
            List<String> around = List.of("--redis", redis.uri(), "--node", node);
            Map<String, String> mirrored = Map.of("MOTE_DATA_JOURNAL_MIRROR", mirror.toString());
            PoolChild payout = child("payout", "payout", mirrored, around.toArray(String[]::new));
            payout.port();
            PoolChild stratum = child("stratum", "stratum", Map.of(), around.toArray(String[]::new));
            mine(stratum.port());
            awaitJournaled(payoutData, 40);

            redis.restart();
            awaitJournaled(payoutData, journaled(payoutData) + 40);
            String replayed = run(
                    "LostRedis.md",
                    Map.of(
                            "redis://payout:PASSWORD@127.0.0.1:6379", redis.uri(),
                            "/var/lib/motepool", payoutData.toString()));
            System.out.println("runbooks, lost Redis: " + replayed.strip().replaceAll("\\s+", " "));

            payout.kill();
            long before = journaled(payoutData);
            delete(payoutData);
            String verified = run(
                    "LostPayoutDisk.md",
                    Map.of(
                            "/mnt/second/motepool-journal",
                            mirror.toString(),
                            "/var/lib/motepool",
                            payoutData.toString()));
            System.out.println("runbooks, lost payout disk: " + verified.strip().replaceAll("\\s+", " "));
            assertThat(journaled(payoutData))
                    .as("the mirror has what the journal had")
                    .isEqualTo(before);
            child("payout", "payout", mirrored, around.toArray(String[]::new)).port();
            awaitJournaled(payoutData, before + 20);
            miners.forEach(RecordingMiner::close);
            assertThat(stratum.stop(SECONDS_MAX)).isTrue();
            awaitJournaled(
                    payoutData,
                    miners.stream().mapToLong(each -> each.answered().size()).sum());
        } finally {
            miners.forEach(RecordingMiner::close);
            children.forEach(PoolChild::close);
        }
        assertThat(LedgerProof.of(FileJournal.directoryIn(payoutData)).trouble())
                .isEmpty();
    }

    private PoolChild child(String role, String data, Map<String, String> settings, String... options)
            throws IOException {
        Map<String, String> all = new HashMap<>(settings);
        all.put("MOTE_DEVNET_START_LEVEL", "38");
        all.put("MOTE_DEVNET_BLOCK_SECONDS", "3");
        List<String> arguments = new ArrayList<>(List.of("--network", "devnet"));
        arguments.addAll(List.of(options));
        PoolChild child = PoolChild.role(
                List.of(), role, directory.resolve(data), directory.resolve(role + ".log"), arguments, all);
        children.add(child);
        return child;
    }

    private void mine(int port) throws IOException {
        for (int i = 0; i < MINERS; i++) {
            miners.add(new RecordingMiner("127.0.0.1", port, USER + i, SHIFT).start());
        }
    }

    /** Runs the commands for a shell of a runbook with these in place of its paths, and wants exit code 0. */
    private String run(String runbook, Map<String, String> places) throws Exception {
        Matcher block =
                Pattern.compile("```sh\n(.+?)```", Pattern.DOTALL).matcher(Files.readString(RUNBOOKS.resolve(runbook)));
        assertThat(block.find()).as("commands in %s", runbook).isTrue();
        String commands = block.group(1);
        for (Map.Entry<String, String> place : places.entrySet()) {
            assertThat(commands).contains(place.getKey());
            commands = commands.replace(place.getKey(), place.getValue());
        }
        String launcher = "mote() { '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' %s \"$@\"; }\n"
                .formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        Main.class.getName());
        Path output = directory.resolve(runbook + ".out");
        Process shell = new ProcessBuilder("sh", "-e", "-c", launcher + commands)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(shell.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        } finally {
            shell.destroyForcibly();
        }
        assertThat(shell.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }

    private static long journaled(Path data) throws JournalException {
        return LedgerProof.of(FileJournal.directoryIn(data)).books().shares();
    }

    private static void awaitJournaled(Path data, long shares) throws InterruptedException {
        KillTest.await(
                SECONDS_MAX,
                () -> {
                    try {
                        return journaled(data) >= shares;
                    } catch (JournalException e) {
                        // Its last record is being written.
                        return false;
                    }
                },
                shares + " shares are journaled");
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
