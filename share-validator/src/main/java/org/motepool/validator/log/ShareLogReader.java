package org.motepool.validator.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.sharelog.LogId;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.work.PowShift;
import org.motepool.core.work.ProofOfWork;

/**
 * Reads the groups of one share log in order, from a dead log to its end or from a live one as far as it is forced.
 *
 * <p>A segment ends where the next one's first offset says, whatever bytes follow in its file. In the last segment a group
 * that is zero or wrong is the torn end, unless a later group proves that it had been forced. Everything else that is
 * wrong is a {@link CorruptLogException}. Not thread-safe.
 */
public final class ShareLogReader implements AutoCloseable {
    private final LogFiles files;
    private final Segments segments;
    private final @Nullable LongSupplier forcedOffset;
    private final Map<Integer, Job> jobs = new HashMap<>();

    private long limit;
    private int index;
    private long offset;
    private LogFiles.@Nullable LogFile file;

    private ShareLogReader(Path directory, LogFiles files, @Nullable LongSupplier forcedOffset) throws IOException {
        this.files = files;
        this.forcedOffset = forcedOffset;
        segments = new Segments(directory, files);
        limit = forcedOffset == null ? Long.MAX_VALUE : forcedOffset.getAsLong();
        segments.refresh();
        if (segments.count() == 0) {
            throw new CorruptLogException(directory, 0, "there is no segment");
        }
        offset = segments.get(0).header().firstOffset();
    }

    /** Reads a log that nobody writes, from its first segment to its valid end. */
    public static ShareLogReader open(Path logDirectory, LogFiles files) throws IOException {
        return new ShareLogReader(logDirectory, files, null);
    }

    /** Reads no further than a log is forced; {@link #next()} may be called again when it has grown. */
    public static ShareLogReader open(Path logDirectory, LogFiles files, LongSupplier forcedOffset) throws IOException {
        return new ShareLogReader(logDirectory, files, forcedOffset);
    }

    public LogId id() {
        return segments.get(0).header().log();
    }

    /** Id of the network that the log was written for. */
    public String chain() {
        return segments.get(0).header().chain();
    }

    public ProofOfWork proofOfWork() {
        return segments.get(0).header().proofOfWork();
    }

    /** How many of its hashes' first bits do not count. */
    public PowShift powShift() {
        return segments.get(0).header().powShift();
    }

    /** Log offset behind the last group read; in a dead log read to its end, that end. */
    public long offset() {
        return offset;
    }

    /** The jobs that the groups read declared in the present segment, by number: all that its shares may name. */
    public Map<Integer, Job> jobs() {
        return Map.copyOf(jobs);
    }

    @Nullable
    Job job(int number) {
        return jobs.get(number);
    }

    /** The file of the last group read, for messages. */
    Path fileName() {
        return segments.get(index).file();
    }

    /** Moves to the start of the segment where all about {@code from} can be learned. Only before the first group. */
    void skipToSegmentBefore(long from) {
        index = segments.before(from);
        offset = segments.get(index).header().firstOffset();
    }

    /** The next group; empty at the end of what is valid, or forced. */
    public Optional<LogGroup> next() throws IOException {
        Optional<RawGroup> raw = nextRaw();
        return raw.isPresent() ? Optional.of(decode(raw.get())) : Optional.empty();
    }

    /** As {@link #next()}, with its records unread: {@link #jobs()} does not learn of them. */
    public Optional<RawGroup> nextRaw() throws IOException {
        if (forcedOffset != null) {
            long forced = forcedOffset.getAsLong();
            if (forced != limit) {
                // A segment may have ended in the meantime: what it holds behind its end was never forced.
                limit = forced;
                segments.refresh();
            }
        }
        if (offset >= limit) {
            return Optional.empty();
        }
        while (!segments.isLast(index) && segments.get(index + 1).header().firstOffset() <= offset) {
            enterNextSegment();
        }
        return readGroup();
    }

    private void enterNextSegment() throws IOException {
        long first = segments.get(index + 1).header().firstOffset();
        if (first < offset) {
            throw new CorruptLogException(
                    fileName(), offset, "a group reaches over log offset " + first + ", where the next segment begins");
        }
        closeFile();
        index++;
        jobs.clear();
    }

    private Optional<RawGroup> readGroup() throws IOException {
        LogFiles.LogFile open = file;
        if (open == null) {
            open = files.open(fileName());
            file = open;
        }
        long position =
                SegmentHeader.BYTES + offset - segments.get(index).header().firstOffset();
        byte[] group;
        try {
            group = readChecked(open, position);
        } catch (MalformedBytesException e) {
            if (endsAt(open, e)) {
                return Optional.empty();
            }
            group = readCompleted(open, position);
        }
        RawGroup raw = new RawGroup(fileName(), offset, group);
        offset = raw.end();
        return Optional.of(raw);
    }

    private LogGroup decode(RawGroup raw) throws CorruptLogException {
        List<LogRecord> records;
        try {
            records = GroupCodec.records(raw.bytes());
        } catch (MalformedBytesException e) {
            offset = raw.offset();
            throw new CorruptLogException(
                    raw.file(), offset, "a group with a right checksum holds a wrong record: " + e.getMessage(), e);
        }
        for (LogRecord record : records) {
            if (record instanceof LogRecord.JobDeclared(Job job)) {
                jobs.put(job.number(), job);
            }
        }
        return new LogGroup(raw.offset(), raw.end(), records);
    }

    /** Reads a group again that later ones prove to be forced: in a living log it was being written a moment ago. */
    private byte[] readCompleted(LogFiles.LogFile open, long position) throws IOException {
        try {
            return readChecked(open, position);
        } catch (MalformedBytesException e) {
            throw new CorruptLogException(
                    fileName(), offset, e.getMessage() + "; a later group proves that it had been forced", e);
        }
    }

    private byte[] readChecked(LogFiles.LogFile open, long position) throws IOException, MalformedBytesException {
        byte[] head = new byte[GroupCodec.HEADER_BYTES];
        if (open.read(position, head, 0, head.length) < head.length) {
            throw new MalformedBytesException("the file ends within a group's header");
        }
        GroupCodec.Header header = GroupCodec.Header.parse(head, 0);
        if (!header.hasPlausibleLength()) {
            throw new MalformedBytesException("a group's length is " + Integer.toUnsignedString(header.length()));
        }
        if (header.offset() != offset) {
            throw new MalformedBytesException("a group says that it stands at log offset " + header.offset());
        }
        byte[] group = new byte[GroupCodec.HEADER_BYTES + header.length()];
        if (open.read(position, group, 0, group.length) < group.length) {
            throw new MalformedBytesException("the file ends within a group");
        }
        if (GroupCodec.crc(group, 0, group.length) != header.crc()) {
            throw new MalformedBytesException("a group's checksum is wrong");
        }
        return group;
    }

    /** Decides whether a bad group is the torn end (true), or the loss of something that was forced. */
    private boolean endsAt(LogFiles.LogFile open, MalformedBytesException reason) throws IOException {
        String what = String.valueOf(reason.getMessage());
        if (!segments.isLast(index)) {
            throw new CorruptLogException(
                    fileName(),
                    offset,
                    what + "; the next segment says that log offsets up to "
                            + segments.get(index + 1).header().firstOffset() + " were forced",
                    reason);
        }
        if (forcedOffset != null) {
            throw new CorruptLogException(
                    fileName(), offset, what + "; the log is forced up to log offset " + limit, reason);
        }
        return !Segments.wasForced(segments.get(index), open, offset);
    }

    private void closeFile() throws IOException {
        LogFiles.LogFile open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }

    /** Closes the segment that is open; the log itself is untouched. */
    @Override
    public void close() throws IOException {
        closeFile();
    }
}
