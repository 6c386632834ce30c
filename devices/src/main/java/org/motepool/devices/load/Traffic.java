package org.motepool.devices.load;

/**
 * What went over all connections in a time, in bytes of the protocol, without those of TCP.
 *
 * @param nanos its length
 * @param submits that were answered meanwhile
 */
public record Traffic(int connections, long nanos, long sentBytes, long receivedBytes, long submits) {
    private static final double HOUR_NANOS = 3600e9;

    /** Of one connection, both ways. */
    public double bytesPerHour() {
        return (sentBytes + receivedBytes) / (double) connections * HOUR_NANOS / Math.max(1, nanos);
    }
}
