package org.motepool.stratum.vardiff;

import java.time.Duration;
import java.util.Locale;
import org.motepool.core.work.Level;

/** Kinds of devices that need different treatment, and all that is different. */
public enum DeviceClass {
    /**
     * Microcontrollers: their firmware throws its work away at every notify and waits 600 s and more for one. LeafMiner
     * reboots where 200 s pass without a share; at 15 s between them that is once in 10^5 times.
     */
    // floor, seconds to a notify, to a share, what a job may weigh
    MICRO(Level.LOWEST, 300, 15, JobBudget.SMALL),
    CPU(Level.LOWEST, 50, 600, JobBudget.LARGE),
    /** Firmware that reads difficulty as an integer: anything below 1 becomes 0. */
    ASIC(32, 50, 600, JobBudget.LARGE),
    UNKNOWN(Level.LOWEST, 50, 15, JobBudget.SMALL);

    private final int floor;
    private final int notifySeconds;
    private final int shareSecondsMax;
    private final JobBudget budget;

    DeviceClass(int floor, int notifySeconds, int shareSecondsMax, JobBudget budget) {
        this.floor = floor;
        this.notifySeconds = notifySeconds;
        this.shareSecondsMax = shareSecondsMax;
        this.budget = budget;
    }

    /** The level never falls below it where work is SHA-256d, nor below the same difficulty elsewhere. */
    public Level floor() {
        return new Level(floor);
    }

    /** Longest time without a notify on an unchanged tip. */
    public Duration notifyPeriod() {
        return Duration.ofSeconds(notifySeconds);
    }

    /** Longest time that vardiff aims at between two shares, whatever is set. */
    int shareSecondsMax() {
        return shareSecondsMax;
    }

    /** What a job may weigh for it. */
    public JobBudget budget() {
        return budget;
    }

    /** As it stands in APIs. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
