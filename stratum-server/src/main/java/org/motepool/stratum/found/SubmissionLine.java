package org.motepool.stratum.found;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Found blocks on their way to the nodes: some at once, the others wait, the newest tip's first. Where every share is a
 * block, a new tip's block then never waits behind those that can only be stale. Thread-safe.
 */
final class SubmissionLine implements AutoCloseable {
    /** Blocks that are being submitted: each may be held as 4 MB and twice that in hex. */
    static final int AT_ONCE_MAX = 32;
    /** Blocks that wait, half a kilobyte each: the template they are assembled from is shared. */
    static final int WAITING_MAX = 8192;

    /** How long {@link #close} waits for answers of the nodes. */
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(SubmissionLine.class);
    private static final Comparator<Waiting> NEWEST_TIP_FIRST =
            Comparator.comparingLong(Waiting::tip).reversed().thenComparingLong(Waiting::serial);

    private final int atOnceMax;
    private final int waitingMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final TreeSet<Waiting> waiting = new TreeSet<>(NEWEST_TIP_FIRST);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("block-submit-", 0).factory());
    private int running;
    private long serial;
    private boolean closed;

    /** One block to submit. */
    interface Submission {
        /** Submits it; called on a virtual thread, may block. */
        void run();

        /** It gave its place to a block of a newer tip. */
        void superseded();
    }

    private record Waiting(long tip, long serial, Submission submission) {}

    SubmissionLine() {
        this(AT_ONCE_MAX, WAITING_MAX);
    }

    SubmissionLine(int atOnceMax, int waitingMax) {
        this.atOnceMax = atOnceMax;
        this.waitingMax = waitingMax;
    }

    /**
     * Has the block submitted as soon as it can be; never blocks.
     *
     * @param tip serial of the tip that it builds on
     * @return false when it never is: the line is full of blocks of this tip or newer ones, or it is closed
     */
    boolean offer(long tip, Submission submission) {
        Optional<Waiting> superseded = Optional.empty();
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            Waiting mine = new Waiting(tip, serial++, submission);
            if (running < atOnceMax) {
                running++;
                threads.execute(() -> run(mine));
                return true;
            }
            if (waiting.size() >= waitingMax) {
                if (waiting.isEmpty() || waiting.last().tip() >= tip) {
                    return false;
                }
                superseded = Optional.ofNullable(waiting.pollLast());
            }
            waiting.add(mine);
        } finally {
            lock.unlock();
        }
        superseded.ifPresent(each -> each.submission().superseded());
        return true;
    }

    private void run(Waiting first) {
        for (Waiting each = first; each != null; each = next()) {
            try {
                each.submission().run();
            } catch (RuntimeException e) {
                LOG.error("a block's submission failed: this is a defect", e);
            }
        }
    }

    private @Nullable Waiting next() {
        lock.lock();
        try {
            Waiting next = waiting.pollFirst();
            if (next == null) {
                running--;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more and waits, with a bound, until all that was taken is submitted. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_WAIT.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("nodes did not answer all submitted blocks within {}; {} wait", CLOSE_WAIT, abandon());
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            abandon();
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private int abandon() {
        lock.lock();
        try {
            int left = waiting.size();
            waiting.clear();
            return left;
        } finally {
            lock.unlock();
        }
    }
}
