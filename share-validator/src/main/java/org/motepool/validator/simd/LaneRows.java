package org.motepool.validator.simd;

import static org.motepool.validator.simd.Sha256Lanes.LANES;
import static org.motepool.validator.simd.Sha256Words.BLOCK_WORDS;
import static org.motepool.validator.simd.Sha256Words.STATE_WORDS;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.motepool.core.work.ProofOfWork;

/** One thread's scratch: rows of one int a lane, and scrypt's 2 MiB. All offsets are in ints. Owned by one thread. */
final class LaneRows {
    private static final int WINDOW_ROWS = 64;
    private static final int HASH_BITS = 256;
    private static final int HEADER_BITS = 640;

    static final int INITIAL = Sha256Lanes.WORK_ROWS * LANES;
    static final int STATE = INITIAL + STATE_WORDS * LANES;
    /** The state behind the coinbase's constant first blocks. */
    static final int MIDSTATE = STATE + STATE_WORDS * LANES;
    /** Each window has 16 message rows, then the 48 that a compression overwrites. The extranonces stand in one or two. */
    static final int COINBASE = MIDSTATE + STATE_WORDS * LANES;

    static final int COINBASE_NEXT = COINBASE + WINDOW_ROWS * LANES;
    /** The second hash of any first one: 8 rows and constant padding. */
    static final int SECOND = COINBASE_NEXT + WINDOW_ROWS * LANES;
    /** Two merkle nodes side by side. */
    static final int PAIR = SECOND + WINDOW_ROWS * LANES;

    static final int HEADER = PAIR + WINDOW_ROWS * LANES;
    static final int HEADER_END = HEADER + WINDOW_ROWS * LANES;
    /** From here on, what a proof of work needs beside. */
    static final int PROOF = HEADER_END + WINDOW_ROWS * LANES;

    final int[] x;

    /** That of scrypt; empty elsewhere. */
    final int[] memory;

    /** Whose constants the rows hold. */
    @Nullable
    VectorJob holder;

    LaneRows(ProofOfWork proofOfWork) {
        boolean scrypt = proofOfWork == ProofOfWork.SCRYPT;
        x = new int[PROOF + (scrypt ? ScryptLanes.INTS : 0)];
        memory = new int[scrypt ? ScryptLanes.MEMORY_INTS : 0];
        if (scrypt) {
            ScryptLanes.putConstants(x);
        }
        fill(x, INITIAL, Sha256Words.initialState());
        fillRow(x, SECOND + 8 * LANES, 0x80000000);
        fillRow(x, SECOND + 15 * LANES, HASH_BITS);
        fillRow(x, HEADER_END + 4 * LANES, 0x80000000);
        fillRow(x, HEADER_END + (BLOCK_WORDS - 1) * LANES, HEADER_BITS);
    }

    /** Writes each word to all lanes of a row of its own. */
    static void fill(int[] x, int offset, int[] words) {
        for (int i = 0; i < words.length; i++) {
            fillRow(x, offset + i * LANES, words[i]);
        }
    }

    static void fillRow(int[] x, int offset, int word) {
        Arrays.fill(x, offset, offset + LANES, word);
    }

    static void copyRows(int[] x, int from, int to, int rows) {
        System.arraycopy(x, from, x, to, rows * LANES);
    }
}
