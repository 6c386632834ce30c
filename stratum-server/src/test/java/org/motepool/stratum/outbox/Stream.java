package org.motepool.stratum.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.sharelog.LogShard;
import org.motepool.store.Store;
import org.motepool.store.StoreException;
import org.motepool.store.WorkStream;

/** Reads the work stream as the accountant does. */
final class Stream {
    private Stream() {}

    static List<WorkEntry> all(Store store) throws StoreException {
        List<WorkEntry> all = new ArrayList<>();
        String after = WorkStream.START;
        while (true) {
            List<WorkStream.StreamEntry> page = store.workStream().read(0, after, 1_000, Duration.ZERO);
            for (WorkStream.StreamEntry entry : page) {
                try {
                    all.add(WorkEntry.parse(entry.entry()));
                } catch (MalformedBytesException e) {
                    throw new AssertionError(e);
                }
            }
            if (page.isEmpty()) {
                return all;
            }
            after = page.getLast().id();
        }
    }

    /** Up to where an accountant gets that starts at {@code mark}: below is ignored, behind a gap nothing counts. */
    static long highWater(Store store, LogShard source, long mark) throws StoreException {
        long high = mark;
        for (WorkEntry entry : all(store)) {
            if (entry.source().equals(source) && entry.from() == high) {
                high = entry.to();
            }
        }
        return high;
    }
}
