package org.motepool.dashboards.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.motepool.core.time.PoolClock;

/**
 * How often one place may do something with one subject. A bucket holds so many at once and fills again by so many a second.
 * Thread-safe.
 */
public final class CallerLimit {
    /** Of questions: generous, for a home's fifty devices ask once a minute behind one router. */
    private static final int QUESTIONS_BURST = 120;

    private static final double QUESTIONS_PER_SECOND = 10;
    /** Buckets remembered; the one that was used least lately goes, and with it only its memory of being full. */
    private static final int BUCKETS_MAX = 20_000;

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PoolClock clock;
    private final int burst;
    private final double perSecond;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > BUCKETS_MAX;
        }
    };

    /** Of questions about one account. */
    public CallerLimit(PoolClock clock) {
        this(clock, QUESTIONS_BURST, QUESTIONS_PER_SECOND);
    }

    public CallerLimit(PoolClock clock, int burst, double perSecond) {
        this.clock = clock;
        this.burst = burst;
        this.perSecond = perSecond;
    }

    /** Takes one; false where there were too many. */
    public synchronized boolean allows(String caller, String subject) {
        long now = clock.nanos();
        Bucket bucket = buckets.computeIfAbsent(caller + '|' + subject, key -> new Bucket(burst, now));
        double left = Math.min(burst, bucket.left() + (now - bucket.at()) / NANOS * perSecond);
        boolean allowed = left >= 1;
        buckets.put(caller + '|' + subject, new Bucket(allowed ? left - 1 : left, now));
        return allowed;
    }

    private record Bucket(double left, long at) {}
}
