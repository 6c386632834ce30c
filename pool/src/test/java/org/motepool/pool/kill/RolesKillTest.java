package org.motepool.pool.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.work.PowShift;
import org.motepool.payout.journal.FileJournal;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.proof.LedgerProof;
import org.motepool.pool.redis.EmbeddedRedis;

/**
 * Chain, stratum, two payouts and the page, each a process of its own around one Redis: each is killed in turn while
 * devices mine. Nothing answered is lost, the page shows it, and the standby keeps the same books.
 */
class RolesKillTest {
    private static final int MINERS = 6;
    private static final int SECONDS_MAX = 120;
    private static final PowShift SHIFT = new PowShift(16);
    private static final String USER = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4.role";
    private static final Map<String, String> EASY =
            Map.of("MOTE_DEVNET_START_LEVEL", "38", "MOTE_DEVNET_BLOCK_SECONDS", "3", "MOTE_HTTP_DEVICE_PORT", "off");

    @TempDir
    private Path directory;

    private final List<RecordingMiner> miners = new ArrayList<>();
    private final List<PoolChild> children = new ArrayList<>();
    private final HttpClient browser = HttpClient.newHttpClient();
    private String redisUrl = "";
    private String node = "";

    @Test
    void killingEachRoleInTurnLosesNothing() throws Exception {
        Path data = directory.resolve("data");
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory.resolve("redis"))) {
            redisUrl = redis.url();
            node = "http://127.0.0.1:"
                    + child("devnet", "chain", "--rpc-port", "0").port();
            PoolChild first = role("payout", data);
            first.port();
            PoolChild standby = role("payout", data);
            standby.port();
            PoolChild stratum = role("stratum", data);
            PoolChild page = page(stratum.port());

            load(stratum.port(), 80);
            awaitJournaled(data, 20);
            first.kill();
            long began = System.nanoTime();
            awaitJournaled(data, journaled(data) + 1);
            System.out.printf(
                    "roles: the standby wrote on %d ms after the kill (its lease: 5 s, a block: 3 s)%n",
                    (System.nanoTime() - began) / 1_000_000);
            awaitShown(page.port());

            page.kill();
            stratum.kill();
            stop();
            List<Path> dead = Witnesses.logDirectories(data);
            PoolChild stratumAgain = role("stratum", data);
            load(stratumAgain.port(), 200);
            stop();
            awaitShown(page(stratumAgain.port()).port());
            KillTest.await(
                    SECONDS_MAX,
                    () -> dead.stream().allMatch(log -> Files.exists(log.resolve("finished"))),
                    "the dead log is drained");
            assertThat(stratumAgain.stop(SECONDS_MAX)).isTrue();
            // A slice is sealed a minute after its first share at the latest.
            awaitJournaled(data, Witnesses.logged(data).size());
            assertThat(standby.stop(SECONDS_MAX)).isTrue();
        } finally {
            stop();
            children.forEach(PoolChild::close);
        }
        Witnesses.assertNothingIsLost("roles, each killed once", miners, data);
        LedgerProof proof = LedgerProof.of(FileJournal.directoryIn(data));
        assertThat(proof.trouble()).isEmpty();
    }

    private PoolChild child(String role, String data, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("--network", "devnet"));
        all.addAll(List.of(options));
        PoolChild child = PoolChild.role(role, directory.resolve(data), directory.resolve(role + ".log"), all, EASY);
        children.add(child);
        return child;
    }

    private PoolChild role(String role, Path data) throws Exception {
        return child(role, data.getFileName().toString(), "--redis", redisUrl, "--node", node);
    }

    private PoolChild page(int stratumPort) throws Exception {
        return child("dashboard", "page", "--redis", redisUrl, "--stratum-port", Integer.toString(stratumPort));
    }

    /** New devices, which go on until {@link #stop}. */
    private void load(int port, int answers) throws Exception {
        long until = answered() + answers;
        for (int i = 0; i < MINERS; i++) {
            miners.add(new RecordingMiner("127.0.0.1", port, USER + miners.size(), SHIFT).start());
        }
        KillTest.await(SECONDS_MAX, () -> answered() >= until, "devices are answered");
    }

    private void stop() {
        miners.forEach(RecordingMiner::close);
    }

    private long answered() {
        return miners.stream().mapToLong(miner -> miner.answered().size()).sum();
    }

    private static long journaled(Path data) throws JournalException {
        return LedgerProof.of(FileJournal.directoryIn(data)).books().shares();
    }

    private static void awaitJournaled(Path data, long shares) throws Exception {
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

    /** The page asks the store now and then. */
    private void awaitShown(int port) throws InterruptedException {
        KillTest.await(SECONDS_MAX, () -> shownShares(port) > 0, "the page shows shares");
    }

    private long shownShares(int port) {
        URI pool = URI.create("http://127.0.0.1:" + port + "/api/v1/pool");
        try {
            String answer = browser.send(HttpRequest.newBuilder(pool).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            return new ObjectMapper().readTree(answer).path("acceptedShares").asLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
