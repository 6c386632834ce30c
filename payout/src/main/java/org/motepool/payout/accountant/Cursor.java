package org.motepool.payout.accountant;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.sharelog.LogRange;
import org.motepool.payout.books.Books;
import org.motepool.payout.slice.EntryVerdict;
import org.motepool.store.WorkStream;

/** How far one shard's stream was read and may be trimmed. Not thread-safe: the accountant's. */
final class Cursor {
    private final int shard;
    private final Deque<Held> held = new ArrayDeque<>();
    private String after = WorkStream.START;
    private long freshAt;

    Cursor(int shard, long nanos) {
        this.shard = shard;
        this.freshAt = nanos;
    }

    int shard() {
        return shard;
    }

    /** Id of the last entry that was read. */
    String after() {
        return after;
    }

    /** The next read begins at the stream's start: ids are hints, the high-water filters. */
    void rewind(long nanos) {
        after = WorkStream.START;
        held.clear();
        freshAt = nanos;
    }

    /** No new work was read for so long. */
    boolean isSilent(long nanos, long boundNanos) {
        return nanos - freshAt >= boundNanos;
    }

    /** An entry was read and judged. */
    void passed(String id, WorkEntry entry, EntryVerdict verdict, long nanos) {
        if (verdict == EntryVerdict.TAKEN) {
            freshAt = nanos;
        }
        Optional<LogRange> range = verdict.isDropped()
                ? Optional.empty()
                : Optional.of(new LogRange(entry.source(), entry.from(), entry.to()));
        after = id;
        held.addLast(new Held(id, range));
    }

    /** Bytes that are no entry were read. */
    void passedMalformed(String id) {
        after = id;
        held.addLast(new Held(id, Optional.empty()));
    }

    /** The id up to which nothing is needed any more, once. */
    Optional<String> takeTrim(Books books) {
        String last = null;
        while (!held.isEmpty() && held.getFirst().isDone(books)) {
            last = held.removeFirst().id;
        }
        return Optional.ofNullable(last);
    }

    /** @param range empty for what can never be journaled */
    private record Held(String id, Optional<LogRange> range) {
        boolean isDone(Books books) {
            return range.isEmpty()
                    || books.highWater(range.get().source()).orElse(0)
                            >= range.get().to();
        }
    }
}
