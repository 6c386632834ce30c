package org.motepool.dashboards;

import org.motepool.core.time.PoolClock;

/** Begins at the sample's moment and runs on as real time does: for tests with a browser, which has a clock of its own. */
public final class RunningClock implements PoolClock {
    private final long startedNanos = System.nanoTime();

    @Override
    public long epochMillis() {
        return Sample.NOW + (System.nanoTime() - startedNanos) / 1_000_000;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }
}
