package org.motepool.validator.log;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.motepool.core.bytes.MalformedBytesException;

/** The segments of one log in order, headers checked against each other. Not thread-safe. */
final class Segments {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Where in a group's header its own log offset stands. */
    private static final int OFFSET_AT = 8;

    private static final Pattern NAME = Pattern.compile("segment-\\d{6,9}\\.log");
    private static final int MAGIC_AND_FORMAT_BYTES = 12;

    private final Path directory;
    private final LogFiles files;
    private final List<Segment> known = new ArrayList<>();

    /** A segment's file and what its header says. */
    record Segment(Path file, SegmentHeader header) {}

    Segments(Path directory, LogFiles files) {
        this.directory = directory;
        this.files = files;
    }

    /** Looks for segments that have come since. */
    void refresh() throws IOException {
        for (Path file : files.list(directory)) {
            if (NAME.matcher(file.getFileName().toString()).matches()
                    && (known.isEmpty() || file.compareTo(known.getLast().file()) > 0)) {
                known.add(follow(new Segment(file, readHeader(file))));
            }
        }
    }

    private SegmentHeader readHeader(Path file) throws IOException {
        byte[] bytes = new byte[SegmentHeader.BYTES];
        try (LogFiles.LogFile open = files.open(file)) {
            int read = open.read(0, bytes, 0, bytes.length);
            if (read < bytes.length && read < MAGIC_AND_FORMAT_BYTES) {
                throw new CorruptLogException(file, 0, "the segment's header is cut off after " + read + " bytes");
            }
        }
        return SegmentHeader.parse(file, bytes);
    }

    private Segment follow(Segment segment) throws CorruptLogException {
        SegmentHeader header = segment.header();
        if (!SegmentHeader.fileName(header.segment())
                .equals(segment.file().getFileName().toString())) {
            throw new CorruptLogException(
                    segment.file(), header.firstOffset(), "its header says that it is segment " + header.segment());
        }
        if (!known.isEmpty()) {
            SegmentHeader before = known.getLast().header();
            boolean sameLog = header.log().equals(before.log())
                    && header.chain().equals(before.chain())
                    && header.proofOfWork() == before.proofOfWork()
                    && header.powShift().equals(before.powShift());
            if (!sameLog) {
                throw new CorruptLogException(
                        segment.file(), header.firstOffset(), "its header is of another log than the segment before");
            }
            if (header.segment() != before.segment() + 1 || header.firstOffset() < before.firstOffset()) {
                throw new CorruptLogException(
                        segment.file(), header.firstOffset(), "it does not follow segment " + before.segment());
            }
        }
        return segment;
    }

    int count() {
        return known.size();
    }

    Segment get(int index) {
        return known.get(index);
    }

    boolean isLast(int index) {
        return index == known.size() - 1;
    }

    /** Index of the segment to begin with to learn all about {@code offset}: whether an entry starts there, its jobs. */
    int before(long offset) {
        int index = 0;
        while (index + 1 < known.size() && known.get(index + 1).header().firstOffset() < offset) {
            index++;
        }
        return index;
    }

    /**
     * Whether a later group of the last segment proves that what stands at {@code bad} had been forced. Looked for at every
     * byte, because a bad group's length means nothing.
     */
    static boolean wasForced(Segment segment, LogFiles.LogFile file, long bad) throws IOException {
        byte[] window = new byte[1 << 20];
        long size = file.size();
        long at = SegmentHeader.BYTES + bad - segment.header().firstOffset() + 1;
        while (at + GroupCodec.HEADER_BYTES <= size) {
            int read = file.read(at, window, 0, window.length);
            for (int i = 0; i + GroupCodec.HEADER_BYTES <= read; i++) {
                long offset = segment.header().firstOffset() + at + i - SegmentHeader.BYTES;
                if (isProof(file, window, i, at + i, offset, bad)) {
                    return true;
                }
            }
            at += Math.max(1, read - GroupCodec.HEADER_BYTES + 1);
        }
        return false;
    }

    private static boolean isProof(
            LogFiles.LogFile file, byte[] window, int index, long position, long offset, long bad) throws IOException {
        try {
            // The offset alone rules out nearly every byte without a look at the rest: 64 million of them in a segment.
            if ((long) LONG.get(window, index + OFFSET_AT) != offset) {
                return false;
            }
            GroupCodec.Header header = GroupCodec.Header.parse(window, index);
            if (header.forcedBefore() <= bad || header.forcedBefore() > offset || !header.hasPlausibleLength()) {
                return false;
            }
            byte[] group = new byte[GroupCodec.HEADER_BYTES + header.length()];
            return file.read(position, group, 0, group.length) == group.length
                    && GroupCodec.crc(group, 0, group.length) == header.crc();
        } catch (MalformedBytesException e) {
            return false;
        }
    }
}
