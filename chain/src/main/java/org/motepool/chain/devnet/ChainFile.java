package org.motepool.chain.devnet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devnet's blocks on disk, append-only: a magic, then records, each behind its length (i32) and CRC-32C (i32). One
 * process at a time, by file lock. Every record is forced before it counts. Not thread-safe.
 */
final class ChainFile implements AutoCloseable {
    /** A block's header, its coinbase of at most 4 MB, and references to all transactions. */
    static final int RECORD_BYTES_MAX = 5_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(ChainFile.class);
    private static final Bytes MAGIC = Bytes.ofHex("4d4f5445444e4531");
    private static final int HEAD_BYTES = 8;

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;
    /** End of the last whole record: where the next one goes. */
    private long end;

    /** Takes each record that was kept, in order. */
    interface Reader {
        /** An IOException's message goes to the operator, behind the file's name. */
        void take(ChainRecord record) throws IOException, MalformedBytesException;
    }

    private ChainFile(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Opens or makes the file and hands over what it holds. A last record that was not written to its end is cut off.
     *
     * @throws IOException saying what to do, when another process has it or when it is damaged
     */
    static ChainFile open(Path path, Reader reader) throws IOException {
        try {
            return openUnnamed(path, reader);
        } catch (IOException e) {
            throw new IOException(path + ": " + reason(e), e);
        }
    }

    private static ChainFile openUnnamed(Path path, Reader reader) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            ChainFile file = new ChainFile(path, channel, lock(channel));
            file.begin();
            file.readAll(reader);
            return file;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Some exceptions of the platform say what is wrong by their name only. */
    private static String reason(IOException e) {
        return e.getClass() == IOException.class ? String.valueOf(e.getMessage()) : e.toString();
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new IOException("the devnet in it is in use by another process: stop it or take another --data");
        }
        return lock;
    }

    private void begin() throws IOException {
        ByteBuffer magic = read(0, MAGIC.size());
        if (magic.remaining() < MAGIC.size()
                && MAGIC.slice(0, magic.remaining()).asByteBuffer().equals(magic)) {
            write(0, MAGIC.asByteBuffer());
            channel.force(true);
        } else if (!MAGIC.asByteBuffer().equals(magic)) {
            throw new IOException("it is not a devnet of this version: move it away or take another --data");
        }
        end = MAGIC.size();
    }

    private void readAll(Reader reader) throws IOException {
        long size = channel.size();
        while (end < size) {
            Bytes payload = payloadAt(end, size);
            if (payload == null) {
                cutTail(size);
                return;
            }
            hand(payload, reader);
            end += HEAD_BYTES + payload.size();
        }
    }

    private void hand(Bytes payload, Reader reader) throws IOException {
        try {
            reader.take(ChainRecord.parse(payload));
        } catch (MalformedBytesException e) {
            throw damaged(e.getMessage(), e);
        }
    }

    /** The record there; null when it is a torn last one. */
    private @Nullable Bytes payloadAt(long offset, long size) throws IOException {
        ByteBuffer head = read(offset, HEAD_BYTES);
        if (head.remaining() < HEAD_BYTES) {
            return null;
        }
        int length = head.getInt();
        int crc = head.getInt();
        long left = size - offset - HEAD_BYTES;
        if (length <= 0 || length > RECORD_BYTES_MAX) {
            if (left > RECORD_BYTES_MAX) {
                throw damaged("a record of " + length + " bytes", null);
            }
            return null;
        }
        if (length > left) {
            return null;
        }
        byte[] payload = new byte[length];
        read(offset + HEAD_BYTES, length).get(payload);
        if (crcOf(payload) == crc) {
            return Bytes.copyOf(payload);
        }
        if (length < left) {
            throw damaged("a record with a wrong check sum", null);
        }
        return null;
    }

    private IOException damaged(@Nullable String what, @Nullable Exception cause) {
        return new IOException(
                "damaged at byte " + end + " (" + what + "): move it away, or cut it there to lose what follows",
                cause);
    }

    private void cutTail(long size) throws IOException {
        LOG.warn("{}: cut {} bytes of a record that was not written to its end", path, size - end);
        channel.truncate(end);
        channel.force(true);
    }

    /** Appends and forces one record; when that fails, the file is as before. */
    void append(ChainRecord record) throws IOException {
        byte[] payload = record.toBytes().toArray();
        if (payload.length > RECORD_BYTES_MAX) {
            throw new IOException("a record of " + payload.length + " bytes is too large");
        }
        ByteWriter out = new ByteWriter(HEAD_BYTES + payload.length)
                .i32(payload.length)
                .i32(crcOf(payload))
                .bytes(payload);
        try {
            // What a failed write left there is cut first, or it would stand between two records.
            if (channel.size() != end) {
                channel.truncate(end);
            }
            write(end, ByteBuffer.wrap(out.array(), 0, out.size()));
            channel.force(false);
        } catch (IOException e) {
            throw new IOException("cannot write " + path + ": " + reason(e), e);
        }
        end += out.size();
    }

    private ByteBuffer read(long offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {
            // A read may return fewer bytes than there are.
        }
        return buffer.flip();
    }

    private void write(long offset, ByteBuffer bytes) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    private static int crcOf(byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(payload);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
