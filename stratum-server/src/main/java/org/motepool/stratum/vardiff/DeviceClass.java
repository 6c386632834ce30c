package org.motepool.stratum.vardiff;

import java.time.Duration;
import java.util.Locale;
import org.motepool.core.work.Level;

/** Kinds of devices that need different treatment. */
public enum DeviceClass {
    /**
     * Microcontrollers: their firmware throws its work away at every notify and waits 600 s and more for one.
     */
    MICRO(Level.LOWEST, 300),
    CPU(Level.LOWEST, 50),
    /** Firmware that reads difficulty as an integer: anything below 1 becomes 0. */
    ASIC(32, 50),
    UNKNOWN(Level.LOWEST, 50);

    private final int floor;
    private final int notifySeconds;

    DeviceClass(int floor, int notifySeconds) {
        this.floor = floor;
        this.notifySeconds = notifySeconds;
    }

    /** The level never falls below it. */
    public Level floor() {
        return new Level(floor);
    }

    /** Longest time without a notify on an unchanged tip. */
    public Duration notifyPeriod() {
        return Duration.ofSeconds(notifySeconds);
    }

    /** As it stands in APIs. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
