package org.motepool.validator.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Deletes what has been kept long enough of a share log: whole segments, the oldest first, each only when the journal holds
 * all of it. What is left of a log is of one piece. Stateless; several processes may do it to one log.
 */
public final class LogExpiry {
    private final long journaled;
    private final long writtenBefore;

    /**
     * @param journaled log offset up to which the journal holds the log
     * @param writtenBefore milliseconds since 1970; a segment that was written to since then is kept
     */
    public LogExpiry(long journaled, long writtenBefore) {
        this.journaled = journaled;
        this.writtenBefore = writtenBefore;
    }

    /**
     * Of a log that a process writes, or will be asked to send: its last segment is kept.
     *
     * @return how many segments were deleted
     */
    public int ofLog(Path logDirectory) throws IOException {
        Segments segments = new Segments(logDirectory, LogFiles.DISK);
        segments.refresh();
        int deleted = 0;
        while (!segments.isLast(deleted)
                && segments.count() > 0
                && segments.get(deleted + 1).header().firstOffset() <= journaled
                && delete(segments.get(deleted).file())) {
            deleted++;
        }
        return deleted;
    }

    /**
     * Of a log that is journaled to its end and never written again: all of it may go. The directory itself is then the
     * caller's to remove, once nothing in it is needed.
     *
     * @return how many segments are left
     */
    public int ofFinishedLog(Path logDirectory) throws IOException {
        Segments segments = new Segments(logDirectory, LogFiles.DISK);
        segments.refresh();
        int deleted = 0;
        while (deleted < segments.count() && delete(segments.get(deleted).file())) {
            deleted++;
        }
        return segments.count() - deleted;
    }

    /** Whether it is gone now. */
    private boolean delete(Path segment) throws IOException {
        try {
            if (Files.getLastModifiedTime(segment).toMillis() >= writtenBefore) {
                return false;
            }
            Files.deleteIfExists(segment);
            return true;
        } catch (NoSuchFileException e) {
            return true;
        }
    }
}
