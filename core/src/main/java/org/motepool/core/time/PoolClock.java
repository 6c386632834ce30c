package org.motepool.core.time;

/** The two clocks of a process. Thread-safe. */
public interface PoolClock {
    PoolClock SYSTEM = new PoolClock() {
        @Override
        public long epochMillis() {
            return System.currentTimeMillis();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }
    };

    /** Wall clock: milliseconds since 1970. May jump; for ntime, logs and people only. */
    long epochMillis();

    /** Monotonic clock: nanoseconds from an arbitrary start; for every duration. */
    long nanos();

    /** Wall clock as block headers have it: seconds since 1970, unsigned 32 bits. */
    default int epochSeconds() {
        return (int) Math.floorDiv(epochMillis(), 1000L);
    }
}
