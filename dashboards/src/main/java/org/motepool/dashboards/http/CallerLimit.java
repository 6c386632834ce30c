package org.motepool.dashboards.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.motepool.core.time.PoolClock;

/**
 * How often one place may ask about one subject: generous, for a home's fifty devices ask once a minute behind one router.
 * A bucket holds {@value #BURST} questions and fills again by {@value #PER_SECOND} a second. Thread-safe.
 */
public final class CallerLimit {
    private static final int BURST = 120;
    private static final int PER_SECOND = 10;
    /** Buckets remembered; the one that was used least lately goes, and with it only its memory of being full. */
    private static final int BUCKETS_MAX = 20_000;

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PoolClock clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > BUCKETS_MAX;
        }
    };

    public CallerLimit(PoolClock clock) {
        this.clock = clock;
    }

    /** Takes one question; false where there were too many. */
    public synchronized boolean allows(String caller, String subject) {
        long now = clock.nanos();
        Bucket bucket = buckets.computeIfAbsent(caller + '|' + subject, key -> new Bucket(BURST, now));
        double left = Math.min(BURST, bucket.left() + (now - bucket.at()) / NANOS * PER_SECOND);
        boolean allowed = left >= 1;
        buckets.put(caller + '|' + subject, new Bucket(allowed ? left - 1 : left, now));
        return allowed;
    }

    private record Bucket(double left, long at) {}
}
