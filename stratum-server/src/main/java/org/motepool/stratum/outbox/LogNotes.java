package org.motepool.stratum.outbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import org.motepool.validator.log.CorruptLogException;

/**
 * Two small files in a log's directory, each one decimal number: {@code shard}, where its entries go, noted before the
 * first is sent, for a mark is of one log and shard; and {@code finished}, the end up to which the journal holds it.
 */
final class LogNotes {
    static final String SHARD = "shard";
    static final String FINISHED = "finished";

    /** A number, a line's end; what is longer is no note. */
    private static final int BYTES_MAX = 21;

    private LogNotes() {}

    /**
     * Empty when there is none.
     *
     * @throws CorruptLogException when something else than a number stands there
     */
    static OptionalLong read(Path logDirectory, String note) throws IOException {
        byte[] text;
        try (var in = Files.newInputStream(logDirectory.resolve(note))) {
            text = in.readNBytes(BYTES_MAX + 1);
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
        String number = new String(text, StandardCharsets.UTF_8).strip();
        if (!number.matches("[0-9]{1,18}")) {
            throw new CorruptLogException(
                    logDirectory.resolve(note), 0, "a note of one decimal number, and it holds something else");
        }
        return OptionalLong.of(Long.parseLong(number));
    }

    /** Writes it whole or not at all, and forces it. */
    static void write(Path logDirectory, String note, long number) throws IOException {
        Path fresh = logDirectory.resolve(note + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap((number + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Path place = logDirectory.resolve(note);
        try {
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, place, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * The shard that a log's entries go to: as noted, else {@code configured}, which is noted then.
     *
     * @throws CorruptLogException when the stream has no such shard
     */
    static int shardOf(Path logDirectory, int configured, int shards) throws IOException {
        OptionalLong noted = read(logDirectory, SHARD);
        long shard = noted.orElse(configured);
        if (shard >= shards) {
            throw new CorruptLogException(
                    logDirectory, 0, "its entries go to shard " + shard + ", but the store has " + shards);
        }
        if (noted.isEmpty()) {
            write(logDirectory, SHARD, shard);
        }
        return (int) shard;
    }
}
