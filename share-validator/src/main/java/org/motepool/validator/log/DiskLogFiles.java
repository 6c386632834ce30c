package org.motepool.validator.log;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.motepool.core.bytes.Bytes;

/** Files of the machine's disks, by {@link FileChannel}. */
final class DiskLogFiles implements LogFiles {
    private static final int ZEROS_BYTES = 1 << 20;

    /**
     * Lock files that this process holds. On POSIX, closing any channel of a file gives up the process's locks on it, so a
     * lock of ours must not even be opened a second time.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    @Override
    public void createDirectory(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            forceDirectory(parent);
        }
    }

    @Override
    public LogFile create(Path path, Bytes head, long bytes) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try {
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                writeFully(channel, 0, head.asByteBuffer());
                ByteBuffer zeros = ByteBuffer.allocate(ZEROS_BYTES);
                for (long at = head.size(); at < bytes; at += zeros.limit()) {
                    zeros.clear().limit((int) Math.min(ZEROS_BYTES, bytes - at));
                    writeFully(channel, at, zeros);
                }
                channel.force(true);
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            deleteAfter(e, fresh);
            throw e;
        }
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            forceDirectory(parent);
        }
        return open(path);
    }

    /** A half-made file on a full disk would keep it full. */
    private static void deleteAfter(IOException failure, Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static void forceDirectory(Path directory) throws IOException {
        if (File.separatorChar == '\\') {
            return; // Windows cannot open a directory; its file system journals names by itself.
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public LogFile open(Path path) throws IOException {
        return new DiskFile(FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    @Override
    public Optional<LogLock> lock(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        Path parent = absolute.getParent();
        Path key = parent == null ? absolute : parent.toRealPath().resolve(absolute.getFileName());
        if (!HELD.add(key)) {
            return Optional.empty();
        }
        DiskLock lock = null;
        try {
            lock = tryLock(path, key);
        } finally {
            if (lock == null) {
                HELD.remove(key);
            }
        }
        return Optional.ofNullable(lock);
    }

    private static @Nullable DiskLock tryLock(Path path, Path key) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this process, through another class loader's copy of this class.
            return null;
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return lock == null ? null : new DiskLock(channel, key);
    }

    private static void writeFully(FileChannel channel, long position, ByteBuffer source) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            at += channel.write(source, at);
        }
    }

    private record DiskLock(FileChannel channel, Path key) implements LogLock {
        @Override
        public void close() throws IOException {
            if (channel.isOpen()) {
                try {
                    channel.close();
                } finally {
                    HELD.remove(key);
                }
            }
        }
    }

    private record DiskFile(FileChannel channel) implements LogFile {
        @Override
        public void write(long position, byte[] source, int offset, int length) throws IOException {
            writeFully(channel, position, ByteBuffer.wrap(source, offset, length));
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
            while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position() - offset) > 0) {
                // FileChannel may read less than asked for.
            }
            return buffer.position() - offset;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
