package org.motepool.devices.hash;

/**
 * How a board walks through the headers of a job. Counts are of real hashes.
 *
 * @param firstNonce where it begins, in every job anew
 * @param lanes threads that divide the nonces between them evenly
 * @param hashesPerExtranonce2 after so many it rolls extranonce2; {@link #NEVER} for boards that do not
 * @param versionMask bits of the version that it may change; 0 for none
 * @param hashesPerVersion after so many it rolls the version
 */
public record SearchOrder(int firstNonce, int lanes, long hashesPerExtranonce2, int versionMask, int hashesPerVersion) {
    public static final long NEVER = Long.MAX_VALUE;

    public SearchOrder {
        if (lanes < 1 || hashesPerExtranonce2 < 1 || hashesPerVersion < 1) {
            throw new IllegalArgumentException("a search moves on by at least 1");
        }
    }

    /** Counts up from one nonce and rolls nothing, as the boards of ESP chips do. */
    public static SearchOrder upFrom(int firstNonce) {
        return new SearchOrder(firstNonce, 1, NEVER, 0, 1);
    }
}
