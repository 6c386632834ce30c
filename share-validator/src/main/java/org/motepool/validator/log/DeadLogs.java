package org.motepool.validator.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.time.PoolClock;

/** Finds and takes logs of processes that are gone: their file lock is free. Thread-safe. */
public final class DeadLogs {
    /** In each log's directory: locked as long as its writer, or who drains it, lives. */
    public static final String LOCK_FILE = "lock";

    private static final Pattern LOG_ID = Pattern.compile("[0-9a-f]{32}");

    private DeadLogs() {}

    /** The directories of all logs, living or dead, under the directory that holds them. */
    public static List<Path> directories(Path sharesDirectory, LogFiles files) throws IOException {
        return files.list(sharesDirectory).stream()
                .filter(path -> LOG_ID.matcher(path.getFileName().toString()).matches())
                .toList();
    }

    /**
     * Takes a log whose lock is free, finds its valid end, and ends it at an entry boundary: where it does not, a new
     * segment with one CUT is appended and forced.
     *
     * @return empty when a process still holds it, or its process ended before it had a segment
     * @throws CorruptLogException when what was forced cannot be read; the lock is free again then
     */
    public static Optional<DeadLog> tryTake(Path logDirectory, LogFiles files) throws IOException {
        Optional<LogFiles.LogLock> lock = files.lock(logDirectory.resolve(LOCK_FILE));
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        LogFiles.LogLock held = lock.get();
        boolean taken = false;
        try {
            Segments segments = new Segments(logDirectory, files);
            segments.refresh();
            if (segments.count() == 0) {
                return Optional.empty();
            }
            long end = sealedEnd(logDirectory, files, segments.get(segments.count() - 1));
            SegmentHeader header = segments.get(0).header();
            taken = true;
            return Optional.of(new DeadLog(header.log(), header.chain(), logDirectory, files, end, held));
        } finally {
            if (!taken) {
                held.close();
            }
        }
    }

    private static long sealedEnd(Path directory, LogFiles files, Segments.Segment last) throws IOException {
        try (LogFiles.LogFile file = files.open(last.file())) {
            // What a killed process wrote may be in memory alone, and is about to be sent and journaled.
            file.force();
        }
        boolean boundary = true;
        long end;
        try (ShareLogReader reader = ShareLogReader.open(directory, files)) {
            for (Optional<LogGroup> group = reader.next(); group.isPresent(); group = reader.next()) {
                boundary = group.get().endsEntry();
            }
            end = reader.offset();
        }
        return boundary ? end : seal(directory, files, last.header(), end);
    }

    private static long seal(Path directory, LogFiles files, SegmentHeader last, long end) throws IOException {
        SegmentHeader header = new SegmentHeader(
                last.log(), last.chain(), last.proofOfWork(), last.powShift(), last.segment() + 1, end);
        OpenSegment segment = OpenSegment.create(files, directory, header, ShareLogSettings.SEGMENT_BYTES_MIN);
        try {
            TurnEncoder encoder = new TurnEncoder(segment, end, 0, new ByteWriter(), new ByteWriter());
            encoder.cut(PoolClock.SYSTEM.epochMillis());
            segment.write(encoder.groups(), encoder.size());
            segment.force();
            return encoder.end();
        } finally {
            segment.close();
        }
    }
}
