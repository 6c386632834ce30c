package org.motepool.validator.hash;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.motepool.core.block.Job;
import org.motepool.core.hash.Hash256;
import org.motepool.core.work.ProofOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the hasher at start: shares are hashed one after the other at once, while a thread of its own loads the vector
 * hasher, warms it up with made-up shares, compares its hashes and races it. Only a vector hasher that is right and faster
 * is used; whatever goes wrong leaves the scalar one. Thread-safe.
 */
public final class HasherChoice implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HasherChoice.class);
    private static final String PENDING = "scalar: vector is being warmed up";
    /**
     * A vector hasher that the just-in-time compiler has not made fast by then never will be; on an idle core 1 s is
     * enough. Processor time of this thread: where others keep the cores busy, the compiler needs as much longer.
     */
    private static final Duration WARM_UP_MAX = Duration.ofSeconds(10);

    /** What scrypt has of SHA-256 is warmed up so long by itself. Processor time likewise. */
    private static final Duration FIRST_WARM_UP_MAX = Duration.ofMillis(700);

    private static final long CHUNK_MILLIS = 20;
    /** So many chunks alike are taken for the end of the warm-up. */
    private static final int STEADY_CHUNKS = 10;

    /** Or so many that won: enough on a machine too busy to be steady. */
    private static final int WON_CHUNKS = 40;

    private static final double STEADY_RATIO = 0.85;
    private static final int TEST_SHARES_MAX = 40;
    private static final int RACES_MAX = 10;
    private static final int RACE_ROUNDS = 11;
    private static final long RACE_MILLIS = 5;
    private static final int RACE_BRANCH = 4;

    private final ProofOfWork proofOfWork;
    private final ShareHasher scalar;
    private final SwitchingShareHasher switching;
    private final MadeUpShares shares = new MadeUpShares(1);
    private final String vectorClass;
    private final Duration warmUpMax;
    private final CompletableFuture<Choice> decided = new CompletableFuture<>();
    private final Thread thread;

    /**
     * What was chosen.
     *
     * @param path of the hasher in use: {@code scalar}, {@code vector512}, {@code vector256}
     * @param reason the path and why, for people
     * @param scalarPerSecond raced shares a second of one thread at {@value #RACE_BRANCH} branches; 0 when nothing was raced
     * @param vectorPerSecond likewise
     */
    public record Choice(String path, String reason, double scalarPerSecond, double vectorPerSecond) {
        private static Choice unraced(String why) {
            return new Choice("scalar", "scalar: " + why, 0, 0);
        }
    }

    // A hint where the system takes it; nothing depends on it.
    @SuppressWarnings("ThreadPriorityCheck")
    HasherChoice(ProofOfWork proofOfWork, String vectorClass, Duration warmUpMax, Consumer<Choice> listener) {
        this.proofOfWork = proofOfWork;
        scalar = new ScalarShareHasher(proofOfWork);
        switching = new SwitchingShareHasher(scalar, SwitchingShareHasher.vectorSharesMin(proofOfWork));
        this.vectorClass = vectorClass;
        this.warmUpMax = warmUpMax;
        thread = Thread.ofPlatform()
                .daemon()
                .name("mote-hasher-choice")
                .priority(Thread.MIN_PRIORITY)
                .unstarted(() -> {
                    Choice choice = choose();
                    LOG.info(
                            "shares are hashed by {} ({}); raced shares/s: scalar {}, vector {}",
                            choice.reason(),
                            proofOfWork.id(),
                            Math.round(choice.scalarPerSecond()),
                            Math.round(choice.vectorPerSecond()));
                    try {
                        listener.accept(choice);
                    } finally {
                        decided.complete(choice);
                    }
                });
    }

    /** Chooses for a chain's proof of work once it is begun; {@code listener} is told once, on the choosing thread. */
    public static HasherChoice of(ProofOfWork proofOfWork, Consumer<Choice> listener) {
        return new HasherChoice(proofOfWork, VectorHashers.NAME, WARM_UP_MAX, listener);
    }

    /** Starts choosing at once. */
    public static HasherChoice start(ProofOfWork proofOfWork, Consumer<Choice> listener) {
        HasherChoice choice = of(proofOfWork, listener);
        choice.begin();
        return choice;
    }

    /** Starts choosing, which keeps a core busy for a second and more; once. */
    public void begin() {
        thread.start();
    }

    /** The hasher to serve with, before and after the choice. */
    public SwitchingShareHasher hasher() {
        return switching;
    }

    /** The path in use now and why. */
    public String reason() {
        return decided.isDone() ? decided.join().reason() : PENDING;
    }

    /** What was chosen; empty until then. */
    public Optional<Choice> choice() {
        return decided.isDone() ? Optional.of(decided.join()) : Optional.empty();
    }

    /** Waits for the choice; false when the time is over first. */
    public boolean await(Duration atMost) throws InterruptedException {
        try {
            decided.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a choice does not fail", e);
        }
    }

    /** Stops choosing where that is still going on; the hasher in use stays. */
    @Override
    public void close() {
        thread.interrupt();
    }

    // Every Throwable: an incubating module may throw anything.
    Choice choose() {
        try {
            return chooseFrom(VectorHashers.load(vectorClass, proofOfWork));
        } catch (InterruptedException e) {
            return Choice.unraced("the pool closed before the choice");
        } catch (MissingVectorException e) {
            return Choice.unraced(String.valueOf(e.getMessage()));
        } catch (Throwable e) {
            return Choice.unraced("vector does not work (" + e + ")");
        }
    }

    private Choice chooseFrom(ShareHasher vector) throws InterruptedException, MissingVectorException {
        if (proofOfWork == ProofOfWork.SCRYPT) {
            warmUpSha();
        }
        HasherRace race = HasherRace.of(proofOfWork, scalar, vector, shares, shares.usualJob(RACE_BRANCH));
        warmUp(race, warmUpMax);
        if (!agrees(vector)) {
            return Choice.unraced(vector.path() + " gave a wrong hash");
        }
        HasherRace.Result result = steadyRace(race);
        boolean wins = result.ratio() >= HasherRace.RATIO_MIN;
        if (wins) {
            switching.use(vector);
        }
        String reason = wins
                ? String.format(
                        Locale.ROOT, "%s: %.1f x scalar at %d branches", vector.path(), result.ratio(), RACE_BRANCH)
                : String.format(Locale.ROOT, "scalar: %s was not faster (%.2f x)", vector.path(), result.ratio());
        return new Choice(switching.path(), reason, result.scalarPerSecond(), result.vectorPerSecond());
    }

    /** What ran last is compiled for what ran last: the first race only heats both up, and more do while scalar gains. */
    private static HasherRace.Result steadyRace(HasherRace race) throws InterruptedException {
        HasherRace.Result before = race.run(RACE_ROUNDS, RACE_MILLIS);
        HasherRace.Result result = race.run(RACE_ROUNDS, RACE_MILLIS);
        for (int i = 2; i < RACES_MAX && result.scalarPerSecond() * STEADY_RATIO > before.scalarPerSecond(); i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            before = result;
            result = race.run(RACE_ROUNDS, RACE_MILLIS);
        }
        return result;
    }

    /**
     * A pass of scrypt calls SHA-256's kernels some thirty times and its own thousands of times: the just-in-time compiler
     * would come to those seconds later, and until then they would cost more than all the rest.
     */
    private void warmUpSha() throws InterruptedException, MissingVectorException {
        ShareHasher vector = VectorHashers.load(vectorClass, ProofOfWork.SHA256D);
        warmUp(
                HasherRace.of(
                        ProofOfWork.SHA256D, new ScalarShareHasher(), vector, shares, shares.usualJob(RACE_BRANCH)),
                FIRST_WARM_UP_MAX);
    }

    /** Until the vector hasher has been faster for a while, and is not getting faster any more. */
    private static void warmUp(HasherRace race, Duration atMost) throws InterruptedException {
        long start = HasherRace.cpuNanos();
        double scalarRate = race.scalarRate(2 * CHUNK_MILLIS);
        double best = 0;
        int steady = 0;
        int won = 0;
        while (steady < STEADY_CHUNKS && won < WON_CHUNKS && HasherRace.cpuNanos() - start < atMost.toNanos()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            double rate = race.vectorRate(CHUNK_MILLIS);
            // By turns, so that at a busy start the scalar hasher, too, is compiled before they race.
            scalarRate = Math.max(scalarRate, race.scalarRate(CHUNK_MILLIS / 4));
            boolean wins = rate > HasherRace.RATIO_MIN * scalarRate;
            won += wins ? 1 : 0;
            boolean alike = wins && rate > STEADY_RATIO * best && rate * STEADY_RATIO < best;
            steady = alike ? steady + 1 : 0;
            best = Math.max(best, rate);
        }
    }

    /** As many as the scalar hasher takes a tenth of a second for. */
    private int testJobs() {
        return switch (proofOfWork) {
            case SHA256D -> 64;
            case SCRYPT -> 16;
        };
    }

    private boolean agrees(ShareHasher vector) throws InterruptedException {
        int jobs = testJobs();
        for (int i = 0; i < jobs; i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Job job = shares.anyJob();
            ShareBatch batch = shares.batch(job, 1 + i * TEST_SHARES_MAX / jobs);
            scalar.prepare(job).hash(batch);
            byte[] expected = Arrays.copyOf(batch.hashes(), batch.size() * Hash256.BYTES);
            Arrays.fill(batch.hashes(), (byte) 0);
            vector.prepare(job).hash(batch);
            if (Arrays.mismatch(expected, 0, expected.length, batch.hashes(), 0, expected.length) >= 0) {
                return false;
            }
        }
        return true;
    }
}
