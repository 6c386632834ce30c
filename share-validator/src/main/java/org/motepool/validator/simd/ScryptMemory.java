package org.motepool.validator.simd;

import static org.motepool.validator.simd.ScryptLanes.HALF_INTS;
import static org.motepool.validator.simd.ScryptLanes.MIX;
import static org.motepool.validator.simd.ScryptLanes.MIX_INTS;
import static org.motepool.validator.simd.ScryptLanes.MIX_ROWS;
import static org.motepool.validator.simd.Sha256Lanes.LANES;
import static org.motepool.validator.simd.Sha256Lanes.SPECIES;
import static org.motepool.validator.simd.Sha256Words.BLOCK_WORDS;

import jdk.incubator.vector.IntVector;

/**
 * scrypt's memory: as many rows as it mixes with, each as long as the state of all lanes. What is read back is another row for
 * each lane.
 *
 * <p>With as many lanes as a block has words, a row has the words of one lane behind those of the one before, so that a lane's
 * row is two cache lines and not 32 that it shares with other lanes; turning words by lanes over is two squares of vectors each
 * way. Fewer lanes than that leave the state as it is and read it back in a plain loop.
 */
final class ScryptMemory {
    private static final boolean SQUARE = LANES == BLOCK_WORDS;

    /** Where the rows of a block stand one behind the other, from its first; then where those stand that the lanes name. */
    private static final int IN_TURN = ScryptLanes.MEMORY_SCRATCH;

    private static final int NAMED = IN_TURN + LANES;
    /** What was read, word by word again. */
    private static final int READ = NAMED + LANES;

    /** Ints behind {@link ScryptLanes#MEMORY_SCRATCH}. */
    static final int SCRATCH_INTS = 2 * LANES + MIX_INTS;

    /** Takes from two vectors, by turns, the lanes of their first halves, and of their second ones. */
    private static final IntVector FIRST_HALVES = byTurns(0);

    private static final IntVector SECOND_HALVES = byTurns(LANES / 2);

    private ScryptMemory() {}

    private static IntVector byTurns(int from) {
        int[] lanes = new int[LANES];
        for (int i = 0; i < LANES; i++) {
            lanes[i] = from + i / 2 + i % 2 * LANES;
        }
        return IntVector.fromArray(SPECIES, lanes, 0);
    }

    /** Writes what never changes. */
    static void putConstants(int[] x) {
        for (int lane = 0; lane < LANES; lane++) {
            x[IN_TURN + lane] = lane * LANES;
        }
    }

    /** Writes the mixed state to a row. */
    static void put(int[] x, int[] memory, int row) {
        int at = row * MIX_INTS;
        if (SQUARE) {
            turnOver(x, MIX, x, IN_TURN, memory, at, MIX_ROWS);
            turnOver(x, MIX + HALF_INTS, x, IN_TURN, memory, at + BLOCK_WORDS, MIX_ROWS);
        } else {
            System.arraycopy(x, MIX, memory, at, MIX_INTS);
        }
    }

    /** Adds to the mixed state, without carry, each lane's own row: that of so many which its second block's first word names. */
    static void addNamed(int[] x, int[] memory, int rows) {
        if (SQUARE) {
            for (int lane = 0; lane < LANES; lane++) {
                x[NAMED + lane] = (x[MIX + HALF_INTS + lane] & (rows - 1)) * MIX_INTS + lane * MIX_ROWS;
            }
            turnOver(memory, 0, x, NAMED, x, READ, LANES);
            turnOver(memory, BLOCK_WORDS, x, NAMED, x, READ + HALF_INTS, LANES);
            ScryptLanes.addRows(x, READ, MIX, MIX_INTS);
        } else {
            for (int lane = 0; lane < LANES; lane++) {
                int at = (x[MIX + HALF_INTS + lane] & (rows - 1)) * MIX_INTS + lane;
                for (int to = MIX + lane; to < MIX + MIX_INTS; to += LANES, at += LANES) {
                    x[to] ^= memory[at];
                }
            }
        }
    }

    /**
     * Makes columns of 16 rows of 16: row i stands in {@code from} at {@code first} and what {@code x} has at {@code rows + i};
     * column i comes to stand in {@code to} at {@code at + i * step}. To interlace the first eight rows with the last eight,
     * four times over, is to turn a square over.
     */
    private static void turnOver(int[] from, int first, int[] x, int rows, int[] to, int at, int step) {
        IntVector a0 = IntVector.fromArray(SPECIES, from, first + x[rows]);
        IntVector a1 = IntVector.fromArray(SPECIES, from, first + x[rows + 1]);
        IntVector a2 = IntVector.fromArray(SPECIES, from, first + x[rows + 2]);
        IntVector a3 = IntVector.fromArray(SPECIES, from, first + x[rows + 3]);
        IntVector a4 = IntVector.fromArray(SPECIES, from, first + x[rows + 4]);
        IntVector a5 = IntVector.fromArray(SPECIES, from, first + x[rows + 5]);
        IntVector a6 = IntVector.fromArray(SPECIES, from, first + x[rows + 6]);
        IntVector a7 = IntVector.fromArray(SPECIES, from, first + x[rows + 7]);
        IntVector a8 = IntVector.fromArray(SPECIES, from, first + x[rows + 8]);
        IntVector a9 = IntVector.fromArray(SPECIES, from, first + x[rows + 9]);
        IntVector a10 = IntVector.fromArray(SPECIES, from, first + x[rows + 10]);
        IntVector a11 = IntVector.fromArray(SPECIES, from, first + x[rows + 11]);
        IntVector a12 = IntVector.fromArray(SPECIES, from, first + x[rows + 12]);
        IntVector a13 = IntVector.fromArray(SPECIES, from, first + x[rows + 13]);
        IntVector a14 = IntVector.fromArray(SPECIES, from, first + x[rows + 14]);
        IntVector a15 = IntVector.fromArray(SPECIES, from, first + x[rows + 15]);

        IntVector b0 = FIRST_HALVES.selectFrom(a0, a8);
        IntVector b1 = SECOND_HALVES.selectFrom(a0, a8);
        IntVector b2 = FIRST_HALVES.selectFrom(a1, a9);
        IntVector b3 = SECOND_HALVES.selectFrom(a1, a9);
        IntVector b4 = FIRST_HALVES.selectFrom(a2, a10);
        IntVector b5 = SECOND_HALVES.selectFrom(a2, a10);
        IntVector b6 = FIRST_HALVES.selectFrom(a3, a11);
        IntVector b7 = SECOND_HALVES.selectFrom(a3, a11);
        IntVector b8 = FIRST_HALVES.selectFrom(a4, a12);
        IntVector b9 = SECOND_HALVES.selectFrom(a4, a12);
        IntVector b10 = FIRST_HALVES.selectFrom(a5, a13);
        IntVector b11 = SECOND_HALVES.selectFrom(a5, a13);
        IntVector b12 = FIRST_HALVES.selectFrom(a6, a14);
        IntVector b13 = SECOND_HALVES.selectFrom(a6, a14);
        IntVector b14 = FIRST_HALVES.selectFrom(a7, a15);
        IntVector b15 = SECOND_HALVES.selectFrom(a7, a15);

        a0 = FIRST_HALVES.selectFrom(b0, b8);
        a1 = SECOND_HALVES.selectFrom(b0, b8);
        a2 = FIRST_HALVES.selectFrom(b1, b9);
        a3 = SECOND_HALVES.selectFrom(b1, b9);
        a4 = FIRST_HALVES.selectFrom(b2, b10);
        a5 = SECOND_HALVES.selectFrom(b2, b10);
        a6 = FIRST_HALVES.selectFrom(b3, b11);
        a7 = SECOND_HALVES.selectFrom(b3, b11);
        a8 = FIRST_HALVES.selectFrom(b4, b12);
        a9 = SECOND_HALVES.selectFrom(b4, b12);
        a10 = FIRST_HALVES.selectFrom(b5, b13);
        a11 = SECOND_HALVES.selectFrom(b5, b13);
        a12 = FIRST_HALVES.selectFrom(b6, b14);
        a13 = SECOND_HALVES.selectFrom(b6, b14);
        a14 = FIRST_HALVES.selectFrom(b7, b15);
        a15 = SECOND_HALVES.selectFrom(b7, b15);

        b0 = FIRST_HALVES.selectFrom(a0, a8);
        b1 = SECOND_HALVES.selectFrom(a0, a8);
        b2 = FIRST_HALVES.selectFrom(a1, a9);
        b3 = SECOND_HALVES.selectFrom(a1, a9);
        b4 = FIRST_HALVES.selectFrom(a2, a10);
        b5 = SECOND_HALVES.selectFrom(a2, a10);
        b6 = FIRST_HALVES.selectFrom(a3, a11);
        b7 = SECOND_HALVES.selectFrom(a3, a11);
        b8 = FIRST_HALVES.selectFrom(a4, a12);
        b9 = SECOND_HALVES.selectFrom(a4, a12);
        b10 = FIRST_HALVES.selectFrom(a5, a13);
        b11 = SECOND_HALVES.selectFrom(a5, a13);
        b12 = FIRST_HALVES.selectFrom(a6, a14);
        b13 = SECOND_HALVES.selectFrom(a6, a14);
        b14 = FIRST_HALVES.selectFrom(a7, a15);
        b15 = SECOND_HALVES.selectFrom(a7, a15);

        a0 = FIRST_HALVES.selectFrom(b0, b8);
        a1 = SECOND_HALVES.selectFrom(b0, b8);
        a2 = FIRST_HALVES.selectFrom(b1, b9);
        a3 = SECOND_HALVES.selectFrom(b1, b9);
        a4 = FIRST_HALVES.selectFrom(b2, b10);
        a5 = SECOND_HALVES.selectFrom(b2, b10);
        a6 = FIRST_HALVES.selectFrom(b3, b11);
        a7 = SECOND_HALVES.selectFrom(b3, b11);
        a8 = FIRST_HALVES.selectFrom(b4, b12);
        a9 = SECOND_HALVES.selectFrom(b4, b12);
        a10 = FIRST_HALVES.selectFrom(b5, b13);
        a11 = SECOND_HALVES.selectFrom(b5, b13);
        a12 = FIRST_HALVES.selectFrom(b6, b14);
        a13 = SECOND_HALVES.selectFrom(b6, b14);
        a14 = FIRST_HALVES.selectFrom(b7, b15);
        a15 = SECOND_HALVES.selectFrom(b7, b15);

        a0.intoArray(to, at);
        a1.intoArray(to, at + step);
        a2.intoArray(to, at + 2 * step);
        a3.intoArray(to, at + 3 * step);
        a4.intoArray(to, at + 4 * step);
        a5.intoArray(to, at + 5 * step);
        a6.intoArray(to, at + 6 * step);
        a7.intoArray(to, at + 7 * step);
        a8.intoArray(to, at + 8 * step);
        a9.intoArray(to, at + 9 * step);
        a10.intoArray(to, at + 10 * step);
        a11.intoArray(to, at + 11 * step);
        a12.intoArray(to, at + 12 * step);
        a13.intoArray(to, at + 13 * step);
        a14.intoArray(to, at + 14 * step);
        a15.intoArray(to, at + 15 * step);
    }
}
