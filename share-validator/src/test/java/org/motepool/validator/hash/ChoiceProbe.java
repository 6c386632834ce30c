package org.motepool.validator.hash;

import java.time.Duration;
import java.util.Locale;

/** A process of its own that chooses its hasher and prints what and why, then a table of ratios when asked for rounds. */
final class ChoiceProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long MILLIS_EACH = 20;

    private ChoiceProbe() {}

    public static void main(String[] arguments) throws Exception {
        long start = System.nanoTime();
        try (HasherChoice choice = HasherChoice.start(made -> System.out.printf(
                Locale.ROOT, "raced %.0f and %.0f shares/s%n", made.scalarPerSecond(), made.vectorPerSecond()))) {
            boolean chosen = choice.await(PATIENCE);
            System.out.printf(
                    "after %d ms%n", Duration.ofNanos(System.nanoTime() - start).toMillis());
            System.out.println(chosen ? choice.reason() : "no choice");
        }
        if (arguments.length > 0) {
            race(Integer.parseInt(arguments[0]));
        }
    }

    private static void race(int rounds) throws Exception {
        ShareHasher vector = Class.forName("org.motepool.validator.simd.VectorShareHasher")
                .asSubclass(ShareHasher.class)
                .getConstructor()
                .newInstance();
        MadeUpShares shares = new MadeUpShares(2);
        System.out.printf("%s, %s%n", System.getProperty("java.vm.version"), System.getProperty("os.arch"));
        for (int branch : new int[] {-1, 0, 4, 12}) {
            HasherRace race = new HasherRace(
                    new ScalarShareHasher(), vector, shares, branch < 0 ? shares.headerJob() : shares.usualJob(branch));
            race.run(rounds, MILLIS_EACH);
            HasherRace.Result result = race.run(rounds, MILLIS_EACH);
            System.out.printf(
                    Locale.ROOT,
                    "%-6s scalar %6.3f M/s, %s %6.3f M/s, ratio %.2f (%.2f to %.2f)%n",
                    branch < 0 ? "header" : "K=" + branch,
                    result.scalarPerSecond() / 1e6,
                    vector.path(),
                    result.vectorPerSecond() / 1e6,
                    result.ratio(),
                    result.low(),
                    result.high());
        }
    }
}
