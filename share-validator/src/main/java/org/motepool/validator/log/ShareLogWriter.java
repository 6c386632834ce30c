package org.motepool.validator.log;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.sharelog.LogId;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.time.PoolClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The share log on files. One thread, {@code share-log}, takes all that has gathered while the last force ran, writes it,
 * forces once and calls back. Thread-safe.
 */
public final class ShareLogWriter implements ShareLog {
    /** Shares that may wait: half a second of the largest load planned for, about 20 MB. More are refused at once. */
    public static final int PENDING_SHARES_MAX = 1 << 16;
    /** Blocks that may wait besides, so that no flood of shares keeps a block out. */
    public static final int PENDING_BLOCKS_MAX = 64;
    /** An outbox entry is cut when it has so many bytes, however young it is: whoever reads it holds its shares. */
    public static final long ENTRY_BYTES_MAX = 32L << 20;

    /** Shares in one force, unless one append alone has more: bounds the bytes that wait for one force. */
    private static final int TURN_SHARES_MAX = 1 << 14;
    /** Lists in one force, as lists may be empty. */
    private static final int TURN_APPENDS_MAX = 1 << 14;

    private static final int LOG_ID_ATTEMPTS = 3;
    private static final Duration IDLE_WAIT = Duration.ofSeconds(1);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(ShareLogWriter.class);

    private final ShareLogSettings settings;
    private final PoolClock clock;
    private final LogId id;
    private final Path directory;
    private final LogFiles.LogLock lock;
    private final SegmentChain segments;
    private final LogMetrics metrics;
    private final Thread thread;
    private final LinkedBlockingQueue<PendingAppend> queue = new LinkedBlockingQueue<>();
    /** What a turn writes; as large as the largest so far, which the limits of a turn bound. Of the thread. */
    private final ByteWriter buffer = new ByteWriter(64 << 10);
    /** Likewise, of one append of it. */
    private final ByteWriter append = new ByteWriter(4 << 10);

    private final AtomicInteger pendingShares = new AtomicInteger();
    private final AtomicInteger pendingBlocks = new AtomicInteger();

    private volatile long forced;
    private volatile boolean healthy = true;
    private volatile boolean closing;
    private volatile boolean stopped;

    // Of the writer thread alone.
    private long boundary;
    private long boundaryNanos;

    private ShareLogWriter(
            ShareLogSettings settings,
            LogFiles files,
            PoolClock clock,
            LogMetrics metrics,
            LogId id,
            Path directory,
            LogFiles.LogLock lock) {
        this.settings = settings;
        this.clock = clock;
        this.metrics = metrics;
        this.id = id;
        this.directory = directory;
        this.lock = lock;
        segments = new SegmentChain(settings, files, clock, id, directory);
        boundaryNanos = clock.nanos();
        thread = Thread.ofPlatform().name("share-log").daemon().unstarted(this::run);
    }

    /**
     * Begins the log of this process: a new id, its directory and lock, its first segment.
     *
     * @throws IOException when it cannot be written; the process should not start then
     */
    public static ShareLogWriter open(
            ShareLogSettings settings, LogFiles files, SecureRandom random, PoolClock clock, CollectorRegistry metrics)
            throws IOException {
        for (int attempt = 0; attempt < LOG_ID_ATTEMPTS; attempt++) {
            LogId id = LogId.random(random);
            Path directory = settings.directory().resolve(id.toString());
            files.createDirectory(directory);
            // Another process that looks for dead logs may hold the lock of an empty directory for a moment.
            Optional<LogFiles.LogLock> lock = files.lock(directory.resolve(DeadLogs.LOCK_FILE));
            if (lock.isPresent()) {
                return start(settings, files, clock, metrics, id, directory, lock.get());
            }
        }
        throw new IOException("no directory for a share log could be locked under " + settings.directory());
    }

    private static ShareLogWriter start(
            ShareLogSettings settings,
            LogFiles files,
            PoolClock clock,
            CollectorRegistry registry,
            LogId id,
            Path directory,
            LogFiles.LogLock lock)
            throws IOException {
        LogMetrics metrics = new LogMetrics(registry);
        ShareLogWriter writer = new ShareLogWriter(settings, files, clock, metrics, id, directory, lock);
        try {
            writer.segments.forTurn(0);
        } catch (IOException | RuntimeException e) {
            metrics.close();
            lock.close();
            throw new IOException("the share log cannot be written in " + directory + ": " + e.getMessage(), e);
        }
        writer.thread.start();
        return writer;
    }

    @Override
    public LogId id() {
        return id;
    }

    /** Where its segments are. */
    public Path directory() {
        return directory;
    }

    @Override
    public long forcedOffset() {
        return forced;
    }

    @Override
    public boolean healthy() {
        return healthy;
    }

    @Override
    public void append(List<? extends Loggable> shares, ForceCallback callback) {
        if (reserve(pendingShares, shares.size(), PENDING_SHARES_MAX)) {
            metrics.pending(pendingShares.get());
            enqueue(new PendingAppend.Shares(shares, callback));
        } else {
            fail(callback, new IOException("more than " + PENDING_SHARES_MAX + " shares wait for the disk"));
        }
    }

    @Override
    public void appendBlock(LogRecord.BlockFound block, Job job, ForceCallback callback) {
        if (reserve(pendingBlocks, 1, PENDING_BLOCKS_MAX)) {
            enqueue(new PendingAppend.Block(block, job, callback));
        } else {
            fail(callback, new IOException("more than " + PENDING_BLOCKS_MAX + " blocks wait for the disk"));
        }
    }

    private static boolean reserve(AtomicInteger pending, int count, int max) {
        if (pending.addAndGet(count) <= max) {
            return true;
        }
        pending.addAndGet(-count);
        return false;
    }

    private void enqueue(PendingAppend append) {
        if (closing) {
            finish(append, closed());
            return;
        }
        queue.add(append);
        // The writer may have looked for the last time before this came: then nobody else will answer it.
        if (stopped && queue.remove(append)) {
            finish(append, closed());
        }
    }

    private static IOException closed() {
        return new IOException("the share log is closed");
    }

    private void run() {
        try {
            boolean last = false;
            while (!last) {
                List<PendingAppend> turn = gather();
                last = closing && queue.isEmpty();
                commit(turn, last);
            }
        } finally {
            stopped = true;
            for (PendingAppend left = queue.poll(); left != null; left = queue.poll()) {
                finish(left, closed());
            }
            segments.abandon();
            metrics.close();
            try {
                lock.close();
            } catch (IOException e) {
                LOG.warn("The lock of share log {} ends only with this process", directory, e);
            }
        }
    }

    /** Waits for an append, the next CUT or the end, and takes all that is there. */
    private List<PendingAppend> gather() {
        List<PendingAppend> turn = new ArrayList<>();
        PendingAppend next;
        try {
            next = closing ? queue.poll() : queue.poll(waitNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            LOG.warn("The share-log thread was interrupted; the log is closed");
            closing = true;
            next = queue.poll();
        }
        int shares = 0;
        while (next != null) {
            turn.add(next);
            shares += next instanceof PendingAppend.Shares some ? some.shares().size() : 1;
            boolean full = shares >= TURN_SHARES_MAX || turn.size() >= TURN_APPENDS_MAX;
            next = full ? null : queue.poll();
        }
        return turn;
    }

    private long waitNanos() {
        long most = Math.min(IDLE_WAIT.toNanos(), settings.cutInterval().toNanos());
        if (forced == boundary || !healthy) {
            return most;
        }
        long left = settings.cutInterval().toNanos() - (clock.nanos() - boundaryNanos);
        return Math.clamp(left, TimeUnit.MILLISECONDS.toNanos(1), most);
    }

    private void commit(List<PendingAppend> turn, boolean last) {
        List<PendingAppend> waiting = new ArrayList<>(turn);
        Exception failure = null;
        try {
            if (!turn.isEmpty() || cutIsDue(forced, boundary, last) || !healthy) {
                write(waiting, last);
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        } catch (Error e) {
            // Out of memory, say: whoever waits must be told, and the log must go on.
            failure = new IOException("the share-log thread failed: " + e, e);
        }
        if (failure != null) {
            recover(failure);
        }
        for (PendingAppend append : waiting) {
            finish(append, failure);
        }
    }

    /** Writes and forces; an append that cannot be encoded is answered and leaves the list. */
    private void write(List<PendingAppend> waiting, boolean last) throws IOException {
        OpenSegment segment = segments.forTurn(forced);
        TurnEncoder encoder = new TurnEncoder(segment, forced, boundary, buffer, append);
        waiting.removeIf(append -> !encode(append, encoder));
        if (cutIsDue(encoder.end(), encoder.boundary(), last)) {
            encoder.cut(clock.epochMillis());
        }
        segment.write(encoder.groups(), encoder.size());
        long before = clock.nanos();
        segment.force();
        long now = clock.nanos();
        metrics.forced(now - before);
        if (encoder.boundary() != boundary) {
            boundary = encoder.boundary();
            boundaryNanos = now;
        }
        forced = encoder.end();
        if (!healthy) {
            healthy = true;
            LOG.info("The share log in {} is written again", directory);
        }
    }

    private boolean encode(PendingAppend append, TurnEncoder encoder) {
        try {
            switch (append) {
                case PendingAppend.Shares some -> encoder.shares(some.shares());
                case PendingAppend.Block found -> encoder.block(found.block(), found.job());
            }
            return true;
        } catch (RuntimeException e) {
            LOG.error("A defect: what was given to the share log cannot be written, and is refused", e);
            finish(append, e);
            return false;
        }
    }

    private boolean cutIsDue(long end, long start, boolean last) {
        return end > start
                && (last
                        || end - start >= ENTRY_BYTES_MAX
                        || clock.nanos() - boundaryNanos
                                >= settings.cutInterval().toNanos());
    }

    /** After a failure: nothing more goes to that segment, and what it holds unforced is cut off by the next at once. */
    private void recover(Exception failure) {
        metrics.failed();
        if (healthy) {
            healthy = false;
            LOG.error(
                    "The share log in {} cannot be written: {}. Shares are refused until it can be: free space on that "
                            + "disk, or look at the system's log for its errors",
                    directory,
                    failure.getMessage(),
                    failure);
        }
        segments.endFailed(failure, forced);
    }

    private void finish(PendingAppend append, @Nullable Exception failure) {
        switch (append) {
            case PendingAppend.Shares some ->
                metrics.pending(pendingShares.addAndGet(-some.shares().size()));
            case PendingAppend.Block _ -> pendingBlocks.decrementAndGet();
        }
        if (failure != null) {
            fail(append.callback(), failure);
            return;
        }
        try {
            append.callback().forced();
        } catch (RuntimeException | Error e) {
            LOG.error("A defect: a callback of the share log failed", e);
        }
    }

    private static void fail(ForceCallback callback, Exception failure) {
        try {
            callback.failed(failure);
        } catch (RuntimeException | Error e) {
            LOG.error("A defect: a callback of the share log failed", e);
        }
    }

    @Override
    public void close() {
        closing = true;
        queue.add(new PendingAppend.Shares(List.of(), new NoCallback()));
        if (Thread.currentThread().equals(thread)) {
            return;
        }
        try {
            if (!thread.join(CLOSE_WAIT)) {
                LOG.error(
                        "The share log in {} did not close within {}: its disk does not answer", directory, CLOSE_WAIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Wakes the writer: an append of nothing. */
    private record NoCallback() implements ForceCallback {
        @Override
        public void forced() {
            // Nobody waits for it.
        }

        @Override
        public void failed(Exception cause) {
            // Nobody waits for it.
        }
    }
}
