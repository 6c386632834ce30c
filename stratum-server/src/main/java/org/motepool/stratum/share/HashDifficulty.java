package org.motepool.stratum.share;

import org.motepool.core.work.PowShift;

/** The difficulty that a hash reached, for display. */
final class HashDifficulty {
    private static final double DIFFICULTY_ONE = 65535.0 * 0x1p208;

    private HashDifficulty() {}

    /** @param hash holds the hash in internal order from {@code offset} */
    static double of(byte[] hash, int offset, PowShift shift) {
        double number = 0;
        int ignored = shift.bits();
        for (int i = 31; i >= 0; i--) {
            int value = hash[offset + i] & 0xff;
            int cut = Math.min(8, ignored);
            ignored -= cut;
            number = number * 256 + (value & 0xff >>> cut);
        }
        return DIFFICULTY_ONE / Math.max(1, number);
    }
}
