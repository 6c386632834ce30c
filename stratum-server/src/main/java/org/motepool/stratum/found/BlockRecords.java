package org.motepool.stratum.found;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.motepool.core.hash.Hash256;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.validator.log.ShareLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the records of found blocks into the log, again and again while its disk fails: without its record a block is
 * never credited. Thread-safe.
 */
final class BlockRecords implements AutoCloseable {
    /** Records that wait for the disk: more than a real chain gives in a day. */
    static final int WAITING_MAX = 256;

    /** As often as the log itself tries to go on after a failure. */
    private static final Duration RETRY_EVERY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(BlockRecords.class);

    private final ShareLog log;
    private final Map<Hash256, FoundBlock> waiting = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("block-records").factory());

    BlockRecords(ShareLog log) {
        this.log = log;
    }

    void append(FoundBlock block) {
        LogRecord.BlockFound entry = new LogRecord.BlockFound(
                block.header(),
                block.coinbase(),
                block.job().number(),
                block.job().height(),
                block.job().scheme(),
                block.feeBasisPoints(),
                block.finder().canonical(),
                block.worker());
        Callback callback = new Callback(block);
        try {
            log.appendBlock(entry, block.job(), callback);
        } catch (RuntimeException e) {
            callback.failed(e);
        }
    }

    private void retry(FoundBlock block, Exception cause) {
        if (waiting.size() >= WAITING_MAX && !waiting.containsKey(block.hash())) {
            LOG.error(
                    "the record of block {} is not stored, and too many wait: it is not credited", block.hash(), cause);
            return;
        }
        if (waiting.put(block.hash(), block) == null) {
            LOG.error("the record of block {} was not stored; it is tried again until it is", block.hash(), cause);
        }
        try {
            var _ = timer.schedule(() -> append(block), RETRY_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.error(
                    "the record of block {} is not stored and the node closes: it is not credited",
                    block.hash(),
                    cause);
        }
    }

    /** Tries what waits for the last time. Before the log is closed. */
    @Override
    public void close() {
        timer.shutdownNow();
        waiting.values().forEach(this::append);
    }

    private final class Callback implements ShareLog.ForceCallback {
        private final FoundBlock block;

        Callback(FoundBlock block) {
            this.block = block;
        }

        @Override
        public void forced() {
            if (waiting.remove(block.hash()) != null) {
                LOG.info("the record of block {} is stored now", block.hash());
            }
        }

        @Override
        public void failed(Exception cause) {
            retry(block, cause);
        }
    }
}
