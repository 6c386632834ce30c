package org.motepool.validator.audit;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The threads that prove, with a bounded queue before them. Used by one thread at a time. */
final class Provers implements AutoCloseable {
    /** Chunks read ahead of each thread. */
    private static final int QUEUED_PER_THREAD = 3;
    /** A chunk takes milliseconds; a prover that needs so long does not work at all. */
    private static final long PATIENCE_SECONDS = 600;

    private final ExecutorService threads;
    private final int roomTotal;
    private final Semaphore room;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Provers(int count) {
        threads = Executors.newFixedThreadPool(
                count, Thread.ofPlatform().name("audit-prover-", 0).daemon().factory());
        roomTotal = count * (1 + QUEUED_PER_THREAD);
        room = new Semaphore(roomTotal);
    }

    /** Waits for room in the queue. */
    void submit(Runnable work) throws InterruptedException {
        take(1);
        threads.execute(() -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            } finally {
                room.release();
            }
        });
    }

    /** Waits until all that was submitted is done. */
    void await() throws InterruptedException {
        take(roomTotal);
        room.release(roomTotal);
        rethrow();
    }

    private void take(int permits) throws InterruptedException {
        rethrow();
        if (!room.tryAcquire(permits, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("proving shares stands still for " + PATIENCE_SECONDS + " s");
        }
    }

    private void rethrow() {
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException("shares could not be proven: " + thrown, thrown);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
