package org.motepool.dashboards.format;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Points and spans of time. Times are milliseconds since 1970, and always UTC. */
public final class Times {
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Times() {}

    /** ISO 8601 with milliseconds and {@code Z}, as device tools parse it. */
    public static String iso(long epochMillis) {
        return ISO.format(Instant.ofEpochMilli(epochMillis));
    }

    /** One unit, two while small numbers need it: {@code 45 s}, {@code 3 min}, {@code 2 h 5 min}, {@code 12 d}. */
    public static String span(long millis) {
        long seconds = Math.max(0, millis) / 1000;
        if (seconds < 2 * MINUTE) {
            return seconds + "\u00a0s";
        }
        if (seconds < 2 * HOUR) {
            return seconds / MINUTE + "\u00a0min";
        }
        if (seconds < 10 * HOUR && seconds % HOUR >= MINUTE) {
            return seconds / HOUR + "\u00a0h " + seconds % HOUR / MINUTE + "\u00a0min";
        }
        return seconds < 2 * DAY ? seconds / HOUR + "\u00a0h" : seconds / DAY + "\u00a0d";
    }
}
