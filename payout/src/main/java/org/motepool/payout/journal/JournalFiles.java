package org.motepool.payout.journal;

import java.nio.file.Path;
import java.util.List;
import org.motepool.core.bytes.Bytes;

/**
 * A journal that is only read: no lock is taken and nothing is cut off, so an accountant may be at work in it. What it
 * writes meanwhile is not seen, or seen as the torn end that it is. Immutable.
 */
public final class JournalFiles {
    private final Path directory;
    private final SegmentHeader first;

    private JournalFiles(Path directory, SegmentHeader first) {
        this.directory = directory;
        this.first = first;
    }

    /** @throws JournalException when there is no journal, or its first segment cannot be read */
    public static JournalFiles open(Path directory) throws JournalException {
        List<Path> segments = JournalDirectory.segments(directory);
        if (segments.isEmpty()) {
            throw new JournalException(
                    "there is no journal in " + directory + ": name the data directory of a pool that has run");
        }
        return new JournalFiles(directory, SegmentReader.header(segments.getFirst()));
    }

    public Bytes id() {
        return first.journal();
    }

    /** Id of the chain whose money it is. */
    public String network() {
        return first.network();
    }

    /** Reads all records; returns the last one's place. */
    public JournalHead read(Journal.Visitor visitor) throws JournalException {
        return JournalWalk.all(JournalDirectory.segments(directory), visitor).head();
    }

    /** Reads the records behind one. */
    public JournalHead readFrom(JournalHead from, Journal.Visitor visitor) throws JournalException {
        return JournalWalk.from(JournalDirectory.segments(directory), from, visitor)
                .head();
    }

    /** The segment files, in order. */
    public List<Path> segments() throws JournalException {
        return JournalDirectory.segments(directory);
    }
}
