package org.motepool.stratum.outbox;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.motepool.core.time.PoolClock;
import org.motepool.store.Store;
import org.motepool.store.StoreException;
import org.motepool.validator.log.CorruptLogException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the log that this process writes, on a virtual thread of its own. The log is only read and never waits for it.
 */
final class Outbox implements AutoCloseable {
    /** What a closing process grants its last sending; the next start sends the rest. */
    static final Duration LAST_SENDING_MAX = Duration.ofSeconds(5);

    private static final Duration END_MAX = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final SentLog log;
    private final LogSender sender;
    private final OutboxMetrics metrics;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    Outbox(SentLog log, Store store, PoolClock clock, OutboxMetrics metrics) {
        this.log = log;
        this.metrics = metrics;
        sender = new LogSender(log, store, clock, metrics);
        thread = Thread.ofVirtual().name("outbox").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        Pace pace = new Pace(closing, LOG);
        boolean last = false;
        try (sender) {
            while (true) {
                try {
                    sender.step(() -> Thread.currentThread().isInterrupted());
                    pace.worked();
                } catch (CorruptLogException e) {
                    metrics.haltedOne();
                    LOG.error(
                            "the share log of this process is corrupt and is no longer sent, its further work is not"
                                    + " credited: {}. Keep {} as it is and start the node again with a new log",
                            e.getMessage(),
                            log.directory());
                    return;
                } catch (StoreException | IOException e) {
                    pace.failed(e);
                } catch (RuntimeException e) {
                    LOG.error("A defect in the outbox; it tries again", e);
                    pace.failed(e);
                }
                if (last) {
                    return;
                }
                // Once more after the signal: the log is closed by then, and ends in a CUT.
                last = pace.closingBeforeNextTurn();
            }
        } catch (IOException e) {
            LOG.warn("the share log's reader did not close: {}", e.getMessage());
        }
    }

    /** Sends what is left, within {@link #LAST_SENDING_MAX}. */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (!thread.join(LAST_SENDING_MAX)) {
                LOG.info("the rest of share log {} is sent at the next start", log.source());
                thread.interrupt();
                thread.join(END_MAX);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
