package org.motepool.pool.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.work.PowShift;
import org.motepool.payout.journal.FileJournal;
import org.motepool.payout.proof.LedgerProof;
import org.motepool.pool.redis.EmbeddedRedis;

/**
 * Chain, stratum, two payouts and the page, each a process of its own around one Redis: each is killed in turn while
 * devices mine. Nothing answered is lost, the page shows it, and the standby keeps the same books.
 */
class RolesKillTest {
    private static final int MINERS = 6;
    private static final int SECONDS_MAX = Roles.SECONDS_MAX;
    private static final PowShift SHIFT = new PowShift(16);
    private static final String USER = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4.role";
    private static final Map<String, String> EASY =
            Map.of("MOTE_DEVNET_START_LEVEL", "38", "MOTE_DEVNET_BLOCK_SECONDS", "3");

    @TempDir
    private Path directory;

    private final List<RecordingMiner> miners = new ArrayList<>();

    @Test
    void killingEachRoleInTurnLosesNothing() throws Exception {
        Path data;
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory.resolve("redis"));
                Roles roles = new Roles(directory, redis.url(), EASY)) {
            data = roles.data();
            PoolChild first = roles.payout();
            first.port();
            PoolChild standby = roles.payout();
            standby.port();
            PoolChild stratum = roles.stratum();
            PoolChild page = roles.page(stratum.port());

            load(stratum.port(), 80);
            roles.awaitJournaled(20);
            first.kill();
            long began = System.nanoTime();
            roles.awaitJournaled(roles.journaled() + 1);
            System.out.printf(
                    "roles: the standby wrote on %d ms after the kill (its lease: 5 s, a block: 3 s)%n",
                    (System.nanoTime() - began) / 1_000_000);
            roles.awaitShown(page.port());

            page.kill();
            stratum.kill();
            stop();
            List<Path> dead = Witnesses.logDirectories(data);
            PoolChild stratumAgain = roles.stratum();
            load(stratumAgain.port(), 200);
            stop();
            roles.awaitShown(roles.page(stratumAgain.port()).port());
            KillTest.await(
                    SECONDS_MAX,
                    () -> dead.stream().allMatch(log -> Files.exists(log.resolve("finished"))),
                    "the dead log is drained");
            assertThat(stratumAgain.stop(SECONDS_MAX)).isTrue();
            // A slice is sealed a minute after its first share at the latest.
            roles.awaitJournaled(Witnesses.logged(data).size());
            assertThat(standby.stop(SECONDS_MAX)).isTrue();
        } finally {
            stop();
        }
        Witnesses.assertNothingIsLost("roles, each killed once", miners, data);
        LedgerProof proof = LedgerProof.of(FileJournal.directoryIn(data));
        assertThat(proof.trouble()).isEmpty();
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
}
