package org.motepool.pool.bench;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.motepool.validator.log.ShareLog;

/** Batches that wait for the disk, no more than so many. Thread-safe; one thread waits. */
final class Forced implements ShareLog.ForceCallback {
    private static final int PATIENCE_SECONDS = 120;

    private final int batchesMax;
    private final Semaphore room;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    Forced(int batchesMax) {
        this.batchesMax = batchesMax;
        room = new Semaphore(batchesMax);
    }

    /** Waits until one more batch may be handed over. */
    void takeRoom() throws IOException, InterruptedException {
        take(1);
    }

    /** Waits for all that were handed over. */
    void awaitAll() throws IOException, InterruptedException {
        take(batchesMax);
        room.release(batchesMax);
    }

    private void take(int batches) throws IOException, InterruptedException {
        if (!room.tryAcquire(batches, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("the disk takes nothing for " + PATIENCE_SECONDS + " s");
        }
        Exception failed = failure.get();
        if (failed != null) {
            throw new IOException("shares could not be written: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void forced() {
        room.release();
    }

    @Override
    public void failed(Exception cause) {
        failure.compareAndSet(null, cause);
        room.release();
    }
}
