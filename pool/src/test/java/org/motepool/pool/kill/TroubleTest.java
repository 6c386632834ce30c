package org.motepool.pool.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
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

/**
 * Troubles of all kinds under load, while blocks are found: Redis killed, Redis emptied, the pool killed, the clock put
 * back, the disk full. Afterwards answered ⊆ logged = journaled, each once; credits and fees are the rewards; no balance is
 * below zero; Redis holds what the journal says.
 */
class TroubleTest {
    private static final int MINERS = 16;
    private static final PowShift SHIFT = new PowShift(16);
    private static final int SECONDS_MAX = 120;
    private static final String USER = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4.trouble";
    /** Blocks come every second or so from what a test's miners hash: more of them on one tip only keep payout waiting. */
    private static final Map<String, String> EASY =
            Map.of("MOTE_DEVNET_START_LEVEL", "38", "MOTE_DEVNET_BLOCK_SECONDS", "3");

    @TempDir
    private Path directory;

    private final List<RecordingMiner> miners = new ArrayList<>();

    @Test
    void survivesEveryKillWithOneFreshSeed() throws Exception {
        kills(new Random().nextLong());
    }

    @Test
    @Tag("soak")
    void survivesEveryKillWithAHundredSeeds() throws Exception {
        for (int i = 0; i < 100; i++) {
            miners.clear();
            kills(new Random().nextLong());
        }
    }

    private void kills(long seed) throws Exception {
        Random random = new Random(seed);
        Path data = directory.resolve("kills" + seed);
        Path output = directory.resolve("pool.log");
        System.out.println("trouble, seed " + seed);
        try (PoolChild pool = PoolChild.start(data, output, List.of("--network", "devnet"), EASY)) {
            load(pool.stratumPort());
            awaitBlock(data);
            awaitAnswers(100 + random.nextInt(100));
            killRedis(data);
            awaitAnswers(100 + random.nextInt(100));
            emptyRedis(data);
            awaitAnswers(100 + random.nextInt(100));
            pool.kill();
        } finally {
            miners.forEach(RecordingMiner::close);
        }
        List<Path> dead = Witnesses.logDirectories(data);
        try (PoolChild pool = PoolChild.start(data, output, List.of("--network", "devnet"), EASY)) {
            pool.stratumPort();
            KillTest.await(
                    SECONDS_MAX,
                    () -> dead.stream().allMatch(log -> Files.exists(log.resolve("finished"))),
                    "the dead log is drained; the pool's log is " + output);
            assertThat(pool.stop(SECONDS_MAX)).as("the pool stops by itself").isTrue();
        }
        assertAllHolds("trouble, seed " + seed, data);
    }

    private void load(int port) throws IOException {
        for (int i = 0; i < MINERS; i++) {
            miners.add(new RecordingMiner("127.0.0.1", port, USER + i, SHIFT).start());
        }
    }

    private long answered() {
        return miners.stream().mapToLong(miner -> miner.answered().size()).sum();
    }

    /** Answers go on whatever happens behind the log. */
    private void awaitAnswers(int more) throws InterruptedException {
        long until = answered() + more;
        KillTest.await(SECONDS_MAX, () -> answered() >= until, "devices are answered");
    }

    private static void awaitBlock(Path data) throws InterruptedException {
        KillTest.await(SECONDS_MAX, () -> Witnesses.hasBlock(data), "a block is found");
    }

    private static void killRedis(Path data) throws IOException {
        String pid = Files.readString(data.resolve("redis").resolve("redis.pid"))
                .strip()
                .split(" ", -1)[0];
        assertThat(ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly())
                .isTrue();
    }

    private static void emptyRedis(Path data) throws Exception {
        Path config = data.resolve("redis").resolve("redis.conf");
        // It may just be starting again.
        KillTest.await(SECONDS_MAX, () -> flushed(config), "Redis takes FLUSHALL");
    }

    private static boolean flushed(Path config) {
        try {
            Map<String, String> settings = new HashMap<>();
            Files.readAllLines(config).stream()
                    .map(line -> line.split(" ", 2))
                    .filter(words -> words.length == 2)
                    .forEach(words -> settings.put(words[0], words[1]));
            int port = Integer.parseInt(settings.getOrDefault("port", "0"));
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                String commands = "AUTH " + settings.get("requirepass") + "\r\nFLUSHALL\r\n";
                socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
                BufferedReader replies =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                return "+OK".equals(replies.readLine()) && "+OK".equals(replies.readLine());
            }
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aClockThatIsPutBackChangesNothing() throws Exception {
        Path data = directory.resolve("clock");
        StepClock clock = new StepClock();
        try (PoolRuntime pool = PoolRuntime.start(config(data), clock)) {
            load(pool.stratumPort());
            awaitBlock(data);
            awaitAnswers(200);
            clock.step(Duration.ofDays(-1));
            // Blocks of now are too new to the chain of yesterday: each keeps payout waiting until no node knows it.
            awaitAnswers(50);
            clock.step(Duration.ofDays(2));
            awaitAnswers(200);
            miners.forEach(RecordingMiner::close);
            assertThat(pool.settle(Duration.ofSeconds(SECONDS_MAX))).isTrue();
        }
        assertAllHolds("clock put back", data);
    }

    @Test
    void aFullDiskAnswersNothingThatItDoesNotKeep() throws Exception {
        Path data = directory.resolve("disk");
        FaultyLogFiles disk = new FaultyLogFiles();
        try (PoolRuntime pool = PoolRuntime.start(config(data), PoolClock.SYSTEM, disk)) {
            load(pool.stratumPort());
            awaitBlock(data);
            awaitAnswers(200);
            disk.failCreates(true);
            var _ = disk.failWrite(1);
            KillTest.await(
                    SECONDS_MAX,
                    () -> miners.stream().mapToInt(RecordingMiner::rejected).sum() > 20,
                    "shares that cannot be stored are refused");
            disk.failCreates(false);
            awaitAnswers(200);
            miners.forEach(RecordingMiner::close);
            assertThat(pool.settle(Duration.ofSeconds(SECONDS_MAX))).isTrue();
        }
        assertAllHolds("full disk", data);
    }

    private void assertAllHolds(String what, Path data) throws Exception {
        Witnesses.assertNothingIsLost(what, miners, data);
        SoundBooks.require(what, data, Witnesses.logDirectories(data), Optional.empty());
    }

    private static PoolConfig config(Path data) throws Exception {
        Settings settings = Settings.defaults();
        settings.put(Key.NETWORK, "devnet", "test");
        settings.put(Key.DATA, data.toString(), "test");
        settings.put(Key.SHARE_SECONDS, "1", "test");
        settings.put(Key.DEVNET_START_LEVEL, "38", "test");
        settings.put(Key.DEVNET_BLOCK_SECONDS, "3", "test");
        for (Key bind : List.of(Key.STRATUM_BIND, Key.HTTP_BIND, Key.MANAGEMENT_BIND)) {
            settings.put(bind, "127.0.0.1", "test");
        }
        for (Key port : List.of(Key.STRATUM_PORT, Key.HTTP_PORT, Key.MANAGEMENT_PORT)) {
            settings.put(port, "0", "test");
        }
        return ConfigChecker.check(settings, List.of());
    }

    /** A wall clock that someone puts; time that passes is real. */
    private static final class StepClock implements PoolClock {
        private final AtomicLong offset = new AtomicLong();

        void step(Duration by) {
            offset.addAndGet(by.toMillis());
        }

        @Override
        public long epochMillis() {
            return PoolClock.SYSTEM.epochMillis() + offset.get();
        }

        @Override
        public long nanos() {
            return PoolClock.SYSTEM.nanos();
        }
    }
}
