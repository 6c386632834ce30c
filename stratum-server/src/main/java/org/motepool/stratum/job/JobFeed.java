package org.motepool.stratum.job;

import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.motepool.chain.Chain;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.chain.template.CoinbaseBuilder;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.block.Job;
import org.motepool.core.time.PoolClock;
import org.motepool.stratum.stats.StratumMetrics;
import org.motepool.stratum.vardiff.DeviceClass;
import org.motepool.validator.hash.ShareHasher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns templates into jobs and hands each to all event loops. A new tip gives a job at once; a changed template, or a
 * connection that needs another job, at most one a second. Thread-safe.
 */
public final class JobFeed implements Chain.TemplateListener, AutoCloseable {
    /** At most one a second is made, so every job lives 10 minutes and more within its tip. */
    public static final int JOBS_KEPT_MAX = 1024;

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Logger LOG = LoggerFactory.getLogger(JobFeed.class);

    private final JobBuilder builder;
    private final ShareHasher hasher;
    private final PoolClock clock;
    private final StratumMetrics metrics;
    private final ByteBufAllocator allocator;
    private final List<Listener> listeners = new ArrayList<>();
    private final Deque<LiveJob> kept = new ArrayDeque<>();
    private final Set<String> troublesTold = new HashSet<>();
    private final ScheduledExecutorService refresher;

    private final AtomicInteger nextNumber;
    private final int feeBasisPoints;
    private final SoloAccounts soloAccounts = new SoloAccounts();
    private @Nullable BlockTemplate template;
    private long templateAt;
    private long lastMade;
    private boolean refreshPending;
    private boolean closed;
    private @Nullable PublishedJob latest;
    private volatile long tip;

    /** An event loop that serves connections. */
    public interface Listener {
        /** A new job. Called with the feed's lock held: hand over and return. The listener owns one reference. */
        void onJob(PublishedJob job);
    }

    /** @param refresher where fresh jobs are made; the feed shuts it down */
    public JobFeed(
            JobBuilder builder,
            ShareHasher hasher,
            PoolClock clock,
            StratumMetrics metrics,
            int firstJobNumber,
            int feeBasisPoints,
            ByteBufAllocator allocator,
            ScheduledExecutorService refresher) {
        this.builder = builder;
        this.hasher = hasher;
        this.clock = clock;
        this.metrics = metrics;
        this.nextNumber = new AtomicInteger(firstJobNumber);
        this.feeBasisPoints = feeBasisPoints;
        this.allocator = allocator;
        this.refresher = refresher;
    }

    /** Adds a listener; it hears of the newest job at once, if there is one. */
    public synchronized void join(Listener listener) {
        listeners.add(listener);
        if (latest != null) {
            latest.retain();
            listener.onJob(latest);
        }
    }

    /** Serial of the newest tip: jobs of any other are stale. */
    public long tip() {
        return tip;
    }

    @Override
    public synchronized void onTemplate(BlockTemplate next, boolean newTip) {
        boolean changesTip = newTip || template == null || !template.prevHash().equals(next.prevHash());
        template = next;
        templateAt = clock.nanos();
        if (changesTip) {
            tip++;
            kept.clear();
            make(true, templateAt);
        } else {
            demand();
        }
    }

    /** Asks for a job newer than the newest; it comes within a second, to all loops. */
    public synchronized void demand() {
        if (refreshPending || closed || template == null) {
            return;
        }
        long wait = Math.clamp(lastMade + FRESH_NANOS - clock.nanos(), 0, FRESH_NANOS);
        refreshPending = true;
        try {
            var _ = refresher.schedule(this::refresh, wait, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            refreshPending = false;
        }
    }

    private synchronized void refresh() {
        refreshPending = false;
        if (!closed) {
            make(false, clock.nanos());
        }
    }

    private void make(boolean newTip, long knownAt) {
        BlockTemplate base = template;
        if (base == null || closed) {
            return;
        }
        PublishedJob published;
        try {
            published = publish(base, newTip, knownAt);
        } catch (RuntimeException e) {
            metrics.jobFailures.inc();
            LOG.error(
                    "no job could be made of the template at height {}: devices keep their old work", base.height(), e);
            return;
        }
        lastMade = clock.nanos();
        metrics.jobs.labels(newTip ? "block" : "refresh").inc();
        for (Listener listener : listeners) {
            published.retain();
            listener.onJob(published);
        }
        if (latest != null) {
            latest.release();
        }
        latest = published;
    }

    private PublishedJob publish(BlockTemplate base, boolean newTip, long knownAt) {
        Job job = builder.build(base, nextNumber.getAndIncrement(), ntime(base));
        LiveJob live = new LiveJob(job, base, hasher.prepare(job), feeBasisPoints, tip);
        PublishedJob published = new PublishedJob(live, newTip, knownAt, allocator, this::solo);
        checkBudget(job, published.lineBytes());
        kept.addLast(live);
        if (kept.size() > JOBS_KEPT_MAX) {
            kept.removeFirst().expire();
        }
        return published;
    }

    private void checkBudget(Job job, int lineBytes) {
        for (DeviceClass each : DeviceClass.values()) {
            for (String budget : each.budget().broken(job, lineBytes)) {
                metrics.jobsOverBudget.labels(each.label(), budget).inc();
                if (troublesTold.add(each.label() + ' ' + budget)) {
                    LOG.error(
                            "job over the {} budget of class {}: notify line {} bytes, coinbase {} bytes, {} branches;"
                                    + " such devices cannot mine it: shorten the pool tag or use a P2WPKH payout address",
                            budget,
                            each.label(),
                            lineBytes,
                            job.coinbaseBytes(),
                            job.branch().size());
                }
            }
        }
    }

    /** Cuts a miner's own job; on any event loop. */
    private LiveJob solo(LiveJob common, PayoutAddress miner, boolean small) {
        CoinbaseBuilder.Solo cut =
                builder.solo(common.job(), common.template(), nextNumber.getAndIncrement(), miner.script(), small);
        metrics.jobs.labels("solo").inc();
        return new LiveJob(common, cut.job(), cut.feeBasisPoints(), hasher);
    }

    /** Who mines alone on this node. */
    public SoloAccounts soloAccounts() {
        return soloAccounts;
    }

    /** The node's clock, moved on: the chain judges by the nodes' clocks, not by ours. */
    private int ntime(BlockTemplate base) {
        long elapsed = TimeUnit.NANOSECONDS.toSeconds(clock.nanos() - templateAt);
        long now = Integer.toUnsignedLong(base.curTime()) + elapsed;
        return (int) Math.max(now, Integer.toUnsignedLong(base.minTime()));
    }

    @Override
    public synchronized void close() {
        closed = true;
        refresher.shutdownNow();
        listeners.clear();
        kept.clear();
        if (latest != null) {
            latest.release();
            latest = null;
        }
    }
}
