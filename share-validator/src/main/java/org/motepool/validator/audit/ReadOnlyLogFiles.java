package org.motepool.validator.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.motepool.core.bytes.Bytes;
import org.motepool.validator.log.LogFiles;

/**
 * Logs that an audit must not touch: files are opened to read alone, and read ahead, since most groups are small.
 * Thread-safe; its files are not.
 */
final class ReadOnlyLogFiles implements LogFiles {
    /** Read at once, in bytes. Larger reads pass by, and drop what was read ahead: a living log has grown since. */
    private static final int WINDOW_BYTES = 1 << 20;

    @Override
    public LogFile open(Path path) throws IOException {
        return new WindowedFile(FileChannel.open(path, StandardOpenOption.READ));
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return LogFiles.DISK.list(directory);
    }

    @Override
    public void createDirectory(Path directory) {
        throw refused();
    }

    @Override
    public LogFile create(Path path, Bytes head, long bytes) {
        throw refused();
    }

    @Override
    public Optional<LogLock> lock(Path path) {
        throw refused();
    }

    private static UnsupportedOperationException refused() {
        return new UnsupportedOperationException("an audit only reads");
    }

    private static final class WindowedFile implements LogFile {
        private final FileChannel channel;
        private final ByteBuffer window =
                ByteBuffer.allocateDirect(WINDOW_BYTES).limit(0);
        private long windowAt;

        WindowedFile(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) throws IOException {
            if (length >= WINDOW_BYTES) {
                window.limit(0);
                return fill(ByteBuffer.wrap(target, offset, length), position);
            }
            if (position < windowAt || position + length > windowAt + window.limit()) {
                windowAt = position;
                window.clear();
                window.limit(fill(window, position));
            }
            int at = (int) (position - windowAt);
            int read = Math.min(length, window.limit() - at);
            window.get(at, target, offset, read);
            return read;
        }

        private int fill(ByteBuffer target, long position) throws IOException {
            int start = target.position();
            while (target.hasRemaining() && channel.read(target, position + target.position() - start) > 0) {
                // A channel may read less than asked for.
            }
            return target.position() - start;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void write(long position, byte[] source, int offset, int length) {
            throw refused();
        }

        @Override
        public void force() {
            throw refused();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
