package org.motepool.validator.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.motepool.core.account.AccountId;

/** The segment that is being written and what it has declared so far. Owned by the writer thread. */
final class OpenSegment {
    /** A turn begins in a new segment when less than this part of the present one is left, so that few turns overshoot. */
    private static final int RESERVE_PARTS = 16;

    private final LogFiles.LogFile file;
    private final long bytes;
    private final Set<Integer> jobs = new HashSet<>();
    private final Set<AccountId> accounts = new HashSet<>();
    private long position = SegmentHeader.BYTES;

    private OpenSegment(LogFiles.LogFile file, long bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    static OpenSegment create(LogFiles files, Path directory, SegmentHeader header, long bytes) throws IOException {
        Path path = directory.resolve(SegmentHeader.fileName(header.segment()));
        return new OpenSegment(files.create(path, header.toBytes(), bytes), bytes);
    }

    boolean isNearlyFull() {
        return position > SegmentHeader.BYTES && bytes - position < bytes / RESERVE_PARTS;
    }

    /** Numbers of the jobs that stand in it; a turn adds its own. */
    Set<Integer> jobs() {
        return jobs;
    }

    /** Accounts whose addresses stand in it; a turn adds its own. */
    Set<AccountId> accounts() {
        return accounts;
    }

    void write(byte[] groups, int length) throws IOException {
        file.write(position, groups, 0, length);
        position += length;
    }

    void force() throws IOException {
        file.force();
    }

    void close() throws IOException {
        file.close();
    }
}
