package org.motepool.stratum.vardiff;

import java.util.Optional;
import org.motepool.core.work.DifficultyScale;
import org.motepool.core.work.Level;

/**
 * What a device is that does not say it: by what it wishes for, then by what it proves. Owned by the event loop.
 *
 * <p>A rate decides only where all of its range lies in one class, so a device between two of them does not swing. One that
 * fell silent is unknown again: a class must not keep up a level that it cannot reach.
 */
public final class ClassGuess {
    /** Difficulty 0.002: no firmware but that of microcontrollers asks for less. */
    private static final int MICRO_WISH_MAX = 23;

    /** Difficulty 32: the least that firmware of ASIC boards asks for. */
    private static final int ASIC_WISH_MIN = 37;

    /** Hashes a second of the fastest microcontrollers, twice. */
    private static final double MICRO_RATE_MAX = 2e6;

    /** No processor is so fast, no ASIC so slow. */
    private static final double ASIC_RATE_MIN = 1e9;

    private static final int DIFFICULTY_ONE = 32;

    private final int levelsHarder;
    private DeviceClass present = DeviceClass.UNKNOWN;
    private boolean shown;

    /** @param difficulties of the chain: the bounds above are those of SHA-256d and move with the level of difficulty 1 */
    public ClassGuess(DifficultyScale difficulties) {
        levelsHarder = difficulties.one().value() - DIFFICULTY_ONE;
    }

    /** It asked for this level. */
    public DeviceClass wished(Level wish) {
        int asked = wish.value() - levelsHarder;
        if (!shown && asked <= MICRO_WISH_MAX) {
            present = DeviceClass.MICRO;
        } else if (!shown && asked >= ASIC_WISH_MIN) {
            present = DeviceClass.ASIC;
        }
        return present;
    }

    /** Its rate as it is known now; empty where it is not. */
    public DeviceClass shows(Optional<RateRange> rate) {
        if (rate.isPresent()) {
            of(rate.get()).ifPresent(found -> {
                present = found;
                shown = true;
            });
        } else if (shown) {
            present = DeviceClass.UNKNOWN;
            shown = false;
        }
        return present;
    }

    private Optional<DeviceClass> of(RateRange rate) {
        double low = Math.scalb(rate.low(), -levelsHarder);
        double high = Math.scalb(rate.high(), -levelsHarder);
        if (high <= MICRO_RATE_MAX) {
            return Optional.of(DeviceClass.MICRO);
        }
        if (low >= ASIC_RATE_MIN) {
            return Optional.of(DeviceClass.ASIC);
        }
        boolean between = low > MICRO_RATE_MAX && high < ASIC_RATE_MIN;
        return between ? Optional.of(DeviceClass.CPU) : Optional.empty();
    }
}
