package org.motepool.core.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves only when told. Thread-safe. */
public final class FakeClock implements PoolClock {
    private final AtomicLong epochNanos;

    /** Starts at {@code epochSeconds}. */
    public FakeClock(long epochSeconds) {
        epochNanos = new AtomicLong(Math.multiplyExact(epochSeconds, 1_000_000_000L));
    }

    public void advance(Duration by) {
        epochNanos.addAndGet(by.toNanos());
    }

    @Override
    public long epochMillis() {
        return Math.floorDiv(epochNanos.get(), 1_000_000L);
    }

    @Override
    public long nanos() {
        return epochNanos.get();
    }
}
