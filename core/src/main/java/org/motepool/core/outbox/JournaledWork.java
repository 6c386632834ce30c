package org.motepool.core.outbox;

import java.io.IOException;
import java.util.List;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.sharelog.LogRange;

/** What an accountant's journal says it has read of the share logs: so that an audit can hold the one against the other. */
public interface JournaledWork {
    /** Goes through it in the journal's order; throws IOException when the journal cannot be read. */
    void read(Visitor visitor) throws IOException;

    /** Hears of slices and blocks in order. */
    interface Visitor {
        void slice(Slice slice) throws IOException;

        /** A BLOCK record that was read: its range and its block. */
        void block(LogRange range, Hash256 hash) throws IOException;
    }

    /**
     * One sealed slice.
     *
     * @param ranges ascending by source
     * @param cells ascending, as in an entry
     * @param root RFC 6962 root over the roots of the entries, in the order of the ranges
     * @param entries how many there are
     */
    record Slice(long number, List<LogRange> ranges, List<WorkCell> cells, Bytes root, long entries) {
        public Slice {
            ranges = List.copyOf(ranges);
            cells = List.copyOf(cells);
        }
    }
}
