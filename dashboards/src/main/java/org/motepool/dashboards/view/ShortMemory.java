package org.motepool.dashboards.view;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.motepool.core.time.PoolClock;
import org.motepool.store.StoreException;

/**
 * Remembers what was read from the store for a moment, failures too, so that a crowd of readers costs the store one look
 * a moment. Readers of one key share one look. Thread-safe; {@link #get} blocks for a bounded time.
 */
final class ShortMemory<K, V> {
    /** How a value is read from the store; may block. */
    @FunctionalInterface
    interface Look<K, V> {
        V at(K key) throws StoreException;
    }

    /** A look that has not come back by then is given up, and the next reader starts another. */
    private static final long LOOK_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);

    private static final long WAIT_MILLIS_MAX = 2_000;
    /** Looks at the store at the same time; more would only queue there. */
    private static final int LOOKS_MAX = 32;

    private final Look<K, V> look;
    private final PoolClock clock;
    private final long keptNanos;
    private final ExecutorService threads;
    private final Semaphore looks = new Semaphore(LOOKS_MAX);
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<K, Kept<V>> entries;

    /** @param kept how old a value may be */
    ShortMemory(int entriesMax, Duration kept, PoolClock clock, ExecutorService threads, Look<K, V> look) {
        this.look = look;
        this.clock = clock;
        this.keptNanos = kept.toNanos();
        this.threads = threads;
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Kept<V>> eldest) {
                return size() > entriesMax;
            }
        };
    }

    V get(K key) throws StoreException {
        try {
            return current(key).get(WAIT_MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException defect) {
                throw new IllegalStateException("what the store gave could not be made into a view", defect);
            }
            throw new StoreException("the store could not be read", e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new StoreException("the store did not answer within " + WAIT_MILLIS_MAX + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while reading the store", e);
        }
    }

    private CompletableFuture<V> current(K key) {
        lock.lock();
        try {
            Kept<V> entry = entries.get(key);
            long now = clock.nanos();
            if (entry != null && now - entry.startedNanos() < (entry.value().isDone() ? keptNanos : LOOK_NANOS_MAX)) {
                return entry.value();
            }
            CompletableFuture<V> value = new CompletableFuture<>();
            entries.put(key, new Kept<>(value, now));
            threads.execute(() -> fill(key, value));
            return value;
        } finally {
            lock.unlock();
        }
    }

    private void fill(K key, CompletableFuture<V> value) {
        try {
            looks.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            value.completeExceptionally(e);
            return;
        }
        try {
            value.complete(look.at(key));
        } catch (StoreException | RuntimeException e) {
            value.completeExceptionally(e);
        } finally {
            looks.release();
        }
    }

    /** @param startedNanos when the look began, by the monotonic clock */
    private record Kept<V>(CompletableFuture<V> value, long startedNanos) {}
}
