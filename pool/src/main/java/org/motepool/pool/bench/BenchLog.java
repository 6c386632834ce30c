package org.motepool.pool.bench;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.motepool.chain.Chain;
import org.motepool.chain.devnet.DevnetChain;
import org.motepool.chain.devnet.DevnetSettings;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.chain.template.CoinbaseBuilder;
import org.motepool.core.account.Scheme;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.time.PoolClock;
import org.motepool.validator.log.LogFiles;
import org.motepool.validator.log.ShareLog;
import org.motepool.validator.log.ShareLogSettings;
import org.motepool.validator.log.ShareLogWriter;

/**
 * Writes a valid share log of the bench network, as long as one likes: there every hash is of the lowest level, so nothing
 * needs to be mined. All but the devices is real: template, coinbase, writer, disk. Used once; not thread-safe.
 */
public final class BenchLog {
    /** As many as devices send in the half minute that a job lives, 3,000 a second of them. */
    private static final int SHARES_PER_JOB = 100_000;
    /** Handed over at once. */
    private static final int BATCH_SHARES = 2_048;
    /** Half of what the writer takes, so that it never refuses. */
    private static final int BATCHES_WAITING_MAX = ShareLogWriter.PENDING_SHARES_MAX / BATCH_SHARES / 2;

    private static final int JOB_SECONDS = 30;
    private static final int PATIENCE_SECONDS = 60;
    /** P2WPKH of nobody: nothing is ever paid to it. */
    private static final Bytes PAYEE = Bytes.ofHex("0014" + "00".repeat(20));

    private final Chain chain;
    private final ShareLogWriter log;
    private final BenchShares shares;

    /**
     * What was written.
     *
     * @param bytes of groups, segment headers left out
     * @param branches of every job
     */
    public record Written(Path directory, long shares, long bytes, int branches) {}

    private BenchLog(Chain chain, ShareLogWriter log, BenchShares shares) {
        this.chain = chain;
        this.log = log;
        this.shares = shares;
    }

    /**
     * Writes a log under {@code data/shares}.
     *
     * @param transactions of the template: 3000 make a merkle branch of 12
     * @throws IOException when the disk does not take it
     */
    public static Written write(Path data, long count, int transactions, long seed)
            throws IOException, InterruptedException {
        DevnetSettings network = DevnetSettings.bench(transactions);
        CollectorRegistry registry = new CollectorRegistry();
        try (Chain chain = DevnetChain.open(network, PoolClock.SYSTEM, registry);
                ShareLogWriter log = ShareLogWriter.open(
                        ShareLogSettings.of(
                                data.resolve("shares"), network.network().id(), network.powShift()),
                        LogFiles.DISK,
                        new SecureRandom(),
                        PoolClock.SYSTEM,
                        registry)) {
            return new BenchLog(chain, log, new BenchShares(seed)).write(count);
        }
    }

    private Written write(long count) throws IOException, InterruptedException {
        BlockTemplate template = template();
        CoinbaseBuilder coinbase = new CoinbaseBuilder(PAYEE, "/motepool/", log.id(), BenchShares.EXTRANONCE_BYTES);
        Forced forced = new Forced(BATCHES_WAITING_MAX);
        long written = 0;
        Job late = coinbase.build(template, 0, template.curTime(), Scheme.PPLNS);
        for (int number = 1; written < count; number++) {
            Job job = coinbase.build(template, number, template.curTime() + number * JOB_SECONDS, Scheme.PPLNS);
            long end = Math.min(count, written + SHARES_PER_JOB);
            while (written < end) {
                int size = (int) Math.min(BATCH_SHARES, end - written);
                List<ShareLog.LoggedShare> batch = new ArrayList<>(size);
                for (int i = 0; i < size; i++) {
                    batch.add(shares.next(job, late));
                }
                forced.takeRoom();
                log.append(batch, forced);
                written += size;
            }
            late = job;
        }
        forced.awaitAll();
        return new Written(
                log.directory(), written, log.forcedOffset(), template.branch().size());
    }

    private BlockTemplate template() throws IOException, InterruptedException {
        CompletableFuture<BlockTemplate> first = new CompletableFuture<>();
        chain.start((template, newTip) -> first.complete(template));
        try {
            return first.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the bench network gave no template", e);
        }
    }
}
