package org.motepool.validator.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.motepool.core.bytes.Bytes;

/**
 * Finds shares that stand in a log twice: equal fingerprints raise the suspicion, one more reading of the log decides by
 * all bytes. Memory is bounded; a longer log, or more suspects, cost further readings. Not thread-safe.
 */
final class Duplicates {
    /** Suspects compared in one reading: their bytes are in memory, about 200 each. */
    private static final int SUSPECTS_MAX = 1 << 18;

    private final Path directory;
    private final int keptMax;
    private final int suspectsMax;
    private final Fingerprints first;
    private long end;

    Duplicates(Path directory) {
        this(directory, Fingerprints.keptMax(), SUSPECTS_MAX);
    }

    Duplicates(Path directory, int keptMax, int suspectsMax) {
        this.directory = directory;
        this.keptMax = keptMax;
        this.suspectsMax = suspectsMax;
        first = new Fingerprints(keptMax, 0, 0);
    }

    /** A hint: the log may have so many shares. */
    void expect(long shares) {
        first.expect(shares);
    }

    /** Takes the fingerprints of the log's shares, in any order. */
    void add(long[] fingerprints, int count) {
        first.add(fingerprints, count);
    }

    /** Adds to {@code findings} every share below {@code logEnd} that an earlier one equals. */
    void find(long logEnd, Findings findings) throws IOException {
        end = logEnd;
        Deque<Fingerprints> left = new ArrayDeque<>();
        finish(first, 0, left, findings);
        while (!left.isEmpty()) {
            Fingerprints slice = left.pop();
            int depth = slice.depth();
            LogScan.shares(directory, end, (share, _, _) -> slice.add(share.fingerprint()));
            finish(slice, depth, left, findings);
        }
    }

    /** Judges what a reading gathered; what it had to leave out since {@code depth} is for others. */
    private void finish(Fingerprints slice, int depth, Deque<Fingerprints> left, Findings findings) throws IOException {
        for (int cut = depth; cut < slice.depth(); cut++) {
            left.push(new Fingerprints(keptMax, cut + 1, slice.slice() | 1L << cut));
        }
        long[] suspects = slice.repeated();
        for (int from = 0; from < suspects.length; from += suspectsMax) {
            compare(Arrays.copyOfRange(suspects, from, Math.min(suspects.length, from + suspectsMax)), findings);
        }
    }

    private void compare(long[] suspects, Findings findings) throws IOException {
        Map<Bytes, Long> seen = new HashMap<>();
        LogScan.shares(directory, end, (share, file, offset) -> {
            if (Arrays.binarySearch(suspects, share.fingerprint()) >= 0) {
                Long before = seen.putIfAbsent(share.identity(), offset);
                if (before != null) {
                    findings.add(file, offset, () -> "the same share stands at log offset " + before);
                }
            }
        });
    }
}
