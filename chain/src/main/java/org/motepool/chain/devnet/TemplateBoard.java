package org.motepool.chain.devnet;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.motepool.chain.Chain.TemplateListener;
import org.motepool.chain.template.BlockTemplate;

/** The newest template, and a bell for those who wait for a newer one. Thread-safe. */
final class TemplateBoard implements TemplateListener {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable BlockTemplate newest;
    private long number;
    private boolean closed;

    /** @param number counts templates up: tells this one from others */
    record Posted(BlockTemplate template, long number) {}

    @Override
    public void onTemplate(BlockTemplate template, boolean newTip) {
        lock.lock();
        try {
            newest = template;
            number++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The newest that is not number {@code known}; after {@code wait} whatever there is. Empty once closed. */
    Optional<Posted> awaitOther(long known, Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = wait.toNanos();
            while (!closed && (newest == null || number == known) && left > 0) {
                left = changed.awaitNanos(left);
            }
            return newest == null || closed ? Optional.empty() : Optional.of(new Posted(newest, number));
        } finally {
            lock.unlock();
        }
    }

    /** Sends all that wait away. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** So long a first template may take. */
    static final Duration FIRST_MAX = Duration.ofSeconds(10);
}
