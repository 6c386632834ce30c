package org.motepool.payout.books;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Sha256;
import org.motepool.payout.journal.JournalHead;

/**
 * Snapshots of the books beside the journal: where a start may begin to read instead of at the first record. Only a
 * shortcut: one that is damaged, or does not fit the journal, is left out. Names end in the record's number.
 *
 * <p>A file: magic (8), format (i32), journal id (16), sequence (i64), hash of that record (32), window in blocks (i32),
 * books as {@link BooksCodec} writes them, SHA-256 of all that (32).
 */
public final class Snapshots {
    static final String SUFFIX = ".snapshot";

    private static final long MAGIC = 0x4d4f5445424f4f4bL; // "MOTEBOOK"
    private static final int FORMAT = 1;
    private static final int ID_BYTES = 16;
    private static final int HASH_BYTES = 32;
    /** Older ones are deleted. */
    private static final int KEPT_MAX = 3;

    private static final int BUFFER_BYTES = 1 << 16;

    private Snapshots() {}

    /** Writes one and deletes old ones; whole under its name, or not there. */
    public static Path write(Path directory, Bytes journal, JournalHead head, int windowBlocks, Books books)
            throws IOException {
        Path file = directory.resolve("%016d".formatted(head.sequence()) + SUFFIX);
        Path draft = directory.resolve(file.getFileName() + ".draft");
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            OutputStream raw = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
            DigestOutputStream digest = new DigestOutputStream(raw, Sha256.newDigest());
            DataOutputStream out = new DataOutputStream(digest);
            out.writeLong(MAGIC);
            out.writeInt(FORMAT);
            out.write(journal.toArray());
            out.writeLong(head.sequence());
            out.write(head.hash().toArray());
            out.writeInt(windowBlocks);
            BooksCodec.write(books, out);
            out.flush();
            raw.write(digest.getMessageDigest().digest());
            raw.flush();
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        List<Path> all = newestFirst(directory);
        for (Path old : all.subList(Math.min(KEPT_MAX, all.size()), all.size())) {
            Files.deleteIfExists(old);
        }
        return file;
    }

    /** Snapshot files, the newest first. */
    public static List<Path> newestFirst(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    /** Reads one whole, and checks it against itself. */
    public static Snapshot read(Path file) throws IOException, MalformedBytesException {
        try (BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
            DigestInputStream digest = new DigestInputStream(raw, Sha256.newDigest());
            DataInputStream in = new DataInputStream(digest);
            if (in.readLong() != MAGIC) {
                throw new MalformedBytesException("it is no snapshot");
            }
            int format = in.readInt();
            if (format != FORMAT) {
                throw new MalformedBytesException("it has format " + format + ", this version reads " + FORMAT);
            }
            Bytes journal = Bytes.copyOf(in.readNBytes(ID_BYTES));
            long sequence = in.readLong();
            Bytes hash = Bytes.copyOf(in.readNBytes(HASH_BYTES));
            int windowBlocks = in.readInt();
            if (windowBlocks < 1) {
                throw new MalformedBytesException("a window of " + windowBlocks + " blocks");
            }
            Books books = BooksCodec.read(in, windowBlocks);
            byte[] computed = digest.getMessageDigest().digest();
            if (!MessageDigest.isEqual(computed, raw.readNBytes(HASH_BYTES))) {
                throw new MalformedBytesException("it is damaged (wrong SHA-256)");
            }
            return new Snapshot(journal, new JournalHead(sequence, hash), windowBlocks, books);
        }
    }

    /** SHA-256 of books as bytes, in hex: the same for the same books, on any machine. */
    public static String digest(Books books) {
        MessageDigest digest = Sha256.newDigest();
        try (DataOutputStream out =
                new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
            BooksCodec.write(books, out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Books as bytes, for tests and small books. */
    static byte[] bytes(Books books) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BooksCodec.write(books, new DataOutputStream(out));
        return out.toByteArray();
    }

    /** @param at the last record that the books hold */
    public record Snapshot(Bytes journal, JournalHead at, int windowBlocks, Books books) {}
}
