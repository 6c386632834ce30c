package org.motepool.stratum.outbox;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/** The rhythm of a sending thread: about once a second, more slowly while the store is away. Used by that thread. */
final class Pace {
    private static final Duration TURN = Duration.ofSeconds(1);
    private static final Duration TROUBLE_MAX = Duration.ofSeconds(10);

    private final CountDownLatch closing;
    private final Logger log;
    private Duration wait = TURN;
    private boolean trouble;

    Pace(CountDownLatch closing, Logger log) {
        this.closing = closing;
        this.log = log;
    }

    void worked() {
        if (trouble) {
            log.info("work is sent to the store again");
        }
        trouble = false;
        wait = TURN;
    }

    /** Says so once for each time of trouble; what fails meanwhile waits in the log. */
    void failed(Exception e) {
        if (!trouble) {
            log.warn("work waits in the share log, it is sent when this is over: {}", e.getMessage());
        } else {
            wait = wait.multipliedBy(2).compareTo(TROUBLE_MAX) < 0 ? wait.multipliedBy(2) : TROUBLE_MAX;
        }
        trouble = true;
    }

    /** Waits for the next turn; true when it is time to end. */
    boolean closingBeforeNextTurn() {
        try {
            return closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
