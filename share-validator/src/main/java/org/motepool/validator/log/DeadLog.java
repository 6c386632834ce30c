package org.motepool.validator.log;

import java.io.IOException;
import java.nio.file.Path;
import org.motepool.core.sharelog.LogId;

/**
 * The log of a process that is gone, held by its lock until closed, complete up to {@link #end()}. Its methods may be
 * called by any thread.
 */
public final class DeadLog implements AutoCloseable {
    private final LogId id;
    private final String chain;
    private final Path directory;
    private final LogFiles files;
    private final long end;
    private final LogFiles.LogLock lock;

    DeadLog(LogId id, String chain, Path directory, LogFiles files, long end, LogFiles.LogLock lock) {
        this.id = id;
        this.chain = chain;
        this.directory = directory;
        this.files = files;
        this.end = end;
        this.lock = lock;
    }

    public LogId id() {
        return id;
    }

    /** Id of the network that it was written for. */
    public String chain() {
        return chain;
    }

    public Path directory() {
        return directory;
    }

    /** Log offset where it ends, always an entry boundary; the log is finished when it is journaled up to here. */
    public long end() {
        return end;
    }

    /** Its entries from a boundary on; see {@link LogEntries#open}. */
    public LogEntries entries(int shard, long from) throws IOException {
        return LogEntries.open(directory, files, shard, from, () -> end);
    }

    /** Gives its lock back. Idempotent. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
