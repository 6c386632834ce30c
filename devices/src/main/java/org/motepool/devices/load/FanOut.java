package org.motepool.devices.load;

/**
 * How a new tip reached the connections.
 *
 * @param connections that heard of it
 * @param firstAt when the first of them heard, in nanoseconds of the generator's clock
 * @param lastAt when the last did
 */
public record FanOut(int connections, long firstAt, long lastAt) {
    /** From the first to the last of them. */
    public long nanos() {
        return lastAt - firstAt;
    }
}
