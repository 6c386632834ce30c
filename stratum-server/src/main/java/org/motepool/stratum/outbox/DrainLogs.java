package org.motepool.stratum.outbox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.motepool.core.time.PoolClock;
import org.motepool.store.Store;
import org.motepool.store.StoreException;
import org.motepool.validator.log.CorruptLogException;
import org.motepool.validator.log.DeadLog;
import org.motepool.validator.log.DeadLogs;
import org.motepool.validator.log.LogFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what processes that are gone left in their logs, on a virtual thread of its own. A log is finished when the journal
 * holds it to its end, never because it was sent.
 */
final class DrainLogs implements AutoCloseable {
    /** Logs held at the same time: each has a lock, an open file and entries in the stream. */
    static final int DRAINING_MAX = 64;

    private static final Duration SCAN_EVERY = Duration.ofMinutes(1);
    private static final Duration END_MAX = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(DrainLogs.class);

    private final OutboxSettings settings;
    private final Path liveDirectory;
    private final Store store;
    private final PoolClock clock;
    private final OutboxMetrics metrics;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private final Map<Path, Draining> draining = new LinkedHashMap<>();
    /** Logs that this process need not look at again: finished, of another chain, or corrupt. One a process start. */
    private final Set<Path> settled = new HashSet<>();

    private long nextScan;

    DrainLogs(OutboxSettings settings, Path liveDirectory, Store store, PoolClock clock, OutboxMetrics metrics) {
        this.settings = settings;
        this.liveDirectory = liveDirectory.toAbsolutePath().normalize();
        this.store = store;
        this.clock = clock;
        this.metrics = metrics;
        nextScan = clock.nanos();
        thread = Thread.ofVirtual().name("outbox-drain").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        Pace pace = new Pace(closing, LOG);
        do {
            try {
                turn(() -> closing.getCount() == 0 || Thread.currentThread().isInterrupted());
                pace.worked();
            } catch (StoreException | IOException e) {
                pace.failed(e);
            } catch (RuntimeException e) {
                LOG.error("A defect in the outbox; it tries again", e);
                pace.failed(e);
            }
        } while (!pace.closingBeforeNextTurn());
        draining.values().forEach(Draining::release);
        draining.clear();
    }

    /** Looks for logs when it is time, and sends a piece of each that is held. */
    void turn(BooleanSupplier stop) throws StoreException, IOException {
        if (clock.nanos() - nextScan >= 0) {
            nextScan = clock.nanos() + SCAN_EVERY.toNanos();
            scan();
        }
        IOException trouble = null;
        for (Iterator<Draining> all = draining.values().iterator(); all.hasNext() && !stop.getAsBoolean(); ) {
            Draining one = all.next();
            try {
                if (isDone(one, stop)) {
                    all.remove();
                    one.release();
                    settled.add(one.log().directory().toAbsolutePath().normalize());
                }
            } catch (IOException e) {
                // One sick file must not keep the other logs waiting.
                trouble = e;
            }
        }
        if (trouble != null) {
            throw trouble;
        }
    }

    private boolean isDone(Draining one, BooleanSupplier stop) throws StoreException, IOException {
        try {
            one.sender().step(stop);
        } catch (CorruptLogException | RuntimeException e) {
            halted(one.log().directory(), e);
            return true;
        }
        if (one.sender().mark() != one.log().end()) {
            return false;
        }
        LogNotes.write(one.log().directory(), LogNotes.FINISHED, one.log().end());
        LOG.info("share log {} is journaled to its end and finished", one.log().id());
        return true;
    }

    private void scan() throws IOException {
        for (Path path : DeadLogs.directories(settings.sharesDir(), LogFiles.DISK)) {
            Path directory = path.toAbsolutePath().normalize();
            if (draining.size() >= DRAINING_MAX) {
                return;
            }
            if (directory.equals(liveDirectory) || draining.containsKey(directory) || settled.contains(directory)) {
                continue;
            }
            try {
                if (LogNotes.read(directory, LogNotes.FINISHED).isPresent()) {
                    settled.add(directory);
                } else {
                    take(directory);
                }
            } catch (CorruptLogException e) {
                halted(directory, e);
                settled.add(directory);
            } catch (IOException e) {
                // One sick file must not keep the other logs waiting.
                LOG.warn(
                        "share log {} could not be opened, the next look is in a minute: {}",
                        directory,
                        e.getMessage());
            }
        }
    }

    private void take(Path directory) throws IOException {
        Optional<DeadLog> taken = DeadLogs.tryTake(directory, LogFiles.DISK);
        if (taken.isEmpty()) {
            return;
        }
        DeadLog log = taken.get();
        boolean kept = false;
        try {
            if (!log.chain().equals(settings.chainId())) {
                LOG.warn(
                        "share log {} is of chain {}, this pool of {}: it is left alone; start a pool of that chain on"
                                + " this data directory to have its work credited",
                        directory,
                        log.chain(),
                        settings.chainId());
                settled.add(directory);
                return;
            }
            SentLog sent = SentLog.dead(
                    log,
                    LogNotes.shardOf(
                            directory, settings.shard(), store.workStream().shards()));
            draining.put(directory, new Draining(log, new LogSender(sent, store, clock, metrics)));
            LOG.info("draining share log {}, which a former process left", log.id());
            kept = true;
        } finally {
            if (!kept) {
                log.close();
            }
        }
    }

    private void halted(Path directory, Exception e) {
        metrics.haltedOne();
        LOG.error(
                "share log {} is corrupt and is not sent, its work that is not journaled is not credited: {}."
                        + " Put back a copy of the file named, then restart this node",
                directory,
                e.getMessage(),
                e);
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            if (!thread.join(END_MAX)) {
                thread.interrupt();
                thread.join(END_MAX);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private record Draining(DeadLog log, LogSender sender) {
        void release() {
            try (log;
                    sender) {
                LOG.debug("share log {} is let go", log.id());
            } catch (IOException e) {
                LOG.warn("share log {} was not closed cleanly: {}", log.id(), e.getMessage());
            }
        }
    }
}
