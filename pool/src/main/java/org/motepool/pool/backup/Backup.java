package org.motepool.pool.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.motepool.core.bytes.Bytes;
import org.motepool.payout.PayoutSettings;
import org.motepool.payout.books.Snapshots;
import org.motepool.payout.journal.FileJournal;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalFiles;
import org.motepool.payout.proof.LedgerProof;
import org.motepool.validator.log.DeadLogs;
import org.motepool.validator.log.LogFiles;

/**
 * Copies the journal first, then the share logs: so no journal of a backup has read more than its logs hold. A pool may
 * write meanwhile; torn ends are what a crash leaves, too, and are cut at the next start. Stateless.
 */
public final class Backup {
    private static final String JOURNAL = "journal";
    private static final String SHARES = "shares";

    private Backup() {}

    /**
     * @param entries records in the copied journal
     * @param logs that were copied
     * @param bytes written now; what was there already is not written again
     */
    public record Made(long entries, int logs, long bytes) {}

    /**
     * Makes a backup, or brings an earlier one up.
     *
     * @throws JournalException when the journal is not sound, or the backup there is of another one
     */
    public static Made make(Path data, Path to) throws IOException, JournalException {
        Path journal = FileJournal.directoryIn(data);
        JournalFiles files = JournalFiles.open(journal);
        Path copy = to.resolve(JOURNAL);
        if (Files.isDirectory(copy)) {
            Bytes there = JournalFiles.open(copy).id();
            if (!there.equals(files.id())) {
                throw new JournalException("there is a backup of the journal " + there.toHex() + " in " + to
                        + " already: name another directory");
            }
        }
        Files.createDirectories(copy);
        long bytes = 0;
        for (Path segment : files.segments()) {
            bytes += bring(segment, copy.resolve(segment.getFileName()));
        }
        LedgerProof proof = LedgerProof.of(copy);
        var _ = Snapshots.write(copy, files.id(), proof.head(), PayoutSettings.WINDOW_BLOCKS, proof.books());
        List<Path> logs = Files.isDirectory(data.resolve(SHARES))
                ? DeadLogs.directories(data.resolve(SHARES), LogFiles.DISK)
                : List.of();
        for (Path log : logs) {
            bytes += tree(log, to.resolve(SHARES).resolve(log.getFileName()));
        }
        return new Made(proof.head().sequence(), logs.size(), bytes);
    }

    /** Copies a backup to a data directory that has neither journal nor logs; returns how many bytes. */
    public static long restore(Path from, Path data) throws IOException, JournalException {
        JournalFiles files = JournalFiles.open(from.resolve(JOURNAL));
        for (String part : List.of(JOURNAL, SHARES)) {
            if (Files.exists(data.resolve(part))) {
                throw new IOException(data.resolve(part) + " is there already: restore into an empty directory, and put"
                        + " it in place when it is proven");
            }
        }
        long bytes = 0;
        Files.createDirectories(data.resolve(JOURNAL));
        for (Path segment : files.segments()) {
            bytes += bring(segment, data.resolve(JOURNAL).resolve(segment.getFileName()));
        }
        for (Path snapshot : Snapshots.newestFirst(from.resolve(JOURNAL))) {
            bytes += bring(snapshot, data.resolve(JOURNAL).resolve(snapshot.getFileName()));
        }
        if (Files.isDirectory(from.resolve(SHARES))) {
            bytes += tree(from.resolve(SHARES), data.resolve(SHARES));
        }
        return bytes;
    }

    private static long tree(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(from)) {
            files = walk.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals("lock"))
                    .sorted()
                    .toList();
        }
        long bytes = 0;
        for (Path file : files) {
            Path twin = to.resolve(from.relativize(file).toString());
            Files.createDirectories(twin.getParent());
            bytes += bring(file, twin);
        }
        return bytes;
    }

    /** Copies a file unless its twin is the same; whole under its name, or not there. */
    private static long bring(Path file, Path twin) throws IOException {
        if (Files.exists(twin) && Files.mismatch(file, twin) < 0) {
            return 0;
        }
        Path draft = twin.resolveSibling(twin.getFileName() + ".draft");
        Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(draft, twin, StandardCopyOption.ATOMIC_MOVE);
        return Files.size(twin);
    }
}
