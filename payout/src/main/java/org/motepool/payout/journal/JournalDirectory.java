package org.motepool.payout.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * One directory of segment files, and the one of them that is written. Files are named by the sequence of their first
 * record. Not thread-safe.
 */
final class JournalDirectory implements AutoCloseable {
    static final String SUFFIX = ".journal";

    private final Path directory;
    private FileChannel channel;
    private Path file;

    private JournalDirectory(Path directory, Path file, FileChannel channel) {
        this.directory = directory;
        this.file = file;
        this.channel = channel;
    }

    /** Segment files in order. */
    static List<Path> segments(Path directory) throws JournalException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new JournalException("cannot list journal directory " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Opens the last segment for appending behind {@code whole}; what lies there is cut off. */
    static JournalDirectory open(Path directory, Path last, long whole) throws IOException {
        FileChannel channel = FileChannel.open(last, StandardOpenOption.WRITE);
        try {
            if (channel.size() > whole) {
                channel.truncate(whole);
            }
            // What a killed process wrote may be in memory alone, and balances and marks are about to rest on it.
            channel.force(true);
            forceDirectory(directory);
            channel.position(whole);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new JournalDirectory(directory, last, channel);
    }

    /** Makes a segment that holds its header alone: whole under its name, or not there. */
    static Path create(Path directory, SegmentHeader header) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("%016d".formatted(header.first()) + SUFFIX);
        Path draft = directory.resolve(file.getFileName() + ".draft");
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeFully(channel, ByteBuffer.wrap(header.toBytes()));
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        forceDirectory(directory);
        return file;
    }

    /** Closes the segment and goes on in a new one. */
    void roll(SegmentHeader header) throws IOException {
        channel.close();
        file = create(directory, header);
        channel = FileChannel.open(file, StandardOpenOption.WRITE);
        channel.position(SegmentHeader.BYTES);
    }

    void append(byte[] bytes, int length) throws IOException {
        writeFully(channel, ByteBuffer.wrap(bytes, 0, length));
        channel.force(false);
    }

    long size() throws IOException {
        return channel.position();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Makes a new or renamed file's name last. */
    static void forceDirectory(Path directory) throws IOException {
        try (FileChannel handle = FileChannel.open(directory, StandardOpenOption.READ)) {
            handle.force(true);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
