package org.motepool.payout.accountant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.outbox.WorkCell;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.sharelog.LogRange;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.PayoutSettings;
import org.motepool.payout.books.Books;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalRecord;
import org.motepool.payout.journal.JournalRecord.SliceSealed;
import org.motepool.payout.slice.EntryVerdict;
import org.motepool.payout.slice.Intake;
import org.motepool.payout.slice.OpenSlice;
import org.motepool.store.Store;
import org.motepool.store.StoreException;
import org.motepool.store.WorkStream.StreamEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the streams of work and cuts what was read into slices; a block stops the reading until it is decided. Not
 * thread-safe: the accountant's.
 */
final class SliceDesk {
    /** Entries read at once. */
    private static final int READ_MAX = 512;
    /** So long without new work, and a stream is read from its start again. */
    static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(SliceDesk.class);

    private final PayoutSettings settings;
    private final PoolClock clock;
    private final Books books;
    private final Recorder recorder;
    private final PayoutMetrics metrics;
    private final BlockDesk desk;
    private final Publisher publisher;
    private final BalancesCopy copy;
    private final Store store;
    private final OpenSlice open = new OpenSlice();
    private final Intake intake;
    private final List<Cursor> cursors = new ArrayList<>();
    private long openSince;

    SliceDesk(
            PayoutSettings settings,
            BlockDesk.Parts parts,
            BlockDesk desk,
            Publisher publisher,
            BalancesCopy copy,
            Store store) {
        this.settings = settings;
        this.clock = parts.clock();
        this.books = parts.books();
        this.recorder = parts.recorder();
        this.metrics = parts.metrics();
        this.desk = desk;
        this.publisher = publisher;
        this.copy = copy;
        this.store = store;
        this.intake = new Intake(settings.network().id(), books, open);
    }

    /** The streams are read from their starts. */
    void readAnew() {
        cursors.clear();
        for (int shard = 0; shard < store.workStream().shards(); shard++) {
            cursors.add(new Cursor(shard, clock.nanos()));
        }
    }

    /** Reads what there is, waiting up to {@code wait} for it; false when there was nothing. */
    boolean read(Duration wait) throws StoreException, JournalException {
        boolean busy = false;
        for (Cursor cursor : List.copyOf(cursors)) {
            busy |= read(cursor, wait.dividedBy(cursors.size()));
        }
        return busy;
    }

    /** Seals the open slice when its time has come, or at once; tells whether it did. */
    boolean sealDue(boolean now) throws StoreException, JournalException {
        if (open.isEmpty() || !(now || open.isFull() || isDue())) {
            return false;
        }
        seal();
        return true;
    }

    /** Nothing was read that is not sealed. */
    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Logs that stand still, and why. */
    Map<LogShard, String> halted() {
        return intake.halted();
    }

    /** Takes away what is journaled. */
    void trim() throws StoreException {
        for (Cursor cursor : cursors) {
            Optional<String> through = cursor.takeTrim(books);
            if (through.isPresent()) {
                store.workStream().trimThrough(cursor.shard(), through.get());
            }
        }
    }

    private boolean isDue() {
        return clock.nanos() - openSince >= settings.sliceEvery().toNanos();
    }

    private boolean read(Cursor cursor, Duration wait) throws StoreException, JournalException {
        if (desk.waiting().isPresent()) {
            return false;
        }
        if (cursor.isSilent(clock.nanos(), SILENCE.toNanos())) {
            cursor.rewind(clock.nanos());
        }
        List<StreamEntry> batch = store.workStream().read(cursor.shard(), cursor.after(), READ_MAX, wait);
        for (int i = 0; i < batch.size(); i++) {
            if (!pass(cursor, batch.get(i))) {
                sight(batch.subList(i + 1, batch.size()));
                return true;
            }
        }
        return !batch.isEmpty();
    }

    /** Blocks that wait behind another one. */
    private void sight(List<StreamEntry> behind) {
        for (StreamEntry each : behind) {
            try {
                WorkEntry.parse(each.entry()).block().ifPresent(desk::sight);
            } catch (MalformedBytesException e) {
                LOG.debug("entry {} is told of when it is read: {}", each.id(), e.getMessage());
            }
        }
    }

    /** False when reading stops here: a block waits for its verdict. */
    private boolean pass(Cursor cursor, StreamEntry each) throws StoreException, JournalException {
        WorkEntry entry;
        try {
            entry = WorkEntry.parse(each.entry());
        } catch (MalformedBytesException e) {
            LOG.error(
                    "entry {} of work stream {} is malformed and left out ({}); its log will send it again",
                    each.id(),
                    cursor.shard(),
                    e.getMessage());
            metrics.entries.labels("malformed").inc();
            cursor.passedMalformed(each.id());
            return true;
        }
        EntryVerdict verdict = intake.judge(entry);
        metrics.entries.labels(PayoutMetrics.label(verdict)).inc();
        if (verdict == EntryVerdict.TAKEN) {
            if (entry.block().isPresent()) {
                seal();
                store.blocks().put(desk.begin(entry));
                return false;
            }
            take(entry);
        }
        cursor.passed(each.id(), entry, verdict, clock.nanos());
        return true;
    }

    private void take(WorkEntry entry) throws StoreException, JournalException {
        if (open.isFull() || (!open.isEmpty() && bringsNewTarget(entry))) {
            seal();
        }
        if (open.isEmpty()) {
            openSince = clock.nanos();
        }
        open.take(entry);
    }

    private boolean bringsNewTarget(WorkEntry entry) {
        return entry.cells().stream()
                .map(WorkCell::nbits)
                .distinct()
                .anyMatch(nbits -> !open.has(nbits) && !books.work().knows(nbits));
    }

    private void seal() throws JournalException, StoreException {
        if (open.isEmpty()) {
            return;
        }
        List<JournalRecord> records =
                new ArrayList<>(open.seal(books.slices() + 1, clock.epochMillis(), books.accounts()));
        if (records.getLast() instanceof SliceSealed slice) {
            books.work().foldBefore(slice).ifPresent(fold -> records.add(records.size() - 1, fold));
        }
        recorder.record(records);
        open.clear();
        metrics.slices.inc();
        metrics.windowSlices.set(books.work().windowSlices());
        if (records.getLast() instanceof SliceSealed slice) {
            slice.ranges().stream().map(LogRange::source).forEach(publisher::markMoved);
        }
        copy.push();
    }
}
