package org.motepool.stratum.outbox;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.time.PoolClock;
import org.motepool.store.Store;
import org.motepool.store.StoreException;
import org.motepool.validator.log.LogEntries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one log's entries. It knows nothing for sure but the journaled mark: from there it sends again after every trouble
 * with the store and every break of its connection, when the mark falls, and when the mark stands still though the accountant lives. Used by one thread.
 */
final class LogSender implements AutoCloseable {
    /** Entries, about one a second, that may wait for the journal: with all nodes' they live in Redis's memory. */
    static final int UNJOURNALED_ENTRIES_MAX = 1_000;

    /** Bytes that may wait so: busy pools have entries of some 100 kB. */
    static final long UNJOURNALED_BYTES_MAX = 64L << 20;

    /**
     * How long the mark may stand still before entries are taken for lost, at least. The journal takes work in by slices: twice
     * as long as the mark last stood before it moved is not yet a standstill.
     */
    static final Duration STANDSTILL = Duration.ofSeconds(10);

    /** The most of that. Sending again that did not help is tried ever more rarely, so that a halted log does not fill the stream. */
    static final Duration STANDSTILL_MAX = Duration.ofMinutes(10);

    /** A stream that is so long is read too slowly, not lost; nothing is added to it a second time. */
    private static final long STREAM_ENTRIES_MAX = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(LogSender.class);

    private final SentLog log;
    private final Store store;
    private final PoolClock clock;
    private final OutboxMetrics metrics;
    private final Deque<Sent> unjournaled = new ArrayDeque<>();

    private @Nullable LogEntries entries;
    private long unjournaledBytes;
    private long sent;
    private long mark;
    private long heartbeat;
    private long interruptions;
    private long movedAt;
    private long stillSince;
    private long heartbeatThen;
    private Duration patience = STANDSTILL;

    LogSender(SentLog log, Store store, PoolClock clock, OutboxMetrics metrics) {
        this.log = log;
        this.store = store;
        this.clock = clock;
        this.metrics = metrics;
        movedAt = clock.nanos();
    }

    /** Up to where the journal holds this log, at the last {@link #step}. */
    long mark() {
        return mark;
    }

    /**
     * Looks at the mark and sends what is complete, up to the bound of what may wait for the journal.
     *
     * @param stop ends it early
     * @throws StoreException when the store failed: call again later, it goes on from the mark
     * @throws IOException when the log cannot be read; {@code CorruptLogException} when it never will be
     */
    void step(BooleanSupplier stop) throws StoreException, IOException {
        try {
            look();
            send(stop);
        } catch (StoreException | IOException | RuntimeException e) {
            forget();
            throw e;
        }
    }

    private void look() throws StoreException, IOException {
        // Before the marks are read: a break after this is seen at the next look.
        long newInterruptions = store.interruptions();
        long newMark = store.journalMarks().mark(log.source()).orElse(0);
        long newHeartbeat = store.journalMarks().heartbeat();
        boolean lost = newMark < mark || newHeartbeat < heartbeat;
        boolean interrupted = newInterruptions != interruptions;
        boolean moved = newMark != mark;
        mark = newMark;
        heartbeat = newHeartbeat;
        interruptions = newInterruptions;
        long now = clock.nanos();
        if (moved) {
            patience = between(Duration.ofNanos(now - movedAt).multipliedBy(2));
        }
        if (moved || sent == mark) {
            movedAt = now;
        }
        if (entries == null || interrupted || lost || mark > sent) {
            if (lost) {
                LOG.warn(
                        "the store lost the marks of the journal; sending share log {} again from {}",
                        log.source(),
                        mark);
            }
            rewind();
        } else if (moved) {
            dropJournaled();
            still();
        } else if (sent == mark) {
            still();
        } else if (clock.nanos() - stillSince >= patience.toNanos() && heartbeat > heartbeatThen) {
            sendAgain();
        }
    }

    private void sendAgain() throws StoreException, IOException {
        if (store.workStream().length(log.source().shard()) < STREAM_ENTRIES_MAX) {
            LOG.info(
                    "the journal stands at {} of share log {} though {} were sent; sending again from there",
                    mark,
                    log.source(),
                    sent);
            rewind();
        }
        patience = between(patience.multipliedBy(2));
    }

    private static Duration between(Duration wanted) {
        if (wanted.compareTo(STANDSTILL) < 0) {
            return STANDSTILL;
        }
        return wanted.compareTo(STANDSTILL_MAX) > 0 ? STANDSTILL_MAX : wanted;
    }

    private void rewind() throws IOException {
        forget();
        entries = log.entriesBehind(mark);
        sent = mark;
        still();
    }

    private void still() {
        stillSince = clock.nanos();
        heartbeatThen = heartbeat;
    }

    private void send(BooleanSupplier stop) throws StoreException, IOException {
        LogEntries from = entries;
        while (from != null
                && !stop.getAsBoolean()
                && unjournaled.size() < UNJOURNALED_ENTRIES_MAX
                && unjournaledBytes < UNJOURNALED_BYTES_MAX) {
            Optional<WorkEntry> next = from.next();
            if (next.isEmpty()) {
                return;
            }
            Bytes bytes = next.get().toBytes();
            store.workStream().append(log.source().shard(), bytes);
            if (sent == mark) {
                still();
            }
            sent = next.get().to();
            unjournaled.addLast(new Sent(sent, bytes.size()));
            unjournaledBytes += bytes.size();
            metrics.sentOne();
        }
    }

    private void dropJournaled() {
        int dropped = 0;
        for (Sent first = unjournaled.peekFirst();
                first != null && first.to() <= mark;
                first = unjournaled.peekFirst()) {
            unjournaled.removeFirst();
            unjournaledBytes -= first.bytes();
            dropped++;
        }
        metrics.noLongerUnjournaled(dropped);
    }

    private void forget() throws IOException {
        metrics.noLongerUnjournaled(unjournaled.size());
        unjournaled.clear();
        unjournaledBytes = 0;
        LogEntries open = entries;
        entries = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() throws IOException {
        forget();
    }

    /** An entry on its way: where it ends in the log, and its size in the stream. */
    private record Sent(long to, int bytes) {}
}
