package org.motepool.pool.wiring;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.time.PoolClock;
import org.motepool.store.Statements.ShareProof;
import org.motepool.store.Store;
import org.motepool.store.StoreException;
import org.motepool.validator.log.EntryShares;
import org.motepool.validator.log.LogFiles;
import org.motepool.validator.log.ShareLogWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Now and then publishes, for each account in one entry of this process's log, a share with its way to the entry's root:
 * what a statement shows beside its credits.
 */
final class ShareProofs implements AutoCloseable {
    /** Reads one entry of about a second of work each time, and its segment up to there. */
    private static final Duration EVERY = Duration.ofSeconds(60);

    private static final Duration FIRST_AFTER = Duration.ofSeconds(5);
    /** Accounts of one entry that get a proof; the next one serves others. */
    private static final int ACCOUNTS_MAX = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(ShareProofs.class);

    private final ShareLogWriter log;
    private final LogShard source;
    private final Path directory;
    private final Store store;
    private final PoolClock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("share-proofs").factory());

    ShareProofs(ShareLogWriter log, LogShard source, Path directory, Store store, PoolClock clock, boolean fast) {
        this.log = log;
        this.source = source;
        this.directory = directory;
        this.store = store;
        this.clock = clock;
        Duration every = fast ? FIRST_AFTER : EVERY;
        // A failure of one turn is caught in it, so there is nothing to learn from the future.
        var _ = timer.scheduleWithFixedDelay(
                this::publish, FIRST_AFTER.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void publish() {
        try {
            OptionalLong mark = store.journalMarks().mark(source);
            Optional<EntryShares> entry = EntryShares.read(directory, LogFiles.DISK, mark.orElse(0), log::forcedOffset);
            if (entry.isPresent()) {
                store.statements().putShares(proofs(entry.get()));
            }
        } catch (IOException | StoreException e) {
            LOG.debug("no share is proven this time: {}", e.toString());
        } catch (RuntimeException e) {
            LOG.warn("shares cannot be proven", e);
        }
    }

    private List<ShareProof> proofs(EntryShares entry) {
        String root = entry.root().toHex();
        List<ShareProof> proofs = new ArrayList<>();
        entry.first().entrySet().stream()
                .limit(ACCOUNTS_MAX)
                .forEach(each -> proofs.add(new ShareProof(
                        each.getKey(),
                        source.log().toString(),
                        entry.from(),
                        entry.to(),
                        each.getValue().record().toHex(),
                        each.getValue().index(),
                        entry.hashes().size(),
                        entry.path(each.getValue()).stream().map(Bytes::toHex).toList(),
                        root,
                        clock.epochMillis())));
        return proofs;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
