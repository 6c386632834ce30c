package org.motepool.validator.audit;

import java.util.Arrays;

/**
 * Finds out which fingerprints occur more than once, with bounded memory: where there are too many it keeps only those of
 * one slice (their lowest {@link #depth()} bits), and the others are for further readings of the log. Not thread-safe.
 */
final class Fingerprints {
    /** At most so many, 512 MiB, on the largest heap. */
    private static final int KEPT_MAX = 1 << 26;
    /** And an eighth of the heap, 8 bytes each: an array that grows, or is sorted, needs as much again. */
    private static final int HEAP_BYTES_PER_KEPT = 64;

    /** So many halvings leave one in a million; no log is that long. */
    private static final int DEPTH_MAX = 20;

    private static final int ROOM_MIN = 1 << 12;

    private final int keptMax;
    private final long slice;
    private int depth;
    private long[] kept;
    private int size;

    /** Keeps those whose lowest {@code depth} bits are {@code slice}. */
    Fingerprints(int keptMax, int depth, long slice) {
        this.keptMax = keptMax;
        this.depth = depth;
        this.slice = slice;
        kept = new long[Math.min(ROOM_MIN, keptMax)];
    }

    /** Makes room for so many at once: growing step by step copies all of them each time. */
    void expect(long count) {
        if (count > kept.length) {
            kept = Arrays.copyOf(kept, (int) Math.min(keptMax, count));
        }
    }

    /** How many this process has room for: 16 million on a heap of 1 GiB. */
    static int keptMax() {
        return (int) Math.min(KEPT_MAX, Runtime.getRuntime().maxMemory() / HEAP_BYTES_PER_KEPT);
    }

    void add(long[] values, int count) {
        for (int i = 0; i < count; i++) {
            add(values[i]);
        }
    }

    void add(long value) {
        if (!isWanted(value)) {
            return;
        }
        if (size == kept.length && !makeRoom(value)) {
            return;
        }
        kept[size++] = value;
    }

    private boolean isWanted(long value) {
        return (value & (1L << depth) - 1) == slice;
    }

    /** Grows, or forgets; false when the value that waits is no longer wanted. */
    private boolean makeRoom(long waiting) {
        if (kept.length < keptMax) {
            kept = Arrays.copyOf(kept, Math.min(keptMax, kept.length * 2));
            return true;
        }
        foldRepeats();
        // Folding alone would be repeated at every value when little room came of it.
        while (size > keptMax / 4 * 3) {
            if (depth == DEPTH_MAX) {
                throw new IllegalStateException("a log with over " + keptMax + " times a million shares");
            }
            depth++;
            keepSlice();
        }
        return isWanted(waiting);
    }

    /** Sorts, and leaves two of each that repeats. */
    private void foldRepeats() {
        Arrays.parallelSort(kept, 0, size);
        int to = 0;
        for (int i = 0; i < size; i++) {
            if (to < 2 || kept[to - 1] != kept[i] || kept[to - 2] != kept[i]) {
                kept[to++] = kept[i];
            }
        }
        size = to;
    }

    private void keepSlice() {
        int to = 0;
        for (int i = 0; i < size; i++) {
            if (isWanted(kept[i])) {
                kept[to++] = kept[i];
            }
        }
        size = to;
    }

    int depth() {
        return depth;
    }

    long slice() {
        return slice;
    }

    /** Those of the slice that occur more than once, ascending, each once. */
    long[] repeated() {
        foldRepeats();
        int to = 0;
        for (int i = 1; i < size; i++) {
            if (kept[i] == kept[i - 1]) {
                kept[to++] = kept[i];
            }
        }
        long[] repeated = Arrays.copyOf(kept, to);
        kept = new long[0];
        size = 0;
        return repeated;
    }
}
