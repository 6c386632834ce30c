package org.motepool.devices.firmware;

import java.util.HexFormat;
import java.util.function.IntUnaryOperator;
import java.util.function.LongFunction;
import org.motepool.devices.hash.MiningJob;
import org.motepool.devices.hash.Search;
import org.motepool.devices.hash.SearchOrder;
import org.motepool.devices.hash.ShareFilter;

/**
 * What boards with mining chips have in common. A real chip of 0.5 TH/s and more reports nothing below difficulty 256 or
 * so; twins are of 2 GH/s, so here that stands at 1, and what owners set shrinks with the rate.
 */
final class AsicChip {
    /** Difficulty 1: the chip reports nothing below. */
    private static final int ZERO_BITS = 32;

    private static final double RATE_OF_DEFAULTS = 1e12;
    private static final double SMALL_BELOW = 1e11;
    /** Real hashes between two values of the version bits. */
    private static final int HASHES_PER_VERSION = 16;

    private final Board board;
    private final int firstNonce;
    private final double secondsPerExtranonce2;

    AsicChip(Board board) {
        this.board = board;
        firstNonce = board.random().nextInt();
        secondsPerExtranonce2 = board.random().nextDouble(0.5, 2.0);
    }

    /** Begins a job on a board that rolls the bits of a mask. */
    void search(MiningJob job, String extranonce1, int mask, LongFunction<String> extranonce2) {
        search(job, extranonce1, SearchOrder.versionsOf(mask), 1L << Integer.bitCount(mask), 0, extranonce2);
    }

    /** Begins a job on a board that takes one version after the other, and time ahead of the job's. */
    void search(
            MiningJob job, String extranonce1, int[] versions, int ntimeSecondsMax, LongFunction<String> extranonce2) {
        search(job, extranonce1, n -> versions[n & versions.length - 1], versions.length, ntimeSecondsMax, extranonce2);
    }

    /** A nonce of its own to begin with, a new extranonce2 every half to two seconds, or when all nonces are used. */
    private void search(
            MiningJob job,
            String extranonce1,
            IntUnaryOperator versions,
            long versionCount,
            int ntimeSecondsMax,
            LongFunction<String> extranonce2) {
        double hashesPerSecond =
                Math.scalb(board.nominalHashesPerSecond(), -board.powShift().bits());
        long wanted = (long) (hashesPerSecond * secondsPerExtranonce2);
        long headers = Math.max(Search.nonces(board.powShift()), HASHES_PER_VERSION * versionCount);
        SearchOrder order = SearchOrder.upFrom(firstNonce)
                .withExtranonce2Every(Math.clamp(wanted, 1, headers))
                .withVersions(versions, HASHES_PER_VERSION)
                .withNtimeUpTo(ntimeSecondsMax);
        board.search(new Search(job, extranonce1, Integer.MAX_VALUE, order, extranonce2, board.powShift()));
    }

    void difficulty(double value) {
        board.filter(ShareFilter.of(value, ZERO_BITS));
    }

    /** Whether its owner has to ask for less than pools give to boards with chips by themselves. */
    boolean isSmall() {
        return board.nominalHashesPerSecond() < SMALL_BELOW;
    }

    /** What a setting that suits a board of 1 TH/s is on this one. */
    double scaled(double setting) {
        return Math.clamp(setting * board.nominalHashesPerSecond() / RATE_OF_DEFAULTS, 1, setting);
    }

    /** A mask as the pool wrote it; 0 when it is none. */
    static int mask(String hex) {
        try {
            return HexFormat.fromHexDigits(hex);
        } catch (IllegalArgumentException notHex) {
            return 0;
        }
    }
}
