package org.motepool.chain.node;

import java.time.Duration;

/** Waits for threads that were told to end. */
final class Joins {
    /** Long enough for a listener to finish its turn; a thread that takes longer is left behind, not waited for. */
    private static final Duration JOIN_MAX = Duration.ofSeconds(5);

    private Joins() {}

    static void await(Thread thread) {
        if (Thread.currentThread().equals(thread)) {
            return;
        }
        try {
            thread.join(JOIN_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
