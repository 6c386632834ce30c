package org.motepool.chain.devnet;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.motepool.chain.Chain.TemplateListener;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.core.hash.Hash256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread on which the listener hears of templates: at each new tip, and again while a tip lasts. */
final class TemplateThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TemplateThread.class);
    private static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(5);

    /** Makes the newest template. */
    interface Source {
        /** @param refreshes how often since the tip came, if it is still {@code tip} */
        BlockTemplate template(@Nullable Hash256 tip, int refreshes);
    }

    /** How long a template is left alone, at random between the two. */
    record Pace(Duration shortest, Duration longest) {
        Duration next(Random random) {
            long spread = longest.minus(shortest).toMillis();
            return shortest.plusMillis((long) (random.nextDouble() * spread));
        }
    }

    private final Source source;
    private final TemplateListener listener;
    private final Pace pace;
    private final Random random;
    private final AtomicBoolean queued = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor executor;
    // Below: only on the thread.
    private @Nullable Hash256 told;
    private @Nullable Future<?> refresh;
    private int refreshes;

    TemplateThread(Source source, TemplateListener listener, Pace pace, long seed) {
        this.source = source;
        this.listener = listener;
        this.pace = pace;
        random = new Random(seed);
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("devnet-templates").daemon().factory());
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** The tip may have changed. Never blocks; calls that come together are one. */
    void look() {
        if (!executor.isShutdown() && queued.compareAndSet(false, true)) {
            executor.execute(() -> {
                queued.set(false);
                guarded(this::lookNow);
            });
        }
    }

    /** Nothing that goes wrong once may end the refreshing. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("no template was handed on: the cause below is a defect", e);
        }
    }

    private void lookNow() {
        BlockTemplate template = source.template(told, refreshes);
        if (isNew(template)) {
            tell(template, true);
        }
    }

    private void refreshNow() {
        scheduleRefresh();
        refreshes++;
        BlockTemplate template = source.template(told, refreshes);
        tell(template, isNew(template));
    }

    private void scheduleRefresh() {
        if (refresh != null) {
            refresh.cancel(false);
        }
        try {
            refresh = executor.schedule(
                    () -> guarded(this::refreshNow), pace.next(random).toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("closed meanwhile: no further templates");
        }
    }

    private boolean isNew(BlockTemplate template) {
        return told == null || !template.prevHash().equals(told);
    }

    private void tell(BlockTemplate template, boolean newTip) {
        if (newTip) {
            told = template.prevHash();
            refreshes = 0;
            scheduleRefresh();
        }
        listener.onTemplate(template, newTip);
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_WAIT_MAX.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("a template listener still runs after {}; it is left alone", CLOSE_WAIT_MAX);
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
