package org.motepool.stratum.vardiff;

import java.time.Duration;
import java.util.SplittableRandom;
import org.motepool.core.work.Level;
import org.motepool.core.work.ProofOfWork;
import org.motepool.stratum.v1.UserAgent;

/**
 * A device of a rate against the real level control, in simulated time: its shares come by chance (exponential gaps), the
 * control looks at the clock once a second, and a new level waits for a fresh job, of which there is one in each second at
 * most, for all devices together. What the control holds back is not read meanwhile.
 */
final class SimulatedDevice {
    static final double INTERVAL_SECONDS = 15;

    /** A device far above its level would keep the simulation busy for ever. */
    private static final int SHARES_OF_JOB_MAX = 100_000;

    private final Vardiff vardiff =
            new Vardiff(Duration.ofSeconds((long) INTERVAL_SECONDS), ProofOfWork.SHA256D.difficulties());
    private final SplittableRandom random;
    private final int floor;
    private final double jobPhase;
    private double rate;
    private double linkSharesPerSecond = Double.POSITIVE_INFINITY;
    private double now;
    private double nextShare;
    private double nextLook = 1;
    private double nextJob = Double.POSITIVE_INFINITY;
    private double lastShare;
    private Level worked;
    private int sharesOfJob;

    int shares;
    int moves;
    /** Most shares that were read of one job before a raise was written. */
    int sharesBeforeRaise;
    /** Seconds within which a look back of 200 s sees no share. */
    double silentSeconds;
    /** Moves back to the level before the last. */
    int returns;

    private Level before = Level.MAX;

    SimulatedDevice(long seed, double rate, String agent) {
        this.random = new SplittableRandom(seed);
        this.rate = rate;
        this.jobPhase = random.nextDouble();
        Device device = DeviceTable.of(UserAgent.ofWire(agent));
        this.floor = device.deviceClass().floor().value();
        vardiff.device(device);
        worked = vardiff.wanted(0, Level.MAX);
        vardiff.sent(worked, 0);
        nextShare = gap();
    }

    /** A link that carries no more shares than that. */
    SimulatedDevice onLink(double sharesPerSecond) {
        linkSharesPerSecond = sharesPerSecond;
        return this;
    }

    void becomes(double newRate) {
        rate = newRate;
        sharesOfJob = 0;
        sharesBeforeRaise = 0;
        nextShare = now + gap();
    }

    private double gap() {
        double seconds = -Math.log(1 - random.nextDouble()) * worked.hashesAsDouble() / rate;
        return Math.max(seconds, 1 / linkSharesPerSecond);
    }

    /** Goes on until both are over: the time, and so many shares since the start. */
    void run(double untilSeconds, int untilShares) {
        while (now < untilSeconds || shares < untilShares) {
            boolean reading = !vardiff.holdsBack();
            double share = reading ? nextShare : Double.POSITIVE_INFINITY;
            now = Math.min(Math.min(share, nextLook), nextJob);
            if (now == nextJob) {
                job();
            } else if (now == share) {
                share();
            }
            if (now == nextLook) {
                nextLook = now + 1;
            }
            boolean fits = vardiff.wanted(nanos(), Level.MAX).equals(worked);
            if (!fits && nextJob == Double.POSITIVE_INFINITY) {
                nextJob = jobPhase + Math.floor(now - jobPhase) + 1;
            }
        }
    }

    private long nanos() {
        return (long) (now * 1e9);
    }

    private void job() {
        nextJob = Double.POSITIVE_INFINITY;
        Level level = vardiff.wanted(nanos(), Level.MAX);
        if (!level.equals(worked)) {
            moves++;
            returns += level.equals(before) ? 1 : 0;
            before = worked;
        }
        if (level.compareTo(worked) > 0) {
            sharesBeforeRaise = Math.max(sharesBeforeRaise, sharesOfJob);
        }
        worked = level;
        sharesOfJob = 0;
        vardiff.sent(level, nanos());
        nextShare = now + gap();
    }

    private void share() {
        shares++;
        sharesOfJob++;
        if (sharesOfJob > SHARES_OF_JOB_MAX) {
            throw new AssertionError("a flood is not held back: " + sharesOfJob + " shares on level " + worked.value());
        }
        silentSeconds += Math.max(0, now - lastShare - 200);
        lastShare = now;
        vardiff.accepted(worked, nanos());
        nextShare = now + gap();
    }

    int level() {
        return worked.value();
    }

    double now() {
        return now;
    }

    /** Levels, a real number, that the level is above the ideal one: log2(rate · interval), but not below the floor. */
    double off() {
        return worked.value() - Math.max(floor, Math.log(rate * INTERVAL_SECONDS) / Math.log(2));
    }

    boolean withinFactorTwo() {
        return Math.abs(off()) <= 1;
    }
}
