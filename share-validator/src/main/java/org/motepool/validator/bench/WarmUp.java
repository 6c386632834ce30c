package org.motepool.validator.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.motepool.validator.hash.HasherRace;

/**
 * How long the vector hasher takes from its first share to nine tenths of its full speed. Means something once in a
 * process: compiled code stays. Used on one thread.
 */
public final class WarmUp {
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final long CHUNK_MILLIS = 5;
    /** A third of a second without getting faster is the end of it. */
    private static final int STEADY_CHUNKS = 60;

    private static final double STEADY = 0.85;
    private static final double WARM = 0.9;

    private final HasherRace race;
    private final List<Chunk> chunks = new ArrayList<>();

    private record Chunk(long endNanos, double rate) {}

    private WarmUp(HasherRace race) {
        this.race = race;
    }

    /** Runs until the speed is steady; the seconds are of the clock, the speed is by the thread's own processor time. */
    public static double seconds(HasherRace race) {
        return new WarmUp(race).run();
    }

    private double run() {
        long start = System.nanoTime();
        double best = 0;
        int steady = 0;
        while (steady < STEADY_CHUNKS && System.nanoTime() - start < LONGEST.toNanos()) {
            double rate = race.vectorRate(CHUNK_MILLIS);
            chunks.add(new Chunk(System.nanoTime(), rate));
            steady = rate * STEADY < best && best * STEADY < rate ? steady + 1 : 0;
            best = Math.max(best, rate);
        }
        double warm = WARM * fullSpeed();
        // The last ones are of that speed, so there is one.
        long end = chunks.stream()
                .filter(chunk -> chunk.rate() >= warm)
                .mapToLong(Chunk::endNanos)
                .findFirst()
                .orElseThrow();
        return (end - start) / 1e9;
    }

    private double fullSpeed() {
        double[] last = chunks.subList(Math.max(0, chunks.size() - STEADY_CHUNKS), chunks.size()).stream()
                .mapToDouble(Chunk::rate)
                .toArray();
        Arrays.sort(last);
        return last[last.length / 2];
    }
}
