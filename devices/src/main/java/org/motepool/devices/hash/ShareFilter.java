package org.motepool.devices.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.motepool.core.work.PowShift;

/**
 * A board's own reading of a difficulty: which hashes it reports. Firmware computes in floating point against the
 * difficulty-1 target {@code 0xffff << 208}; so does this, not by the pool's levels. Immutable.
 */
public final class ShareFilter {
    /** {@code 0xffff << 208}. */
    private static final double DIFFICULTY_ONE = 0xffffp208;

    private static final double TWO_64 = 0x1p64;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final double difficulty;
    private final long ceiling;

    private ShareFilter(double difficulty, long ceiling) {
        this.difficulty = difficulty;
        this.ceiling = ceiling;
    }

    /** Reports nothing. */
    public static ShareFilter nothing() {
        return new ShareFilter(Double.POSITIVE_INFINITY, 0);
    }

    /**
     * Reports hashes of at least this difficulty.
     *
     * @param zeroBits a hash with fewer leading zero bits is not even looked at, whatever the difficulty
     */
    public static ShareFilter of(double difficulty, int zeroBits) {
        long prefilter = zeroBits == 0 ? -1L : -1L >>> zeroBits;
        double top = difficulty > 0 ? DIFFICULTY_ONE / difficulty / 0x1p192 : TWO_64;
        // One above what the division may have rounded off; the exact test follows.
        long bound = top >= 0x1p62 ? -1L : (long) top + 1;
        return new ShareFilter(difficulty, Long.compareUnsigned(bound, prefilter) < 0 ? bound : prefilter);
    }

    public double difficulty() {
        return difficulty;
    }

    /** @param hash 32 bytes in internal order; the first bits that {@code shift} names are ignored */
    boolean reports(byte[] hash, PowShift shift) {
        long top = (long) LONG.get(hash, 24) & (-1L >>> shift.bits());
        if (Long.compareUnsigned(top, ceiling) > 0) {
            return false;
        }
        return difficultyOf(hash, top) >= difficulty;
    }

    /** Difficulty that a hash reaches, its ignored bits left out. */
    static double difficultyOf(byte[] hash, PowShift shift) {
        return difficultyOf(hash, (long) LONG.get(hash, 24) & (-1L >>> shift.bits()));
    }

    private static double difficultyOf(byte[] hash, long top) {
        double number = unsigned(top);
        for (int offset = 16; offset >= 0; offset -= 8) {
            number = number * TWO_64 + unsigned((long) LONG.get(hash, offset));
        }
        return DIFFICULTY_ONE / number;
    }

    private static double unsigned(long value) {
        return value >= 0 ? value : (value >>> 1 | value & 1) * 2.0;
    }
}
