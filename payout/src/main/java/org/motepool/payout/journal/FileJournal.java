package org.motepool.payout.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal in segment files of one directory, optionally mirrored to a second. Opening takes the directory's lock,
 * checks every record and cuts an unforced torn tail off; anything else that is wrong is refused.
 */
public final class FileJournal implements Journal {
    /** A segment that is larger is not appended to any more: handy to copy and to check. */
    public static final long SEGMENT_BYTES_MAX = 64L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(FileJournal.class);

    private final Path directory;
    private final Bytes id;
    private final String network;
    private final long segmentBytesMax;
    private final JournalLock lock;
    private final JournalDirectory files;
    private final @Nullable JournalDirectory mirror;
    private volatile JournalHead head;
    private @Nullable String failed;

    private FileJournal(Opened opened, Options options, JournalLock lock) throws IOException {
        this.directory = options.directory;
        this.id = opened.header.journal();
        this.network = options.network;
        this.segmentBytesMax = options.segmentBytesMax;
        this.lock = lock;
        this.head = opened.end.head();
        this.files = JournalDirectory.open(options.directory, opened.last, opened.end.whole());
        this.mirror = opened.mirrorLast == null
                ? null
                : JournalDirectory.open(options.mirror.orElseThrow(), opened.mirrorLast, opened.end.whole());
    }

    /**
     * Opens the journal of a directory, or begins one.
     *
     * @param network id of the chain whose money it is; a journal of another chain is refused
     * @param visitor hears of every record there is
     */
    public static FileJournal open(Path directory, Optional<Path> mirror, String network, Visitor visitor)
            throws JournalException {
        return open(new Options(directory, mirror, network, SEGMENT_BYTES_MAX), visitor);
    }

    /**
     * The same, but reads only what follows a record: what came before is known from a snapshot.
     *
     * @param from that record; the journal must have it, with this hash
     */
    public static FileJournal openFrom(
            Path directory, Optional<Path> mirror, String network, JournalHead from, Visitor visitor)
            throws JournalException {
        return open(new Options(directory, mirror, network, SEGMENT_BYTES_MAX, Optional.of(from)), visitor);
    }

    static FileJournal open(Options options, Visitor visitor) throws JournalException {
        JournalLock lock = JournalLock.take(options.directory);
        try {
            return new FileJournal(readAll(options, visitor), options, lock);
        } catch (IOException e) {
            release(lock);
            throw new JournalException("cannot open journal in " + options.directory + ": " + e.getMessage(), e);
        } catch (JournalException | RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    private static Opened readAll(Options options, Visitor visitor) throws JournalException, IOException {
        List<Path> segments = JournalDirectory.segments(options.directory);
        if (segments.isEmpty()) {
            if (options.mirror.isPresent()) {
                JournalMirror.refuseOrphan(options.directory, options.mirror.get());
            }
            byte[] random = new byte[SegmentHeader.ID_BYTES];
            new SecureRandom().nextBytes(random);
            SegmentHeader header = SegmentHeader.genesis(Bytes.copyOf(random), options.network);
            segments = List.of(JournalDirectory.create(options.directory, header));
        }
        SegmentHeader header = SegmentReader.header(segments.getFirst());
        if (!header.network().equals(options.network)) {
            throw new JournalException("the journal in " + options.directory + " is of the chain " + header.network()
                    + ", not " + options.network + ": give each chain a data directory of its own");
        }
        SegmentReader.End end = options.from.isEmpty()
                ? JournalWalk.all(segments, visitor)
                : JournalWalk.from(segments, options.from.get(), visitor);
        cutTail(options.directory, segments.getLast(), end);
        Path mirrorLast = options.mirror.isPresent() ? JournalMirror.bringUp(segments, options.mirror.get()) : null;
        return new Opened(header, segments.getLast(), end, mirrorLast);
    }

    private static void cutTail(Path directory, Path last, SegmentReader.End end) throws IOException {
        if (end.size() > end.whole()) {
            LOG.warn(
                    "journal {}: cut {} bytes behind record {}, which a crash left unfinished; nothing depends on them",
                    last,
                    end.size() - end.whole(),
                    end.head().sequence());
            JournalDirectory.open(directory, last, end.whole()).close();
        }
    }

    @Override
    public Bytes id() {
        return id;
    }

    @Override
    public JournalHead head() {
        return head;
    }

    @Override
    public synchronized JournalHead append(List<JournalRecord> records) throws JournalException {
        if (failed != null) {
            throw new JournalException(failed);
        }
        ByteWriter out = new ByteWriter(1024);
        JournalHead after = head;
        for (JournalRecord record : records) {
            after = JournalFrame.write(record, after, out);
        }
        try {
            if (files.size() > SegmentHeader.BYTES && files.size() + out.size() > segmentBytesMax) {
                roll();
            }
            files.append(out.array(), out.size());
            if (mirror != null) {
                mirror.append(out.array(), out.size());
            }
        } catch (IOException e) {
            failed = "journal " + files + " or its mirror cannot be written (" + e.getMessage()
                    + "): mend disk or directory, then restart; nothing that was credited is lost";
            throw new JournalException(failed, e);
        }
        head = after;
        return after;
    }

    private void roll() throws IOException {
        SegmentHeader next = new SegmentHeader(id, network, head.sequence() + 1, head.hash());
        files.roll(next);
        if (mirror != null) {
            mirror.roll(next);
        }
    }

    @Override
    public Optional<Bytes> hashAt(long sequence) throws JournalException {
        if (sequence < 0 || sequence > head.sequence()) {
            return Optional.empty();
        }
        if (sequence == head.sequence()) {
            return Optional.of(head.hash());
        }
        Path holds = JournalDirectory.segments(directory).getFirst();
        for (Path segment : JournalDirectory.segments(directory)) {
            if (SegmentReader.header(segment).first() <= sequence + 1) {
                holds = segment;
            }
        }
        SegmentHeader header = SegmentReader.header(holds);
        if (header.first() == sequence + 1) {
            return Optional.of(header.previous());
        }
        Bytes[] found = new Bytes[1];
        SegmentReader.read(holds, new JournalHead(header.first() - 1, header.previous()), true, (at, record) -> {
            if (at.sequence() == sequence) {
                found[0] = at.hash();
            }
        });
        return Optional.ofNullable(found[0]);
    }

    @Override
    public void replay(Visitor visitor) throws JournalException {
        var _ = JournalWalk.all(JournalDirectory.segments(directory), visitor);
    }

    @Override
    public synchronized void close() {
        failed = failed == null ? "the journal in " + directory + " is closed" : failed;
        try {
            files.close();
            if (mirror != null) {
                mirror.close();
            }
        } catch (IOException e) {
            // Everything that counts was forced before.
            LOG.warn("journal {} did not close: {}", directory, e.getMessage());
        }
        release(lock);
    }

    private static void release(JournalLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("the journal's lock did not close: {}", e.getMessage());
        }
    }

    /**
     * @param segmentBytesMax see {@link #SEGMENT_BYTES_MAX}
     * @param from record behind which reading begins; empty for all
     */
    record Options(
            Path directory, Optional<Path> mirror, String network, long segmentBytesMax, Optional<JournalHead> from) {
        Options(Path directory, Optional<Path> mirror, String network, long segmentBytesMax) {
            this(directory, mirror, network, segmentBytesMax, Optional.empty());
        }
    }

    private record Opened(
            SegmentHeader header,
            Path last,
            SegmentReader.End end,
            @Nullable Path mirrorLast) {}

    /** Directory of the journal inside a data directory. */
    public static Path directoryIn(Path dataDir) {
        return dataDir.resolve("journal");
    }
}
