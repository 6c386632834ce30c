package org.motepool.stratum.vardiff;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.motepool.core.work.DifficultyScale;
import org.motepool.core.work.Level;

/**
 * Moves a connection's level when it is likely enough that it is off. What it knows of the rate is a {@link RateEstimate}: a
 * distribution, hence an <i>ideal level</i> log2(rate · interval), a real number, with a range of doubt from the low to the
 * high end of that distribution.
 *
 * <p>First it measures: the first level aims at a share in 5 s, and stays until 20 shares are there (or 52 s are over, with
 * 6 at least), for only shares tell anything and an early guess is a lucky one. Only silence moves it meanwhile, down: where
 * even the high end of the doubt calls for less, which is so after about three intervals without a share. Then the level goes
 * to the one next to the middle. From there on it stays while the range of doubt reaches it. It rises when even the low end
 * calls for more than half a level more (and a bit), falls when even the high end calls for that much less. A range of a
 * third of a level and that bit keep two neighbours from swapping at any steady rate.
 *
 * <p>A <i>flood</i> (a device on a level far too low) is not read to its end: after 64 shares reading waits for the job that
 * brings the higher level. Since the link may have been the flood's bound and not the device, measuring begins anew there.
 */
public final class Vardiff implements LevelControl {
    /** Measuring: what the level aims at, and when it ends. */
    private static final double FIRST_INTERVAL_SECONDS = 5;

    private static final int MEASURED_SHARES = 20;
    private static final double MEASURING_SECONDS_MAX = 52;
    private static final int MEASURED_SHARES_MIN = 6;

    /** Fewest shares after a change that can raise the level: fewer may come by a hiccup of the network. */
    private static final int RAISE_SHARES_MIN = 4;

    /** How far out the ends of the range of doubt lie, in standard deviations: 1 in 20 beyond each. */
    private static final double DOUBT = 1.6;

    /** The same while fewer than so many shares are known: the range is wide then, and to be nearer is worth a move. */
    private static final double YOUNG_DOUBT = 0.05;

    private static final int YOUNG_SHARES = 28;

    /** Levels (powers of two) off that are left alone: half a one is rounding. */
    private static final double DEAD_BAND = 0.55;

    /** So many shares that call for so many levels more are a flood. */
    private static final int FLOOD_SHARES = 64;

    private static final int FLOOD_LEVELS = 2;

    private static final double LOG_2 = Math.log(2);

    private final double intervalSeconds;
    private final RateEstimate rate = new RateEstimate();
    private final DifficultyScale difficulties;
    private Device device = DeviceTable.UNKNOWN_DEVICE;
    private Level level;
    private @Nullable Level suggestion;
    private boolean proven;
    private boolean working;
    private boolean measured;
    private Level worked;
    /** Shares of this job while a rise by a flood's levels waited: where they come in bunches, the estimate starts anew. */
    private int sharesTooEasy;

    private long countedUntil;
    private long measuringSince;

    /**
     * @param shareInterval aimed at
     * @param difficulties of the chain: what devices are known to take is known as difficulties of SHA-256d
     */
    public Vardiff(Duration shareInterval, DifficultyScale difficulties) {
        intervalSeconds = shareInterval.toNanos() / 1e9;
        if (intervalSeconds <= 0) {
            throw new IllegalArgumentException("the share interval is positive");
        }
        this.difficulties = difficulties;
        level = difficulties.like(device.firstLevel());
        worked = level;
    }

    @Override
    public void device(Device named) {
        device = named;
        if (!proven) {
            level = difficulties.like(named.firstLevel());
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
        Level clamped = higher(wish, floor());
        boolean lowers = clamped.compareTo(level) < 0;
        if (lowers || device.deviceClass() != DeviceClass.MICRO) {
            level = clamped;
        }
    }

    @Override
    public void sent(Level sent, long now) {
        if (working) {
            count(now);
            if (holdsBack()) {
                rate.forget();
                measured = false;
                measuringSince = now;
            }
        } else {
            working = true;
            countedUntil = now;
            measuringSince = now;
        }
        worked = sent;
        sharesTooEasy = 0;
    }

    @Override
    public void accepted(Level proved, long now) {
        proven = true;
        sharesTooEasy += level.value() - worked.value() >= FLOOD_LEVELS ? 1 : 0;
        count(now);
        if (proved.compareTo(worked) >= 0) {
            // One of an older and easier job tells nothing of the time since.
            rate.share(worked);
        }
    }

    private void count(long now) {
        // While a flood is held back, its silence is ours.
        double seconds = holdsBack() ? 0 : Math.max(0, now - countedUntil) / 1e9;
        countedUntil = now;
        rate.passed(seconds, worked, interval());
    }

    private double interval() {
        double aim = Math.min(intervalSeconds, device.deviceClass().shareSecondsMax());
        return measured ? aim : Math.min(aim, FIRST_INTERVAL_SECONDS);
    }

    @Override
    public boolean holdsBack() {
        boolean enough = rate.shares() >= FLOOD_SHARES || sharesTooEasy >= FLOOD_SHARES;
        return enough && level.value() - worked.value() >= FLOOD_LEVELS;
    }

    @Override
    public Level wanted(long now, Level cap) {
        if (working) {
            count(now);
            level = decide(now);
        }
        level = within(level, cap);
        return level;
    }

    private Level decide(long now) {
        if (rate.shares() >= FLOOD_SHARES) {
            int up = (int) Math.floor(offset(0, FIRST_INTERVAL_SECONDS));
            if (up >= FLOOD_LEVELS) {
                return move(up);
            }
        }
        if (!measured && hasMeasured(now)) {
            measured = true;
            return move((int) Math.round(offset(0, interval())));
        }
        double doubt = measured && rate.shares() < YOUNG_SHARES ? YOUNG_DOUBT : DOUBT;
        if (measured && rate.shares() >= RAISE_SHARES_MIN && offset(-doubt, interval()) > DEAD_BAND) {
            // By less than the middle says: the first few shares are the lucky ones.
            return move(Math.max(1, (int) Math.round(offset(-doubt / 2, interval()))));
        }
        if (offset(doubt, interval()) < -DEAD_BAND) {
            return move(Math.min(-1, (int) Math.round(offset(0, interval()))));
        }
        // A wish that came before the first share still waits for its job, and so does a rise by a flood's levels: held
        // back, or in a pause, a flood looks slower than it is.
        boolean waits = !proven || level.value() - worked.value() >= FLOOD_LEVELS;
        return waits ? level : worked;
    }

    private boolean hasMeasured(long now) {
        boolean late = (now - measuringSince) / 1e9 >= MEASURING_SECONDS_MAX;
        return rate.shares() >= (late ? MEASURED_SHARES_MIN : MEASURED_SHARES);
    }

    /** How many levels above the present one this end of the doubt calls for. */
    private double offset(double deviations, double aim) {
        return Math.log(rate.quantile(deviations) * aim) / LOG_2 - worked.value();
    }

    private Level move(int levels) {
        return Level.clamped(worked.value() + levels);
    }

    /** Under the cap, so that every block is a share; but never below what the firmware understands. */
    private Level within(Level wish, Level cap) {
        Level capped = wish.compareTo(cap) <= 0 ? wish : cap;
        return higher(capped, floor());
    }

    private Level floor() {
        return difficulties.like(device.deviceClass().floor());
    }

    private static Level higher(Level a, Level b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    @Override
    public Optional<RateRange> rate() {
        return !measured || rate.shares() < RateRange.SHARES_MIN
                ? Optional.empty()
                : Optional.of(new RateRange(rate.quantile(-2), rate.quantile(2)));
    }

    @Override
    public Optional<KnownRate> known() {
        return measured && rate.shares() >= 1
                ? Optional.of(new KnownRate(worked, rate.shares(), rate.exposure()))
                : Optional.empty();
    }

    @Override
    public void resume(KnownRate before) {
        if (!proven) {
            rate.known(before.shares(), before.exposure());
            level = before.level();
            suggestion = before.level();
            proven = true;
            measured = true;
        }
    }
}
