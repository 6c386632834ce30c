package org.motepool.validator.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.sharelog.LogShard;

/**
 * Turns one log into outbox entries: from one CUT or BLOCK to the next. They are a function of the log's bytes alone, so
 * who reads them, when, and from which boundary on makes no difference. Not thread-safe; calls read files.
 */
public final class LogEntries implements AutoCloseable {
    private final ShareLogReader reader;
    private final int shard;
    private EntryWork open;
    private @Nullable LogGroup block;

    private LogEntries(ShareLogReader reader, int shard, long from) {
        this.reader = reader;
        this.shard = shard;
        open = new EntryWork(from);
    }

    /**
     * Opens a log at the start of an entry.
     *
     * @param shard number that its entries carry
     * @param from log offset where the first entry starts: 0, or where an earlier one ended
     * @param forcedOffset up to where the log is forced; asked again at every {@link #next()}
     * @throws CorruptLogException when no entry starts at {@code from}, or the log is not what was forced
     */
    public static LogEntries open(Path logDirectory, int shard, long from, LongSupplier forcedOffset)
            throws IOException {
        return open(logDirectory, LogFiles.DISK, shard, from, forcedOffset);
    }

    /** The same through other files: an audit must not touch a log. */
    public static LogEntries open(Path logDirectory, LogFiles files, int shard, long from, LongSupplier forcedOffset)
            throws IOException {
        ShareLogReader reader = ShareLogReader.open(logDirectory, files, forcedOffset);
        try {
            LogEntries entries = new LogEntries(reader, new LogShard(reader.id(), shard).shard(), from);
            entries.seek(logDirectory, from, forcedOffset.getAsLong());
            return entries;
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private void seek(Path directory, long from, long forced) throws IOException {
        if (from < reader.offset()) {
            throw new CorruptLogException(
                    directory, from, "is asked for, but the oldest segment begins at " + reader.offset());
        }
        if (from > forced) {
            throw new CorruptLogException(directory, from, "is asked for, but the log is forced up to " + forced);
        }
        reader.skipToSegmentBefore(from);
        // The first offset that is left of a log is a boundary: segments are deleted below the journaled mark only.
        boolean boundary = true;
        while (reader.offset() < from) {
            Optional<LogGroup> skipped = reader.next();
            if (skipped.isEmpty()) {
                throw new CorruptLogException(reader.fileName(), reader.offset(), "the log ends before " + from);
            }
            boundary = skipped.get().endsEntry();
        }
        if (reader.offset() > from) {
            throw noBoundary(from);
        }
        if (!boundary) {
            LogGroup first = reader.next().filter(LogGroup::isBlock).orElseThrow(() -> noBoundary(from));
            block = first;
        }
    }

    private CorruptLogException noBoundary(long from) {
        return new CorruptLogException(
                reader.fileName(), from, "no outbox entry starts here: it follows neither a CUT nor a BLOCK");
    }

    /** The next entry; empty when none is complete and forced yet, and then worth asking again once the log has grown. */
    public Optional<WorkEntry> next() throws IOException {
        LogGroup waiting = block;
        if (waiting != null) {
            block = null;
            return Optional.of(blockEntry(waiting));
        }
        for (Optional<LogGroup> read = reader.next(); read.isPresent(); read = reader.next()) {
            LogGroup group = read.get();
            if (group.isBlock()) {
                if (open.from() == group.offset()) {
                    return Optional.of(blockEntry(group));
                }
                block = group;
                return Optional.of(workEntry(group.offset()));
            }
            open.add(group, reader);
            if (group.endsEntry()) {
                return Optional.of(workEntry(group.end()));
            }
        }
        return Optional.empty();
    }

    private WorkEntry workEntry(long to) {
        WorkEntry entry = open.toEntry(reader.chain(), new LogShard(reader.id(), shard), to, Optional.empty());
        open = new EntryWork(to);
        return entry;
    }

    private WorkEntry blockEntry(LogGroup group) {
        open = new EntryWork(group.end());
        return new EntryWork(group.offset())
                .toEntry(reader.chain(), new LogShard(reader.id(), shard), group.end(), EntryWork.blockOf(group));
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
