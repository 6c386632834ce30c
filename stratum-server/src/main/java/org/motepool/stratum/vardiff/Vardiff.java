package org.motepool.stratum.vardiff;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.motepool.core.work.Level;

/**
 * Estimates a device's hash rate from the shares it proved and the time they took, and moves the level when it is likely
 * enough that it is off.
 *
 * <p>Shares of level k come at rate/2^k a second, so n shares in an exposure of e = Σ seconds/2^k leave the rate
 * distributed as Gamma(n, e). Both fade with time, so that a change of rate is seen. The level rises when even a low
 * quantile of the rate calls for more, falls when even a high one calls for less; the two thresholds overlap the steps of
 * one level, so no constant rate makes it swing. Long silence alone also lowers it.
 */
public final class Vardiff implements LevelControl {
    /** Fading time in share intervals: enough shares for a good estimate, short enough to follow a change. */
    private static final double MEMORY_INTERVALS = 40;

    /** Fewest shares that can raise the level: two may come by luck. */
    private static final double RAISE_SHARES_MIN = 4;

    /** Standard deviations of the quantiles: 1 wrong move in 20 at the very threshold, which the dead band makes rare. */
    private static final double CAUTION = 1.6;

    /** Levels (powers of two) from the ideal that are left alone; more than 1/2, so that no two neighbours swap. */
    private static final double DEAD_BAND = 0.55;

    /** Silence in share intervals that lowers the level of a device that never proved much. */
    private static final double SILENCE_NEW = 3;

    /** The same for a device with history, whose gaps are exponential: a settled one is that late once in 10^4 shares. */
    private static final double SILENCE_SETTLED = 12;

    /** Levels that silence takes off a device of which nothing is known. */
    private static final int SILENT_STEP = 2;

    /** Least time between two moves, in share intervals, unless a flood calls for more. */
    private static final double MOVE_INTERVALS_MIN = 1;

    /** A rise of so many levels is a flood: it does not wait. */
    private static final int FLOOD_LEVELS = 2;

    private final double intervalSeconds;
    private Device device = DeviceTable.UNKNOWN_DEVICE;
    private Level level = DeviceTable.UNKNOWN_DEVICE.firstLevel();
    private @Nullable Level suggestion;
    private boolean proven;
    private boolean working;
    private Level worked = level;
    private double shares;
    private double exposure;
    private long countedUntil;
    private long lastShareOrMove;
    private long lastMove;

    /** @param shareInterval aimed at */
    public Vardiff(Duration shareInterval) {
        intervalSeconds = shareInterval.toNanos() / 1e9;
        if (intervalSeconds <= 0) {
            throw new IllegalArgumentException("the share interval is positive");
        }
    }

    @Override
    public void device(Device named) {
        device = named;
        if (!proven) {
            level = named.firstLevel();
            follow(suggestion);
        }
    }

    @Override
    public void suggested(Level wish) {
        if (suggestion == null && !proven) {
            suggestion = wish;
            follow(wish);
        }
    }

    /** As far as the device may; it may be named after it asked. */
    private void follow(@Nullable Level wish) {
        if (wish == null || !device.suggestible()) {
            return;
        }
        Level clamped = higher(wish, device.deviceClass().floor());
        boolean lowers = clamped.compareTo(level) < 0;
        if (lowers || device.deviceClass() != DeviceClass.MICRO) {
            level = clamped;
        }
    }

    @Override
    public void sent(Level sent, long now) {
        if (working) {
            count(now);
        } else {
            working = true;
            countedUntil = now;
            lastShareOrMove = now;
            lastMove = now;
        }
        worked = sent;
    }

    @Override
    public void accepted(Level proved, long now) {
        count(now);
        proven = true;
        shares += 1;
        lastShareOrMove = now;
    }

    /** Adds the time since the last call to the exposure, and lets the past fade. */
    private void count(long now) {
        double seconds = Math.max(0, now - countedUntil) / 1e9;
        countedUntil = now;
        double kept = Math.exp(-seconds / (MEMORY_INTERVALS * intervalSeconds));
        shares *= kept;
        exposure = exposure * kept + seconds / worked.hashesAsDouble();
    }

    @Override
    public Level wanted(long now, Level cap) {
        level = within(level, cap);
        if (!working) {
            return level;
        }
        count(now);
        Level next = within(decide(now), cap);
        int step = next.value() - worked.value();
        boolean settledLongEnough = now - lastMove >= MOVE_INTERVALS_MIN * intervalSeconds * 1e9;
        if (step != 0 && (settledLongEnough || step >= FLOOD_LEVELS)) {
            level = next;
            lastMove = now;
            lastShareOrMove = now;
        }
        return level;
    }

    private Level decide(long now) {
        if (level.compareTo(worked) != 0) {
            // A move is under way: nothing to add before it took effect.
            return level;
        }
        double offLow = offset(quantile(shares, -CAUTION));
        if (shares >= RAISE_SHARES_MIN && offLow > DEAD_BAND) {
            // By less than the mean says: the first few shares are the lucky ones.
            return move(Math.max(1, (int) Math.round(offset(quantile(shares, -CAUTION / 2)))));
        }
        double silence = (now - lastShareOrMove) / (intervalSeconds * 1e9);
        if (silence >= (shares < RAISE_SHARES_MIN ? SILENCE_NEW : SILENCE_SETTLED)) {
            int step = shares < 1 ? SILENT_STEP : 1;
            // The device is not what it was: what it once proved counts no more.
            shares = 0;
            exposure = 0;
            return move(-step);
        }
        double offHigh = offset(quantile(shares + 1, CAUTION));
        if (shares >= RAISE_SHARES_MIN && offHigh < -DEAD_BAND) {
            return move(Math.min(-1, (int) Math.round(offset(shares))));
        }
        return level;
    }

    /** How many levels above the present one the rate of so many shares in this exposure calls for. */
    private double offset(double count) {
        double rate = Math.max(count, 1e-9) / Math.max(exposure, 1e-30);
        return Math.log(rate * intervalSeconds) / Math.log(2) - worked.value();
    }

    private Level move(int levels) {
        return Level.clamped(worked.value() + levels);
    }

    /** Under the cap, so that every block is a share; but never below what the firmware understands. */
    private Level within(Level wish, Level cap) {
        Level capped = wish.compareTo(cap) <= 0 ? wish : cap;
        return higher(capped, device.deviceClass().floor());
    }

    private static Level higher(Level a, Level b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** Quantile of a Gamma of this shape and scale 1, by Wilson and Hilferty. */
    private static double quantile(double shape, double deviations) {
        if (shape <= 0) {
            return 0;
        }
        double root = 1 - 1 / (9 * shape) + deviations / (3 * Math.sqrt(shape));
        return root <= 0 ? 0 : shape * root * root * root;
    }
}
