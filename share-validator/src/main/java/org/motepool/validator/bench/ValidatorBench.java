package org.motepool.validator.bench;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.motepool.core.work.ProofOfWork;
import org.motepool.validator.hash.HasherRace;
import org.motepool.validator.hash.MadeUpShares;
import org.motepool.validator.hash.MissingVectorException;
import org.motepool.validator.hash.ScalarShareHasher;
import org.motepool.validator.hash.ShareHasher;
import org.motepool.validator.hash.VectorHashers;

/**
 * Measures the validator on one thread, both ways by turns, by the thread's own processor time: what else the machine
 * does slows both alike. To be run first thing in a process, for the warm-up's sake. Used once.
 */
public final class ValidatorBench {
    private static final long MILLIS_EACH = 20;
    private static final int ROUNDS_MIN = 5;
    private static final int ROUNDS_WARM = 10;
    private static final Shape DECIDES = Shape.K4;

    private final MadeUpShares shares = new MadeUpShares(2);
    private final ShareHasher scalar = new ScalarShareHasher();
    private final ShareHasher scalarScrypt = new ScalarShareHasher(ProofOfWork.SCRYPT);
    private final int rounds;

    private ValidatorBench(Duration measured) {
        long each = measured.toMillis() / (2L * Shape.values().length * MILLIS_EACH);
        rounds = (int) Math.max(ROUNDS_MIN, each);
    }

    /** @param measured how long to measure, warm-up not counted */
    public static ValidatorReport run(Duration measured) {
        ValidatorBench bench = new ValidatorBench(measured);
        try {
            return bench.race(VectorHashers.load(), VectorHashers.load(ProofOfWork.SCRYPT));
        } catch (MissingVectorException e) {
            return bench.scalarOnly(String.valueOf(e.getMessage()));
        }
    }

    private ValidatorReport race(ShareHasher vector, ShareHasher vectorScrypt) {
        double warmUp = WarmUp.seconds(raceOf(Shape.K12, vector));
        var _ = WarmUp.seconds(raceOf(Shape.SCRYPT, vectorScrypt));
        for (Shape shape : Shape.values()) {
            var _ = raceOf(shape, shape == Shape.SCRYPT ? vectorScrypt : vector).run(ROUNDS_WARM, MILLIS_EACH);
        }
        Map<Shape, Speed> speeds = new EnumMap<>(Shape.class);
        for (Shape shape : Shape.values()) {
            HasherRace race = raceOf(shape, shape == Shape.SCRYPT ? vectorScrypt : vector);
            // What ran last is compiled for what ran last: the first rounds count for nothing.
            var _ = race.run(ROUNDS_WARM, MILLIS_EACH);
            speeds.put(shape, Speed.of(race.run(rounds, MILLIS_EACH)));
        }
        double ratio = ratio(speeds.get(DECIDES));
        boolean wins = ratio >= HasherRace.RATIO_MIN;
        ShareHasher used = wins ? vector : scalar;
        String reason = String.format(
                Locale.ROOT, "%s is %.2f times as fast as MessageDigest at %s", vector.path(), ratio, DECIDES.title());
        return report(used, wins ? reason : reason + ", too little", Optional.of(warmUp), speeds);
    }

    private static double ratio(@Nullable Speed speed) {
        return speed == null ? 0 : speed.lanes().map(HasherRace.Result::ratio).orElse(0.0);
    }

    private HasherRace raceOf(Shape shape, ShareHasher other) {
        return HasherRace.of(shape.proofOfWork(), scalar(shape), other, shares, shape.job(shares));
    }

    private ShareHasher scalar(Shape shape) {
        return shape == Shape.SCRYPT ? scalarScrypt : scalar;
    }

    private ValidatorReport scalarOnly(String why) {
        Map<Shape, Speed> speeds = new EnumMap<>(Shape.class);
        for (Shape shape : Shape.values()) {
            HasherRace race = raceOf(shape, scalar(shape));
            var _ = race.run(ROUNDS_MIN, MILLIS_EACH);
            speeds.put(shape, new Speed(race.run(rounds, MILLIS_EACH).scalarPerSecond(), Optional.empty()));
        }
        return report(scalar, why, Optional.empty(), speeds);
    }

    private ValidatorReport report(ShareHasher used, String reason, Optional<Double> warmUp, Map<Shape, Speed> speeds) {
        return new ValidatorReport(
                used.path(), reason, warmUp, speeds, Allocation.bytesPerShare(used, shares, Shape.K12));
    }
}
