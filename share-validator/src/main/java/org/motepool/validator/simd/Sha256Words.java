package org.motepool.validator.simd;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.stream.IntStream;

/** SHA-256 (FIPS 180-4) word by word for what a job's shares have in common; speed does not matter here. Stateless. */
final class Sha256Words {
    static final int BLOCK_BYTES = 64;
    static final int BLOCK_WORDS = 16;
    static final int STATE_WORDS = 8;
    private static final int ROUNDS = 64;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int[] K = fractions(3, ROUNDS);

    private Sha256Words() {}

    /** The 64 round constants: a copy. */
    static int[] roundConstants() {
        return K.clone();
    }

    /** The state before the first block. */
    static int[] initialState() {
        return fractions(2, STATE_WORDS);
    }

    /** The first 32 fraction bits of the {@code degree}-th roots of the first primes: where the standard's numbers are from. */
    private static int[] fractions(int degree, int count) {
        return IntStream.iterate(2, n -> n + 1)
                .filter(n -> IntStream.rangeClosed(2, n / 2).allMatch(divisor -> n % divisor != 0))
                .limit(count)
                .map(prime -> rootFraction(prime, degree))
                .toArray();
    }

    private static int rootFraction(int prime, int degree) {
        BigInteger scaled = BigInteger.valueOf(prime).shiftLeft(32 * degree);
        BigInteger root = BigInteger.ZERO;
        for (int bit = 36; bit >= 0; bit--) {
            BigInteger larger = root.setBit(bit);
            if (larger.pow(degree).compareTo(scaled) <= 0) {
                root = larger;
            }
        }
        return root.intValue();
    }

    /** The message with its padding: a whole number of blocks. */
    static byte[] padded(byte[] message) {
        int blocks = (message.length + 9 + BLOCK_BYTES - 1) / BLOCK_BYTES;
        byte[] padded = new byte[blocks * BLOCK_BYTES];
        System.arraycopy(message, 0, padded, 0, message.length);
        padded[message.length] = (byte) 0x80;
        WORD.set(padded, padded.length - 4, message.length * 8);
        return padded;
    }

    /** The 16 words of block {@code block}. */
    static int[] block(byte[] padded, int block) {
        int[] words = new int[BLOCK_WORDS];
        for (int i = 0; i < BLOCK_WORDS; i++) {
            words[i] = word(padded, block * BLOCK_BYTES + 4 * i);
        }
        return words;
    }

    static int word(byte[] bytes, int offset) {
        return (int) WORD.get(bytes, offset);
    }

    static void putWord(byte[] bytes, int offset, int word) {
        WORD.set(bytes, offset, word);
    }

    /** For each of the 64 rounds its constant and its word of the message schedule, added up. */
    static int[] schedule(int[] block) {
        int[] w = new int[ROUNDS];
        System.arraycopy(block, 0, w, 0, BLOCK_WORDS);
        for (int i = BLOCK_WORDS; i < ROUNDS; i++) {
            int s0 = Integer.rotateRight(w[i - 15], 7) ^ Integer.rotateRight(w[i - 15], 18) ^ (w[i - 15] >>> 3);
            int s1 = Integer.rotateRight(w[i - 2], 17) ^ Integer.rotateRight(w[i - 2], 19) ^ (w[i - 2] >>> 10);
            w[i] = w[i - 16] + s0 + w[i - 7] + s1;
        }
        for (int i = 0; i < ROUNDS; i++) {
            w[i] += K[i];
        }
        return w;
    }

    /** Takes one block into {@code state}. */
    static void compress(int[] state, int[] block) {
        int[] kw = schedule(block);
        int[] v = state.clone();
        for (int i = 0; i < ROUNDS; i++) {
            int e = v[4];
            int a = v[0];
            int s1 = Integer.rotateRight(e, 6) ^ Integer.rotateRight(e, 11) ^ Integer.rotateRight(e, 25);
            int s0 = Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13) ^ Integer.rotateRight(a, 22);
            int t = v[7] + s1 + (v[6] ^ (e & (v[5] ^ v[6]))) + kw[i];
            int next = t + s0 + ((a & v[1]) | (v[2] & (a | v[1])));
            System.arraycopy(v, 0, v, 1, STATE_WORDS - 1);
            v[0] = next;
            v[4] += t;
        }
        for (int i = 0; i < STATE_WORDS; i++) {
            state[i] += v[i];
        }
    }
}
