package org.motepool.devices.load;

/** What the pool under load uses, as a generator asks at the beginning and the end of a measurement. */
@FunctionalInterface
public interface ServerUse {
    /** Processor time so far, in nanoseconds. */
    long cpuNanos();

    /** Bytes of heap that its event loops have taken so far; 0 where that is not told. */
    default long heapBytes() {
        return 0;
    }
}
