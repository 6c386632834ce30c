package org.motepool.devices.load;

/**
 * How long a new tip took to reach the connections.
 *
 * @param connections that heard of it
 * @param nanos from the first to the last of them
 */
public record FanOut(int connections, long nanos) {}
