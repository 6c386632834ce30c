package org.motepool.pool.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into an orderly stop: the process ends when the command has closed everything, or after a
 * bound. Thread-safe.
 */
final class StopSignal {
    private static final Duration CLOSE_MAX = Duration.ofSeconds(60);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    StopSignal() {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::stop));
    }

    private void stop() {
        asked.countDown();
        try {
            if (!closed.await(CLOSE_MAX.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("mote: closing takes too long, stopping anyway");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As a signal would. */
    void ask() {
        asked.countDown();
    }

    void await() throws InterruptedException {
        asked.await();
    }

    /** True when asked to stop within the time. */
    boolean await(Duration time) throws InterruptedException {
        return asked.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** To be called when everything is closed, also on the way out after a failure. */
    void done() {
        closed.countDown();
    }
}
