package org.motepool.dashboards.http;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.motepool.core.time.PoolClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs defects of ours with their cause, but not more often than a log can take. Thread-safe. */
final class DefectLog {
    private static final Logger LOG = LoggerFactory.getLogger(DefectLog.class);

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final PoolClock clock;
    private long lastNanos;
    private long sinceThen;
    private boolean logged;

    DefectLog(PoolClock clock) {
        this.clock = clock;
    }

    synchronized void log(String route, @Nullable Throwable cause) {
        long now = clock.nanos();
        if (logged && now - lastNanos < QUIET_NANOS) {
            sinceThen++;
            return;
        }
        LOG.error(
                "{} could not be answered: a defect of ours ({} more since the last report)", route, sinceThen, cause);
        logged = true;
        lastNanos = now;
        sinceThen = 0;
    }
}
