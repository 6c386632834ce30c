package org.motepool.store.redis;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.motepool.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens and verifies the link whenever it is not, on a virtual thread: readiness, which makes no calls, comes back by
 * itself. Thread-safe.
 */
final class LinkKeeper {
    /** Between two looks, and after a look in vain. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(LinkKeeper.class);

    private final RedisLink link;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("store-keeper").unstarted(this::run);
    private volatile boolean ending;

    LinkKeeper(RedisLink link) {
        this.link = link;
    }

    void start() {
        thread.start();
    }

    /** Redis was just reached: look at once. */
    void wake() {
        wake.release();
    }

    private void run() {
        try {
            while (!ending) {
                if (!look()) {
                    // Its own connects wake it; without this, a server that refuses would be asked without a pause.
                    wake.drainPermits();
                }
                if (wake.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the store's keeper was interrupted and ends", e);
        }
    }

    private boolean look() {
        if (link.connected()) {
            return true;
        }
        try {
            var _ = link.ready();
            return true;
        } catch (StoreException e) {
            LOG.debug("the store is not ready: {}", e.getMessage());
            return false;
        }
    }

    /** No more looks. */
    void end() {
        ending = true;
        wake.release();
    }

    /** Waits for the look under way; after {@link #end}. */
    void join(Duration bound) {
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        try {
            if (!thread.join(bound)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
