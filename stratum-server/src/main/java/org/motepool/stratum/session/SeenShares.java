package org.motepool.stratum.session;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The shares that came in for one job of one connection, as what tells two of them apart: decoded fields, so that spelling
 * does not matter. Two longs a share in one array, which is there only once a share is; no object for any. Not thread-safe.
 */
final class SeenShares {
    private static final int LONGS = 2;
    private static final int PLACES_MIN = 8;
    /** Strangers choose what is hashed here. */
    private static final long SEED = ThreadLocalRandom.current().nextLong();

    private static final long MIX_A = 0xbf58_476d_1ce4_e5b9L;
    private static final long MIX_B = 0x94d0_49bb_1331_11ebL;

    /** By open addressing; both longs 0 is a free place, and that one share is kept apart. */
    private long[] table = {};

    private boolean hasZero;
    private int size;

    int size() {
        return size;
    }

    /** False where it was there already. */
    boolean add(int extranonce2, int ntime, int nonce, int version) {
        long first = pair(extranonce2, ntime);
        long second = pair(nonce, version);
        if ((first | second) == 0) {
            size += hasZero ? 0 : 1;
            boolean isNew = !hasZero;
            hasZero = true;
            return isNew;
        }
        // Three of four places are taken at most.
        if (LONGS * 4 * (size + 1) > 3 * table.length) {
            grow();
        }
        int at = find(first, second);
        if (isTaken(at)) {
            return false;
        }
        table[at] = first;
        table[at + 1] = second;
        size++;
        return true;
    }

    /** False where it was not there. */
    boolean remove(int extranonce2, int ntime, int nonce, int version) {
        long first = pair(extranonce2, ntime);
        long second = pair(nonce, version);
        if ((first | second) == 0) {
            boolean was = hasZero;
            size -= was ? 1 : 0;
            hasZero = false;
            return was;
        }
        if (table.length == 0) {
            return false;
        }
        int at = find(first, second);
        if (!isTaken(at)) {
            return false;
        }
        size--;
        closeGap(at);
        return true;
    }

    private static long pair(int high, int low) {
        return (long) high << Integer.SIZE | Integer.toUnsignedLong(low);
    }

    private boolean isTaken(int at) {
        return (table[at] | table[at + 1]) != 0;
    }

    private int home(long first, long second) {
        long hash = (first ^ SEED) * MIX_A;
        hash = (hash ^ hash >>> 32 ^ second) * MIX_B;
        hash ^= hash >>> 29;
        return (int) (hash * MIX_A >>> 33) & table.length - LONGS;
    }

    /** Where it is, or the free place where it would be: the table is never full. */
    private int find(long first, long second) {
        int at = home(first, second);
        while (isTaken(at) && (table[at] != first || table[at + 1] != second)) {
            at = at + LONGS & table.length - LONGS;
        }
        return at;
    }

    /** Moves up what stands behind a place that became free, so that it is still found. */
    private void closeGap(int freed) {
        int gap = freed;
        int mask = table.length - LONGS;
        for (int at = gap + LONGS & mask; isTaken(at); at = at + LONGS & mask) {
            int wanted = home(table[at], table[at + 1]);
            if ((at - wanted & mask) >= (at - gap & mask)) {
                table[gap] = table[at];
                table[gap + 1] = table[at + 1];
                gap = at;
            }
        }
        table[gap] = 0;
        table[gap + 1] = 0;
    }

    private void grow() {
        long[] before = table;
        table = new long[Math.max(LONGS * PLACES_MIN, 2 * before.length)];
        for (int i = 0; i < before.length; i += LONGS) {
            if ((before[i] | before[i + 1]) != 0) {
                int at = find(before[i], before[i + 1]);
                table[at] = before[i];
                table[at + 1] = before[i + 1];
            }
        }
    }
}
