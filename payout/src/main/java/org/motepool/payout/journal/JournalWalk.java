package org.motepool.payout.journal;

import java.nio.file.Path;
import java.util.List;
import org.motepool.core.bytes.Bytes;

/** Goes through segments in order and checks that each follows the one before. Stateless. */
final class JournalWalk {
    private JournalWalk() {}

    /** From the first record there is. */
    static SegmentReader.End all(List<Path> segments, Journal.Visitor visitor) throws JournalException {
        SegmentHeader first = SegmentReader.header(segments.getFirst());
        return walk(segments, first, visitor);
    }

    /** Behind one record, which must be there. */
    static SegmentReader.End from(List<Path> segments, JournalHead from, Journal.Visitor visitor)
            throws JournalException {
        int begin = 0;
        for (int i = 0; i < segments.size(); i++) {
            if (SegmentReader.header(segments.get(i)).first() <= from.sequence() + 1) {
                begin = i;
            }
        }
        SegmentHeader header = SegmentReader.header(segments.get(begin));
        if (header.first() > from.sequence() + 1) {
            throw missing(from);
        }
        if (header.first() == from.sequence() + 1) {
            check(from, header.previous());
        }
        SegmentReader.End end = walk(segments.subList(begin, segments.size()), header, (at, record) -> {
            if (at.sequence() == from.sequence()) {
                check(from, at.hash());
            } else if (at.sequence() > from.sequence()) {
                visitor.visit(at, record);
            }
        });
        if (end.head().sequence() < from.sequence()) {
            throw missing(from);
        }
        return end;
    }

    private static void check(JournalHead from, Bytes hash) throws JournalException {
        if (!from.hash().equals(hash)) {
            throw new JournalException("record " + from.sequence() + " of the journal is not the one with the hash "
                    + from.hash().toHex() + ": it has parted from what was taken of it");
        }
    }

    private static JournalException missing(JournalHead from) {
        return new JournalException("the journal has no record " + from.sequence());
    }

    private static SegmentReader.End walk(List<Path> segments, SegmentHeader first, Journal.Visitor visitor)
            throws JournalException {
        SegmentReader.End end = new SegmentReader.End(new JournalHead(first.first() - 1, first.previous()), 0, 0);
        for (Path segment : segments) {
            SegmentHeader header = SegmentReader.header(segment);
            if (!header.journal().equals(first.journal())
                    || header.first() != end.head().sequence() + 1
                    || !header.previous().equals(end.head().hash())) {
                throw new JournalException("journal segment " + segment + " does not follow record "
                        + end.head().sequence() + ": a segment is missing or of another journal; put it back from the"
                        + " mirror or a backup");
            }
            end = SegmentReader.read(segment, end.head(), segment.equals(segments.getLast()), visitor);
        }
        return end;
    }
}
