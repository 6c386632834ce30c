package org.motepool.stratum.guard;

import java.util.concurrent.TimeUnit;

/**
 * How much trouble one connection makes: two leaky buckets, one for noise, one for what only an attacker or a broken
 * device does. A bucket that is half full warns, a full one slows, and when the second has been full again and again
 * without a quiet time between, it refuses. Owned by the event loop; times are {@code PoolClock.nanos()}.
 */
public final class ConnectionScore {
    /**
     * Noise that is forgotten in a second. A device at its level sends a share in 3 to 20 s, and a rig of 16 names a few a
     * second: this is far above both.
     */
    static final int NOISE_PER_SECOND = 20;

    /** A minute of the most that is forgotten: a device that goes mad is slowed, one that hiccups is not. */
    static final int NOISE_MAX = 1200;

    /** How often mischief is slowed; then it is refused. About a minute of it, since each time takes 20 s to forget. */
    static final int SLOWED_MAX = 4;

    static final int MISCHIEF_PER_SECOND = 1;
    static final int MISCHIEF_MAX = 192;

    private final Bucket noise = new Bucket(NOISE_PER_SECOND, NOISE_MAX);
    private final Bucket mischief = new Bucket(MISCHIEF_PER_SECOND, MISCHIEF_MAX);
    private int timesSlowed;

    /** What follows from an offence. */
    public enum Step {
        NOTHING,
        /** For the first time since it was quiet. */
        WARN,
        /** Not to be read until {@link #isSlowed} says so. */
        SLOW,
        REFUSE
    }

    public Step note(Offence offence, long now) {
        if (!offence.isRefusable()) {
            return noise.add(offence.points(), now);
        }
        Step step = mischief.add(offence.points(), now);
        if (mischief.wasQuiet) {
            timesSlowed = 0;
        }
        if (step != Step.SLOW) {
            return step;
        }
        timesSlowed++;
        return timesSlowed < SLOWED_MAX ? Step.SLOW : Step.REFUSE;
    }

    /** Whether it is not to be read now. */
    public boolean isSlowed(long now) {
        return noise.isSlowed(now) || mischief.isSlowed(now);
    }

    private static final class Bucket {
        private final int perSecond;
        private final int max;
        private double level;
        private long at;
        private boolean wasQuiet;
        private boolean warned;
        private boolean slowed;

        Bucket(int perSecond, int max) {
            this.perSecond = perSecond;
            this.max = max;
        }

        Step add(int points, long now) {
            leak(now);
            level += points;
            if (level >= max && !slowed) {
                slowed = true;
                return Step.SLOW;
            }
            if (level >= max / 2.0 && !warned) {
                warned = true;
                return Step.WARN;
            }
            return Step.NOTHING;
        }

        boolean isSlowed(long now) {
            leak(now);
            return slowed;
        }

        private void leak(long now) {
            double passed = Math.max(0, now - at) / (double) TimeUnit.SECONDS.toNanos(1);
            at = now;
            level = Math.max(0, level - passed * perSecond);
            wasQuiet = level == 0;
            // A tenth below: else it would be slowed and freed again with every line.
            slowed &= level > max * 0.9;
            warned &= level > max / 4.0;
        }
    }
}
