package org.motepool.validator.simd;

import static org.motepool.validator.simd.Sha256Lanes.LANES;

/**
 * Where a job's extranonces stand in its coinbase's message rows. They begin at any byte and may go on in the next block, so
 * the first and the last word are in part the job's own. Immutable.
 */
final class ExtranonceWords {
    private final int bytes;
    private final int words;
    private final int[] row;
    private final int[] first;
    private final int[] jobsPart;

    /**
     * The words of {@code padded} with extranonces from byte {@code start}, zero there. Rows are offsets: block
     * {@code firstBlock} at {@link LaneRows#COINBASE}, the next at {@link LaneRows#COINBASE_NEXT}.
     */
    ExtranonceWords(byte[] padded, int start, int bytes, int firstBlock) {
        this.bytes = bytes;
        int firstWord = start / 4;
        words = bytes == 0 ? 0 : (start + bytes - 1) / 4 - firstWord + 1;
        row = new int[words];
        first = new int[words];
        jobsPart = new int[words];
        for (int i = 0; i < words; i++) {
            int word = firstWord + i;
            int window = word / Sha256Words.BLOCK_WORDS == firstBlock ? LaneRows.COINBASE : LaneRows.COINBASE_NEXT;
            row[i] = window + word % Sha256Words.BLOCK_WORDS * LANES;
            first[i] = 4 * word - start;
            jobsPart[i] = Sha256Words.word(padded, 4 * word);
        }
    }

    /** Writes the words of {@code count} shares, from share {@code from} on, to the first lanes. */
    void put(int[] x, byte[] extranonces, int from, int count) {
        for (int i = 0; i < words; i++) {
            int to = row[i];
            int at = from * bytes + first[i];
            if (first[i] >= 0 && first[i] + 4 <= bytes) {
                for (int lane = 0; lane < count; lane++, at += bytes) {
                    x[to + lane] = Sha256Words.word(extranonces, at);
                }
            } else {
                for (int lane = 0; lane < count; lane++) {
                    x[to + lane] = jobsPart[i] | part(extranonces, (from + lane) * bytes, first[i]);
                }
            }
        }
    }

    private int part(byte[] extranonces, int share, int from) {
        int word = 0;
        int end = Math.min(from + 4, bytes);
        for (int at = Math.max(from, 0); at < end; at++) {
            word |= (extranonces[share + at] & 0xff) << (24 - 8 * (at - from));
        }
        return word;
    }
}
