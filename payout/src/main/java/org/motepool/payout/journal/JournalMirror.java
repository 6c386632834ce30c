package org.motepool.payout.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Brings the mirror directory up to the journal at opening. A mirror is written after the journal, so it can only lag
 * behind; anything else means that one of the two is not what it should be, and a person must look.
 */
final class JournalMirror {
    private JournalMirror() {}

    /** Refuses to begin a new journal where the mirror still has an old one. */
    static void refuseOrphan(Path directory, Path mirror) throws JournalException {
        if (!JournalDirectory.segments(mirror).isEmpty()) {
            throw new JournalException("the journal directory " + directory + " is empty, but its mirror " + mirror
                    + " is not: copy the mirror's files to it, or name another mirror directory");
        }
    }

    /**
     * Copies what the mirror lacks.
     *
     * @return the mirror's last segment
     */
    static Path bringUp(List<Path> segments, Path mirror) throws JournalException {
        try {
            Files.createDirectories(mirror);
            for (Path twin : JournalDirectory.segments(mirror)) {
                if (segments.stream().noneMatch(segment -> named(segment, twin))) {
                    throw new JournalException("the mirror has a segment " + twin
                            + " that the journal lacks: put it back from there, or empty the mirror directory");
                }
            }
            for (Path segment : segments) {
                bringUpFile(segment, mirror.resolve(segment.getFileName()));
            }
            JournalDirectory.forceDirectory(mirror);
            return mirror.resolve(segments.getLast().getFileName());
        } catch (IOException e) {
            throw new JournalException("cannot bring journal mirror " + mirror + " up: " + e.getMessage(), e);
        }
    }

    private static boolean named(Path segment, Path twin) {
        return segment.getFileName().equals(twin.getFileName());
    }

    private static void bringUpFile(Path segment, Path twin) throws IOException, JournalException {
        if (!Files.exists(twin)) {
            Path draft = twin.resolveSibling(twin.getFileName() + ".draft");
            Files.copy(segment, draft, StandardCopyOption.REPLACE_EXISTING);
            force(draft);
            Files.move(draft, twin, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        long differs = Files.mismatch(segment, twin);
        if (differs < 0) {
            return;
        }
        if (differs < Files.size(twin)) {
            throw new JournalException("journal segment " + segment + " and its mirror " + twin + " differ from offset "
                    + differs + ": find out which one is right and copy it over the other");
        }
        try (FileChannel from = FileChannel.open(segment, StandardOpenOption.READ);
                FileChannel to = FileChannel.open(twin, StandardOpenOption.WRITE)) {
            for (long at = differs; at < from.size(); ) {
                to.position(at);
                at += from.transferTo(at, from.size() - at, to);
            }
            to.force(true);
        }
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
