package org.motepool.pool.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.time.PoolClock;
import org.motepool.core.work.PowShift;
import org.motepool.pool.config.ConfigChecker;
import org.motepool.pool.config.Key;
import org.motepool.pool.config.PoolConfig;
import org.motepool.pool.config.Settings;
import org.motepool.pool.wiring.PoolRuntime;
import org.motepool.validator.log.FaultyLogFiles;
import org.motepool.validator.log.LogFiles;

/**
 * The whole pool on a disk that loses all unforced bytes of the share log at a chosen operation: the same must hold as
 * after a kill. Without the force it does not, and the same comparison sees it.
 */
class PowerCutPoolTest {
    private static final int MINERS = 16;
    private static final PowShift SHIFT = new PowShift(16);
    private static final int SECONDS_MAX = 60;

    @TempDir
    private Path directory;

    private final List<RecordingMiner> miners = new ArrayList<>();

    @Test
    void losesNothingThatWasAnswered() throws Exception {
        Path data = directory.resolve("data");
        cutPowerUnderLoad(data, new FaultyLogFiles(), 1);
        restartAndDrain(data);
        Witnesses.assertNothingIsLost("power cut, seed 1", miners, data);
    }

    @Test
    void withoutForcesTheSameTestSeesTheLoss() throws Exception {
        Path data = directory.resolve("data");
        cutPowerUnderLoad(data, new FaultyLogFiles().ignoreForces(), 1);
        long answered =
                miners.stream().mapToLong(miner -> miner.answered().size()).sum();
        assertThat(answered).isGreaterThan(200);
        assertThat(Witnesses.logged(data).size()).isLessThan((int) answered);
    }

    private void cutPowerUnderLoad(Path data, FaultyLogFiles disk, long seed) throws Exception {
        int cutAt = 300 + new Random(seed).nextInt(300);
        try (PoolRuntime pool = PoolRuntime.start(config(data), PoolClock.SYSTEM, disk)) {
            for (int i = 0; i < MINERS; i++) {
                String user = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4.cut" + i;
                miners.add(new RecordingMiner("127.0.0.1", pool.stratumPort(), user, SHIFT).start());
            }
            KillTest.await(
                    SECONDS_MAX,
                    () -> miners.stream()
                                    .mapToInt(miner -> miner.answered().size())
                                    .sum()
                            >= cutAt,
                    "the devices have load");
            disk.cutPower();
        } finally {
            miners.forEach(RecordingMiner::close);
        }
    }

    private static void restartAndDrain(Path data) throws Exception {
        List<Path> dead = Witnesses.logDirectories(data);
        try (PoolRuntime _ = PoolRuntime.start(config(data), PoolClock.SYSTEM, LogFiles.DISK)) {
            KillTest.await(
                    SECONDS_MAX,
                    () -> dead.stream().allMatch(log -> Files.exists(log.resolve("finished"))),
                    "the log of before the power cut is drained");
        }
    }

    private static PoolConfig config(Path data) throws Exception {
        Settings settings = Settings.defaults();
        settings.put(Key.NETWORK, "devnet", "test");
        settings.put(Key.DATA, data.toString(), "test");
        settings.put(Key.SHARE_SECONDS, "1", "test");
        for (Key bind : List.of(Key.STRATUM_BIND, Key.HTTP_BIND, Key.MANAGEMENT_BIND)) {
            settings.put(bind, "127.0.0.1", "test");
        }
        for (Key port : List.of(Key.STRATUM_PORT, Key.HTTP_PORT, Key.MANAGEMENT_PORT)) {
            settings.put(port, "0", "test");
        }
        return ConfigChecker.check(settings, List.of());
    }
}
