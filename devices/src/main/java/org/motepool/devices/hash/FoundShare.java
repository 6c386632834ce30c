package org.motepool.devices.hash;

/**
 * What a board has to tell of a share.
 *
 * @param extranonce2 as hex, in the letter case of the board
 * @param ntime as in the job, or rolled
 * @param versionBits what was changed in the job's version, 0 for most boards
 */
public record FoundShare(String jobId, String extranonce2, String ntime, int nonce, int versionBits) {}
