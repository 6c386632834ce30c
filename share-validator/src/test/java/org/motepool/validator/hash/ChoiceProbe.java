package org.motepool.validator.hash;

import java.time.Duration;
import java.util.Locale;
import org.motepool.core.work.ProofOfWork;

/**
 * A process of its own that chooses its hasher and prints what and why, then, when asked for rounds, a table of ratios of what was
 * chosen to the scalar hasher.
 * Arguments: the proof of work, {@code sha256d} by default; rounds.
 */
final class ChoiceProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long MILLIS_EACH = 20;

    private ChoiceProbe() {}

    public static void main(String[] arguments) throws Exception {
        long start = System.nanoTime();
        ProofOfWork proof = arguments.length > 0 && arguments[0].equals(ProofOfWork.SCRYPT.id())
                ? ProofOfWork.SCRYPT
                : ProofOfWork.SHA256D;
        try (HasherChoice choice = HasherChoice.start(
                proof,
                made -> System.out.printf(
                        Locale.ROOT,
                        "raced %.0f and %.0f shares/s%n",
                        made.scalarPerSecond(),
                        made.vectorPerSecond()))) {
            boolean chosen = choice.await(PATIENCE);
            System.out.printf(
                    "after %d ms%n", Duration.ofNanos(System.nanoTime() - start).toMillis());
            System.out.println(chosen ? choice.reason() : "no choice");
            if (arguments.length > 1) {
                race(proof, Integer.parseInt(arguments[1]), choice.hasher());
            }
        }
    }

    private static void race(ProofOfWork proof, int rounds, ShareHasher chosen) {
        MadeUpShares shares = new MadeUpShares(2);
        System.out.printf("%s, %s%n", System.getProperty("java.vm.version"), System.getProperty("os.arch"));
        for (int branch : proof == ProofOfWork.SCRYPT ? new int[] {4} : new int[] {-1, 0, 4, 12}) {
            HasherRace race = HasherRace.of(
                    proof,
                    new ScalarShareHasher(proof),
                    chosen,
                    shares,
                    branch < 0 ? shares.headerJob() : shares.usualJob(branch));
            race.run(rounds, MILLIS_EACH);
            HasherRace.Result result = race.run(rounds, MILLIS_EACH);
            System.out.printf(
                    Locale.ROOT,
                    "%-6s scalar %6.3f M/s, %s %6.3f M/s, ratio %.2f (%.2f to %.2f)%n",
                    branch < 0 ? "header" : "K=" + branch,
                    result.scalarPerSecond() / 1e6,
                    chosen.path(),
                    result.vectorPerSecond() / 1e6,
                    result.ratio(),
                    result.low(),
                    result.high());
        }
    }
}
