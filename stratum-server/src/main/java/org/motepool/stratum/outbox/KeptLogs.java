package org.motepool.stratum.outbox;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.motepool.core.time.PoolClock;
import org.motepool.store.Store;
import org.motepool.store.StoreException;
import org.motepool.validator.log.DeadLogs;
import org.motepool.validator.log.LogExpiry;
import org.motepool.validator.log.LogFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frees the disk of shares that have been kept long enough, on a virtual thread of its own. Only what the journal holds
 * goes: the node's own log below its mark, and logs of former processes that are finished.
 */
final class KeptLogs implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofHours(1);
    private static final Duration END_MAX = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(KeptLogs.class);

    private final OutboxSettings settings;
    private final SentLog live;
    private final Store store;
    private final PoolClock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    KeptLogs(OutboxSettings settings, SentLog live, Store store, PoolClock clock) {
        this.settings = settings;
        this.live = live;
        this.store = store;
        this.clock = clock;
        thread = Thread.ofVirtual().name("outbox-kept").unstarted(this::run);
    }

    /** Does nothing where shares are kept for ever. */
    void start() {
        if (settings.keep().isPositive()) {
            thread.start();
        }
    }

    private void run() {
        try {
            do {
                try {
                    turn();
                } catch (IOException | StoreException | RuntimeException e) {
                    LOG.warn("old shares could not be deleted, the next try is in an hour: {}", e.getMessage(), e);
                }
            } while (!closing.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks at all logs of this node once. */
    void turn() throws IOException, StoreException {
        long writtenBefore = clock.epochMillis() - settings.keep().toMillis();
        OptionalLong mark = store.journalMarks().mark(live.source());
        if (mark.isPresent()) {
            told(live.directory(), new LogExpiry(mark.getAsLong(), writtenBefore).ofLog(live.directory()));
        }
        Path own = live.directory().toAbsolutePath().normalize();
        for (Path path : DeadLogs.directories(settings.sharesDir(), LogFiles.DISK)) {
            Path directory = path.toAbsolutePath().normalize();
            if (directory.equals(own)) {
                continue;
            }
            try {
                OptionalLong finished = LogNotes.read(directory, LogNotes.FINISHED);
                if (finished.isPresent()
                        && new LogExpiry(finished.getAsLong(), writtenBefore).ofFinishedLog(directory) == 0) {
                    remove(directory);
                }
            } catch (IOException e) {
                // One sick log must not keep the others on the disk.
                LOG.warn("old shares in {} could not be deleted: {}", directory, e.getMessage());
            }
        }
    }

    /** The note that it is finished goes last: without it, what is left would be taken for a log to be sent. */
    private static void remove(Path directory) throws IOException {
        for (String name : List.of(DeadLogs.LOCK_FILE, LogNotes.SHARD, LogNotes.FINISHED)) {
            Files.deleteIfExists(directory.resolve(name));
        }
        try {
            Files.delete(directory);
            LOG.info("share log {} was kept long enough and is deleted", directory.getFileName());
        } catch (DirectoryNotEmptyException e) {
            LOG.warn("share log {} is deleted, but something else stands in its directory", directory);
        } catch (NoSuchFileException e) {
            LOG.debug("another process has deleted {}", directory, e);
        }
    }

    private static void told(Path directory, int deleted) {
        if (deleted > 0) {
            LOG.info(
                    "{} segments of share log {} were kept long enough and are deleted",
                    deleted,
                    directory.getFileName());
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            if (thread.isAlive() && !thread.join(END_MAX)) {
                thread.interrupt();
                thread.join(END_MAX);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
