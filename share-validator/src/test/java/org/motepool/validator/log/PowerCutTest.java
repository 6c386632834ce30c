package org.motepool.validator.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.motepool.validator.log.LogFixtures.nonces;
import static org.motepool.validator.log.LogFixtures.settings;
import static org.motepool.validator.log.LogFixtures.share;

import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.time.PoolClock;

/** Called back means readable after a power cut at any moment. */
class PowerCutTest {
    private static final int THREADS = 3;
    private static final int IN_FLIGHT_MAX = 8;
    private static final int OPERATIONS_MIN = 40;

    @TempDir
    Path shares;

    /** What was called back before the power went, and where it should be. */
    private record Outcome(Path directory, Set<Integer> calledBack) {
        Set<Integer> lost() throws Exception {
            Set<Integer> lost = new HashSet<>(calledBack);
            nonces(directory).forEach(lost::remove);
            return lost;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatWasCalledBackIsReadableOnceAfterwards(long seed) throws Exception {
        assertThatNothingIsLost(runUntilPowerCut(seed, new FaultyLogFiles()));
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7, 8, 9, 10})
    void alsoWhenSomeOfTheUnforcedSectorsSurvive(long seed) throws Exception {
        assertThatNothingIsLost(runUntilPowerCut(seed, new FaultyLogFiles().letSectorsSurvive(new Random(seed))));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void withoutForcesTheSameTestSeesTheLoss(long seed) throws Exception {
        Outcome outcome = runUntilPowerCut(seed, new FaultyLogFiles().ignoreForces());
        assertThat(outcome.calledBack()).isNotEmpty();
        assertThat(isIntact(outcome)).isFalse();
    }

    private static boolean isIntact(Outcome outcome) throws Exception {
        try {
            return outcome.lost().isEmpty();
        } catch (CorruptLogException e) {
            return false;
        }
    }

    private static void assertThatNothingIsLost(Outcome outcome) throws Exception {
        assertThat(outcome.calledBack()).hasSizeGreaterThan(OPERATIONS_MIN / 4);
        assertThat(outcome.lost()).isEmpty();
        List<Integer> readable = nonces(outcome.directory());
        assertThat(readable).doesNotHaveDuplicates();
        try (DeadLog dead = DeadLogs.tryTake(outcome.directory(), LogFiles.DISK).orElseThrow();
                LogEntries entries = dead.entries(0, 0)) {
            List<WorkEntry> all = LogFixtures.rest(entries);
            assertThat(all.stream().mapToLong(WorkEntry::shares).sum()).isEqualTo(readable.size());
            assertThat(all.getLast().to()).isEqualTo(dead.end());
        }
    }

    /** Threads append until every append fails; failed forces on the way are part of the load. */
    private Outcome runUntilPowerCut(long seed, FaultyLogFiles files) throws Exception {
        System.out.println("seed of the power cut: " + seed);
        Random random = new Random(seed);
        Set<Integer> calledBack = ConcurrentHashMap.newKeySet();
        AtomicInteger nonce = new AtomicInteger();
        ShareLogWriter log = ShareLogWriter.open(
                settings(shares).withSegmentBytes(4 << 10).withCutInterval(Duration.ofMillis(5)),
                files,
                new SecureRandom(),
                PoolClock.SYSTEM,
                new CollectorRegistry());
        files.cutPowerAt(OPERATIONS_MIN + random.nextInt(80));
        files.failForce(10 + random.nextInt(5));
        List<Thread> threads = IntStream.range(0, THREADS)
                .mapToObj(thread -> Thread.ofPlatform()
                        .name("appender-" + thread)
                        .start(() -> load(log, files, thread, nonce, calledBack)))
                .toList();
        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
        }
        assertThat(files.powerIsCut()).isTrue();
        log.close();
        return new Outcome(log.directory(), calledBack);
    }

    private static void load(
            ShareLog log, FaultyLogFiles files, int thread, AtomicInteger nonce, Set<Integer> calledBack) {
        Semaphore inFlight = new Semaphore(IN_FLIGHT_MAX);
        try {
            while (!files.powerIsCut()) {
                if (!inFlight.tryAcquire(10, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("an append was never called back");
                }
                List<ShareLog.LoggedShare> batch = IntStream.range(0, 1 + thread)
                        .mapToObj(i -> share(thread, thread + i, nonce.incrementAndGet()))
                        .toList();
                log.append(batch, new ShareLog.ForceCallback() {
                    @Override
                    public void forced() {
                        batch.forEach(logged -> calledBack.add(logged.share().nonce()));
                        inFlight.release();
                    }

                    @Override
                    public void failed(Exception cause) {
                        inFlight.release();
                    }
                });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
