package org.motepool.validator.simd;

import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.XOR;
import static org.motepool.validator.simd.Sha256Lanes.LANES;
import static org.motepool.validator.simd.Sha256Lanes.SPECIES;
import static org.motepool.validator.simd.Sha256Words.BLOCK_WORDS;
import static org.motepool.validator.simd.Sha256Words.STATE_WORDS;

import jdk.incubator.vector.IntVector;

/**
 * scrypt (RFC 7914) with 1024 rows and r = p = 1 of as many headers at once as a vector has lanes, all of it in lanes: what
 * stands around the mixing is SHA-256. Rows and offsets as in {@link Sha256Lanes}, whose rules for the just-in-time compiler
 * hold here too; {@link ScryptMemory} has the memory.
 */
final class ScryptLanes {
    /** Rows of memory, each as long as the state that is mixed. */
    static final int MEMORY_ROWS = 1024;

    /** Two blocks of 64 bytes, word by word. */
    static final int MIX_ROWS = 2 * BLOCK_WORDS;

    static final int MIX_INTS = MIX_ROWS * LANES;
    static final int HALF_INTS = BLOCK_WORDS * LANES;
    static final int MEMORY_INTS = MEMORY_ROWS * MIX_INTS;

    private static final int DOUBLE_ROUNDS = 4;
    private static final int STATE_INTS = STATE_WORDS * LANES;
    private static final int WINDOW_INTS = 64 * LANES;
    private static final int INNER_PAD = 0x36363636;
    private static final int OUTER_PAD = 0x5c5c5c5c;
    /** What precedes each HMAC's message, and what its outer hash is of, in bits. */
    private static final int BLOCK_BITS = 512;

    private static final int HASH_BITS = 256;
    private static final int HEADER_BITS = 640;
    private static final int COUNTER_BITS = 32;
    /** Words of the header that its first block leaves over. */
    private static final int HEADER_END_WORDS = 4;

    /** The two states of HMAC behind the key, and the inner one behind the salt's first block. */
    private static final int INNER = LaneRows.PROOF;

    private static final int OUTER = INNER + STATE_INTS;
    private static final int SALTED = OUTER + STATE_INTS;
    private static final int KEY = SALTED + STATE_INTS;
    /** Windows as in {@link LaneRows}: the key with either pad; the salt's end; an inner hash; the mixed state's halves. */
    private static final int PADDED_KEY = KEY + STATE_INTS;

    private static final int SALT_END = PADDED_KEY + WINDOW_INTS;
    private static final int DIGEST = SALT_END + WINDOW_INTS;
    private static final int FIRST_HALF = DIGEST + WINDOW_INTS;
    private static final int SECOND_HALF = FIRST_HALF + WINDOW_INTS;
    /**
     * Behind the mixed state as salt: counter and padding, the same in all lanes. A window all the same: a kernel of its own
     * would be called so seldom that the just-in-time compiler comes to it late.
     */
    private static final int LAST = SECOND_HALF + WINDOW_INTS;
    /** The state that is mixed. */
    static final int MIX = LAST + WINDOW_INTS;
    /** From here on, what the memory needs to be written and read. */
    static final int MEMORY_SCRATCH = MIX + MIX_INTS;

    /** Ints behind {@link LaneRows#PROOF}. */
    static final int INTS = MEMORY_SCRATCH + ScryptMemory.SCRATCH_INTS - LaneRows.PROOF;

    private ScryptLanes() {}

    /** Writes what never changes. */
    static void putConstants(int[] x) {
        LaneRows.fillRow(x, SALT_END + (HEADER_END_WORDS + 1) * LANES, 0x80000000);
        LaneRows.fillRow(x, SALT_END + (BLOCK_WORDS - 1) * LANES, BLOCK_BITS + HEADER_BITS + COUNTER_BITS);
        LaneRows.fillRow(x, LAST, 1);
        LaneRows.fillRow(x, LAST + LANES, 0x80000000);
        LaneRows.fillRow(x, LAST + (BLOCK_WORDS - 1) * LANES, 3 * BLOCK_BITS + COUNTER_BITS);
        LaneRows.fillRow(x, DIGEST + STATE_INTS, 0x80000000);
        LaneRows.fillRow(x, DIGEST + (BLOCK_WORDS - 1) * LANES, BLOCK_BITS + HASH_BITS);
        ScryptMemory.putConstants(x);
    }

    /** From the header's two windows to the hash in {@link LaneRows#STATE}. */
    static void hash(int[] x, int[] memory) {
        putKey(x);
        Sha256Lanes.full(x, INNER, LaneRows.HEADER, SALTED);
        LaneRows.copyRows(x, LaneRows.HEADER_END, SALT_END, HEADER_END_WORDS);
        for (int i = 0; i < MIX_ROWS / STATE_WORDS; i++) {
            LaneRows.fillRow(x, SALT_END + HEADER_END_WORDS * LANES, i + 1);
            Sha256Lanes.full(x, SALTED, SALT_END, DIGEST);
            Sha256Lanes.full(x, OUTER, DIGEST, MIX + i * STATE_INTS);
        }
        reverseBytes(x, MIX, MIX, MIX_INTS);
        mix(x, memory, MEMORY_ROWS);
        reverseBytes(x, MIX, FIRST_HALF, HALF_INTS);
        reverseBytes(x, MIX + HALF_INTS, SECOND_HALF, HALF_INTS);
        Sha256Lanes.full(x, INNER, FIRST_HALF, LaneRows.STATE);
        Sha256Lanes.full(x, LaneRows.STATE, SECOND_HALF, LaneRows.STATE);
        Sha256Lanes.full(x, LaneRows.STATE, LAST, DIGEST);
        Sha256Lanes.full(x, OUTER, DIGEST, LaneRows.STATE);
    }

    /** HMAC's key is the header's hash, since a header is longer than a block. */
    private static void putKey(int[] x) {
        Sha256Lanes.full(x, LaneRows.INITIAL, LaneRows.HEADER, LaneRows.STATE);
        Sha256Lanes.full(x, LaneRows.STATE, LaneRows.HEADER_END, KEY);
        putPaddedKey(x, INNER_PAD);
        Sha256Lanes.full(x, LaneRows.INITIAL, PADDED_KEY, INNER);
        putPaddedKey(x, OUTER_PAD);
        Sha256Lanes.full(x, LaneRows.INITIAL, PADDED_KEY, OUTER);
    }

    private static void putPaddedKey(int[] x, int pad) {
        for (int i = 0; i < STATE_INTS; i++) {
            x[PADDED_KEY + i] = x[KEY + i] ^ pad;
            x[PADDED_KEY + STATE_INTS + i] = pad;
        }
    }

    /** SHA-256 reads words most significant byte first, what is mixed has them the other way round. */
    private static void reverseBytes(int[] x, int from, int to, int ints) {
        for (int i = 0; i < ints; i++) {
            x[to + i] = Integer.reverseBytes(x[from + i]);
        }
    }

    /** Mixes with so many rows of memory, a power of two. */
    static void mix(int[] x, int[] memory, int rows) {
        for (int row = 0; row < rows; row++) {
            ScryptMemory.put(x, memory, row);
            mixBlocks(x);
        }
        for (int i = 0; i < rows; i++) {
            ScryptMemory.addNamed(x, memory, rows);
            mixBlocks(x);
        }
    }

    private static void mixBlocks(int[] x) {
        addRows(x, MIX + HALF_INTS, MIX, HALF_INTS);
        salsa(x, MIX);
        addRows(x, MIX, MIX + HALF_INTS, HALF_INTS);
        salsa(x, MIX + HALF_INTS);
    }

    /** Adds without carry. */
    static void addRows(int[] x, int from, int to, int ints) {
        for (int i = 0; i < ints; i += LANES) {
            IntVector.fromArray(SPECIES, x, to + i)
                    .lanewise(XOR, IntVector.fromArray(SPECIES, x, from + i))
                    .intoArray(x, to + i);
        }
    }

    /** Salsa20/8 of the 16 rows at {@code block}: four rounds over the columns of 4 by 4 words, each with one over the rows. */
    static void salsa(int[] x, int block) {
        IntVector x0 = IntVector.fromArray(SPECIES, x, block);
        IntVector x1 = IntVector.fromArray(SPECIES, x, block + LANES);
        IntVector x2 = IntVector.fromArray(SPECIES, x, block + 2 * LANES);
        IntVector x3 = IntVector.fromArray(SPECIES, x, block + 3 * LANES);
        IntVector x4 = IntVector.fromArray(SPECIES, x, block + 4 * LANES);
        IntVector x5 = IntVector.fromArray(SPECIES, x, block + 5 * LANES);
        IntVector x6 = IntVector.fromArray(SPECIES, x, block + 6 * LANES);
        IntVector x7 = IntVector.fromArray(SPECIES, x, block + 7 * LANES);
        IntVector x8 = IntVector.fromArray(SPECIES, x, block + 8 * LANES);
        IntVector x9 = IntVector.fromArray(SPECIES, x, block + 9 * LANES);
        IntVector x10 = IntVector.fromArray(SPECIES, x, block + 10 * LANES);
        IntVector x11 = IntVector.fromArray(SPECIES, x, block + 11 * LANES);
        IntVector x12 = IntVector.fromArray(SPECIES, x, block + 12 * LANES);
        IntVector x13 = IntVector.fromArray(SPECIES, x, block + 13 * LANES);
        IntVector x14 = IntVector.fromArray(SPECIES, x, block + 14 * LANES);
        IntVector x15 = IntVector.fromArray(SPECIES, x, block + 15 * LANES);
        for (int i = 0; i < DOUBLE_ROUNDS; i++) {
            x4 = x4.lanewise(XOR, x0.add(x12).lanewise(ROL, 7));
            x9 = x9.lanewise(XOR, x5.add(x1).lanewise(ROL, 7));
            x14 = x14.lanewise(XOR, x10.add(x6).lanewise(ROL, 7));
            x3 = x3.lanewise(XOR, x15.add(x11).lanewise(ROL, 7));
            x8 = x8.lanewise(XOR, x4.add(x0).lanewise(ROL, 9));
            x13 = x13.lanewise(XOR, x9.add(x5).lanewise(ROL, 9));
            x2 = x2.lanewise(XOR, x14.add(x10).lanewise(ROL, 9));
            x7 = x7.lanewise(XOR, x3.add(x15).lanewise(ROL, 9));
            x12 = x12.lanewise(XOR, x8.add(x4).lanewise(ROL, 13));
            x1 = x1.lanewise(XOR, x13.add(x9).lanewise(ROL, 13));
            x6 = x6.lanewise(XOR, x2.add(x14).lanewise(ROL, 13));
            x11 = x11.lanewise(XOR, x7.add(x3).lanewise(ROL, 13));
            x0 = x0.lanewise(XOR, x12.add(x8).lanewise(ROL, 18));
            x5 = x5.lanewise(XOR, x1.add(x13).lanewise(ROL, 18));
            x10 = x10.lanewise(XOR, x6.add(x2).lanewise(ROL, 18));
            x15 = x15.lanewise(XOR, x11.add(x7).lanewise(ROL, 18));

            x1 = x1.lanewise(XOR, x0.add(x3).lanewise(ROL, 7));
            x6 = x6.lanewise(XOR, x5.add(x4).lanewise(ROL, 7));
            x11 = x11.lanewise(XOR, x10.add(x9).lanewise(ROL, 7));
            x12 = x12.lanewise(XOR, x15.add(x14).lanewise(ROL, 7));
            x2 = x2.lanewise(XOR, x1.add(x0).lanewise(ROL, 9));
            x7 = x7.lanewise(XOR, x6.add(x5).lanewise(ROL, 9));
            x8 = x8.lanewise(XOR, x11.add(x10).lanewise(ROL, 9));
            x13 = x13.lanewise(XOR, x12.add(x15).lanewise(ROL, 9));
            x3 = x3.lanewise(XOR, x2.add(x1).lanewise(ROL, 13));
            x4 = x4.lanewise(XOR, x7.add(x6).lanewise(ROL, 13));
            x9 = x9.lanewise(XOR, x8.add(x11).lanewise(ROL, 13));
            x14 = x14.lanewise(XOR, x13.add(x12).lanewise(ROL, 13));
            x0 = x0.lanewise(XOR, x3.add(x2).lanewise(ROL, 18));
            x5 = x5.lanewise(XOR, x4.add(x7).lanewise(ROL, 18));
            x10 = x10.lanewise(XOR, x9.add(x8).lanewise(ROL, 18));
            x15 = x15.lanewise(XOR, x14.add(x13).lanewise(ROL, 18));
        }
        x0.add(IntVector.fromArray(SPECIES, x, block)).intoArray(x, block);
        x1.add(IntVector.fromArray(SPECIES, x, block + LANES)).intoArray(x, block + LANES);
        x2.add(IntVector.fromArray(SPECIES, x, block + 2 * LANES)).intoArray(x, block + 2 * LANES);
        x3.add(IntVector.fromArray(SPECIES, x, block + 3 * LANES)).intoArray(x, block + 3 * LANES);
        x4.add(IntVector.fromArray(SPECIES, x, block + 4 * LANES)).intoArray(x, block + 4 * LANES);
        x5.add(IntVector.fromArray(SPECIES, x, block + 5 * LANES)).intoArray(x, block + 5 * LANES);
        x6.add(IntVector.fromArray(SPECIES, x, block + 6 * LANES)).intoArray(x, block + 6 * LANES);
        x7.add(IntVector.fromArray(SPECIES, x, block + 7 * LANES)).intoArray(x, block + 7 * LANES);
        x8.add(IntVector.fromArray(SPECIES, x, block + 8 * LANES)).intoArray(x, block + 8 * LANES);
        x9.add(IntVector.fromArray(SPECIES, x, block + 9 * LANES)).intoArray(x, block + 9 * LANES);
        x10.add(IntVector.fromArray(SPECIES, x, block + 10 * LANES)).intoArray(x, block + 10 * LANES);
        x11.add(IntVector.fromArray(SPECIES, x, block + 11 * LANES)).intoArray(x, block + 11 * LANES);
        x12.add(IntVector.fromArray(SPECIES, x, block + 12 * LANES)).intoArray(x, block + 12 * LANES);
        x13.add(IntVector.fromArray(SPECIES, x, block + 13 * LANES)).intoArray(x, block + 13 * LANES);
        x14.add(IntVector.fromArray(SPECIES, x, block + 14 * LANES)).intoArray(x, block + 14 * LANES);
        x15.add(IntVector.fromArray(SPECIES, x, block + 15 * LANES)).intoArray(x, block + 15 * LANES);
    }
}
