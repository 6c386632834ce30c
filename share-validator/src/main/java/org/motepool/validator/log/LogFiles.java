package org.motepool.validator.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.motepool.core.bytes.Bytes;

/** The file layer under the share log: real disks, or one that fails on purpose. Thread-safe; its files are not. */
public interface LogFiles {
    /** The machine's own disks. */
    LogFiles DISK = new DiskLogFiles();

    /** Creates a directory and its parents where missing; what exists then survives a power cut. */
    void createDirectory(Path directory) throws IOException;

    /**
     * Makes a file that starts with {@code head} and is zero behind it. Afterwards it survives a power cut; after a failure
     * it is not there, or whole. Replaces a file of that name.
     *
     * @param bytes its size, not below that of {@code head}
     */
    LogFile create(Path path, Bytes head, long bytes) throws IOException;

    /** Opens an existing file to read, and to force what another process left unforced. */
    LogFile open(Path path) throws IOException;

    /** What stands in a directory, in order of names; of a missing directory, nothing. */
    List<Path> list(Path directory) throws IOException;

    /**
     * Takes a lock that ends with this process at the latest; makes the lock file where missing.
     *
     * @return empty when another process, or this one, holds it
     */
    Optional<LogLock> lock(Path path) throws IOException;

    /** An open file. Owned by one thread. */
    interface LogFile extends Closeable {
        /** Writes all of it at a position; larger files grow. Nothing is durable before {@link #force()}. */
        void write(long position, byte[] source, int offset, int length) throws IOException;

        /** Returns when all that was written is on disk. After a failure nothing is known about it. */
        void force() throws IOException;

        /** Reads up to {@code length} bytes; fewer only at the end of the file. Returns how many, 0 at the end. */
        int read(long position, byte[] target, int offset, int length) throws IOException;

        long size() throws IOException;
    }

    /** A held lock. */
    interface LogLock extends Closeable {}
}
