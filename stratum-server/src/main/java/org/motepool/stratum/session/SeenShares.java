package org.motepool.stratum.session;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The shares that came in for one job of one connection, as what tells two of them apart: decoded fields, so that spelling
 * does not matter. 64 bits a share in one array, which is there only once a share is; no object for any. They are a keyed
 * hash of its 128 bits: of a million shares of one job, a new one is taken for a duplicate once in 10^13 times. Not
 * thread-safe.
 */
final class SeenShares {
    private static final int PLACES_MIN = 8;
    /** Strangers choose what is hashed here. */
    private static final long KEY_A = ThreadLocalRandom.current().nextLong();

    private static final long KEY_B = ThreadLocalRandom.current().nextLong();
    private static final long MIX = 0xbf58_476d_1ce4_e5b9L;
    private static final long FREE = 0;

    /** By open addressing. */
    private long[] table = {};

    private int size;

    int size() {
        return size;
    }

    /** False where it was there already. */
    boolean add(int extranonce2, int ntime, int nonce, int version) {
        // Three of four places are taken at most.
        if (4 * (size + 1) > 3 * table.length) {
            grow();
        }
        long print = print(extranonce2, ntime, nonce, version);
        int at = find(print);
        if (table[at] != FREE) {
            return false;
        }
        table[at] = print;
        size++;
        return true;
    }

    /** False where it was not there. */
    boolean remove(int extranonce2, int ntime, int nonce, int version) {
        if (size == 0) {
            return false;
        }
        int at = find(print(extranonce2, ntime, nonce, version));
        if (table[at] == FREE) {
            return false;
        }
        size--;
        closeGap(at);
        return true;
    }

    /** The halves of the product of two halves of the share, each under a key; never {@link #FREE}. */
    private static long print(int extranonce2, int ntime, int nonce, int version) {
        long a = pair(extranonce2, ntime) ^ KEY_A;
        long b = pair(nonce, version) ^ KEY_B;
        long print = a * b ^ Math.unsignedMultiplyHigh(a, b);
        return print == FREE ? MIX : print;
    }

    private static long pair(int high, int low) {
        return (long) high << Integer.SIZE | Integer.toUnsignedLong(low);
    }

    private int home(long print) {
        return (int) (print * MIX >>> Integer.SIZE) & table.length - 1;
    }

    /** Where it is, or the free place where it would be: the table is never full. */
    private int find(long print) {
        int at = home(print);
        while (table[at] != FREE && table[at] != print) {
            at = at + 1 & table.length - 1;
        }
        return at;
    }

    /** Moves up what stands behind a place that became free, so that it is still found. */
    private void closeGap(int freed) {
        int gap = freed;
        int mask = table.length - 1;
        for (int at = gap + 1 & mask; table[at] != FREE; at = at + 1 & mask) {
            int wanted = home(table[at]);
            if ((at - wanted & mask) >= (at - gap & mask)) {
                table[gap] = table[at];
                gap = at;
            }
        }
        table[gap] = FREE;
    }

    private void grow() {
        long[] before = table;
        table = new long[Math.max(PLACES_MIN, 2 * before.length)];
        for (long print : before) {
            if (print != FREE) {
                table[find(print)] = print;
            }
        }
    }
}
