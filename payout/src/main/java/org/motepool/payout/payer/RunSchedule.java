package org.motepool.payout.payer;

import java.time.Duration;

/**
 * When payments are planned by themselves: once in each period of so many hours, the first of a day beginning at an hour of
 * UTC. A clock that is put back brings no second run, since periods only count when they are later than the last.
 *
 * @param everyHours length of a period
 * @param hour of the day, 0 to 23
 */
public record RunSchedule(int everyHours, int hour) {
    /** A month. */
    public static final int HOURS_MAX = 744;

    private static final long MILLIS = Duration.ofHours(1).toMillis();

    public RunSchedule {
        if (everyHours < 1 || everyHours > HOURS_MAX || hour < 0 || hour > 23) {
            throw new IllegalArgumentException("no schedule: every " + everyHours + " hours from hour " + hour);
        }
    }

    /** @param last milliseconds since 1970 of the last run, or of the start before the first */
    boolean isDue(long last, long now) {
        return period(now) > period(last);
    }

    private long period(long millis) {
        return Math.floorDiv(Math.floorDiv(millis, MILLIS) - hour, (long) everyHours);
    }
}
