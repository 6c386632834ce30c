package org.motepool.devices.hash;

import java.util.function.IntUnaryOperator;

/**
 * How a board walks through the headers of a job. Counts are of real hashes.
 *
 * @param firstNonce where it begins, in every job anew
 * @param lanes threads that divide the nonces between them evenly
 * @param hashesPerExtranonce2 after so many it rolls extranonce2; {@link #NEVER} for boards that do not
 * @param versionBits the n-th change that it makes to the job's version; {@link #NO_VERSIONS} for boards that make none
 * @param hashesPerVersion after so many it goes on to the next change
 * @param ntimeSecondsMax so far ahead of the job's time it rolls, a second with each extranonce2; 0 for most
 */
public record SearchOrder(
        int firstNonce,
        int lanes,
        long hashesPerExtranonce2,
        IntUnaryOperator versionBits,
        int hashesPerVersion,
        int ntimeSecondsMax) {
    public static final long NEVER = Long.MAX_VALUE;
    public static final IntUnaryOperator NO_VERSIONS = _ -> 0;

    public SearchOrder {
        if (lanes < 1 || hashesPerExtranonce2 < 1 || hashesPerVersion < 1) {
            throw new IllegalArgumentException("a search moves on by at least 1");
        }
        if (ntimeSecondsMax < 0) {
            throw new IllegalArgumentException("a board rolls time forward, not by " + ntimeSecondsMax + " s");
        }
    }

    /** Counts up from one nonce and rolls nothing, as the boards of ESP chips do. */
    public static SearchOrder upFrom(int firstNonce) {
        return new SearchOrder(firstNonce, 1, NEVER, NO_VERSIONS, 1, 0);
    }

    /** So many threads, each with its part of the nonces. */
    public SearchOrder withLanes(int count) {
        return new SearchOrder(firstNonce, count, hashesPerExtranonce2, versionBits, hashesPerVersion, ntimeSecondsMax);
    }

    public SearchOrder withExtranonce2Every(long hashes) {
        return new SearchOrder(firstNonce, lanes, hashes, versionBits, hashesPerVersion, ntimeSecondsMax);
    }

    public SearchOrder withVersions(IntUnaryOperator bits, int hashesEach) {
        return new SearchOrder(firstNonce, lanes, hashesPerExtranonce2, bits, hashesEach, ntimeSecondsMax);
    }

    public SearchOrder withNtimeUpTo(int seconds) {
        return new SearchOrder(firstNonce, lanes, hashesPerExtranonce2, versionBits, hashesPerVersion, seconds);
    }

    /** Counts through the bits of a mask. */
    public static IntUnaryOperator versionsOf(int mask) {
        return mask == 0 ? NO_VERSIONS : n -> Integer.expand(n, mask);
    }
}
