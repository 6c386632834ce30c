package org.motepool.stratum.vardiff;

import java.time.Duration;
import org.motepool.core.work.Level;

/**
 * What a user agent tells.
 *
 * @param family closed set, a metric label
 * @param firstLevel before anything is known of its rate; of SHA-256d, and elsewhere the same difficulty
 * @param suggestible a suggestion may move the first level
 * @param lineSpacing least time between two lines, for firmware that reads one line per segment
 * @param freshJobAfterStale it idles after a stale share until the next notify
 */
public record Device(
        String family,
        DeviceClass deviceClass,
        Level firstLevel,
        boolean suggestible,
        Duration lineSpacing,
        boolean freshJobAfterStale) {}
