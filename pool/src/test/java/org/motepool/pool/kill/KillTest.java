package org.motepool.pool.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.work.PowShift;

/** kill -9 of the whole pool in the middle of load: what was answered is logged, what is logged is journaled, each once. */
class KillTest {
    private static final int KILLS = 5;
    private static final int MINERS = 8;
    private static final PowShift SHIFT = new PowShift(16);
    private static final int DRAIN_SECONDS_MAX = 60;
    private static final int LOAD_SECONDS_MAX = 60;

    @TempDir
    private Path directory;

    private final List<RecordingMiner> miners = new ArrayList<>();

    /** Five kills of one pool, each by its seed; every start but the first also finds logs that are not yet drained. */
    @Test
    void losesNothingThatWasAnswered() throws Exception {
        Path data = directory.resolve("data");
        Path output = directory.resolve("pool.log");
        for (long seed = 1; seed <= KILLS; seed++) {
            killUnderLoad(seed, data, output);
        }
        restartAndDrain(data, output);
        Witnesses.assertNothingIsLost("kill test, seeds 1 to " + KILLS, miners, data);
    }

    /** Kills the pool at a share that the seed chooses, while all devices send. */
    private void killUnderLoad(long seed, Path data, Path output) throws Exception {
        int killAt = 200 + new Random(seed).nextInt(800);
        System.out.println("kill test, seed " + seed + ": kill at share " + killAt);
        List<RecordingMiner> mine = new ArrayList<>();
        try (PoolChild pool = PoolChild.start(data, output, List.of("--network", "devnet"))) {
            int port = pool.stratumPort();
            for (int i = 0; i < MINERS; i++) {
                String user = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4.kill" + i;
                mine.add(new RecordingMiner("127.0.0.1", port, user, SHIFT).start());
            }
            await(
                    LOAD_SECONDS_MAX,
                    () -> mine.stream()
                                    .mapToInt(miner -> miner.answered().size())
                                    .sum()
                            >= killAt,
                    "the devices have load");
            pool.kill();
        } finally {
            mine.forEach(RecordingMiner::close);
            miners.addAll(mine);
        }
    }

    /** Starts the pool again on the same data; done when every dead log is wholly in the journal. */
    private void restartAndDrain(Path data, Path output) throws Exception {
        List<Path> dead = Witnesses.logDirectories(data);
        try (PoolChild pool = PoolChild.start(data, output, List.of("--network", "devnet"))) {
            pool.stratumPort();
            await(
                    DRAIN_SECONDS_MAX,
                    () -> dead.stream().allMatch(log -> Files.exists(log.resolve("finished"))),
                    "the dead log is drained; the pool's log is " + output);
            assertThat(pool.stop(20)).as("the pool stops by itself").isTrue();
        }
    }

    static void await(int seconds, BooleanSupplier condition, String what) throws InterruptedException {
        await(seconds, 10, condition, what);
    }

    /** @param everyMillis from one look to the next: long where a look is work */
    static void await(int seconds, int everyMillis, BooleanSupplier condition, String what)
            throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        CountDownLatch never = new CountDownLatch(1);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            assertThat(never.await(everyMillis, TimeUnit.MILLISECONDS)).isFalse();
        }
    }
}
