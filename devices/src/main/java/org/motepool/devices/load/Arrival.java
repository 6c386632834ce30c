package org.motepool.devices.load;

/**
 * All connections dialled at once.
 *
 * @param authorized that logged in and have a job
 * @param lost that failed or were closed
 * @param nanos from the first dial until the last had its job, or until patience ended
 */
public record Arrival(int authorized, int lost, long nanos) {}
