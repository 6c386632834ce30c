package org.motepool.stratum.resume;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.motepool.core.work.Level;
import org.motepool.store.Sessions;
import org.motepool.store.StoreException;
import org.motepool.stratum.resume.ResumeMetrics.LookUp;
import org.motepool.stratum.vardiff.KnownRate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the store what devices' last connections knew: one thread, and all that came while it waited for the store in its
 * next call, so that a storm of devices costs some calls and not one for each. Thread-safe.
 */
final class LookUps implements AutoCloseable {
    private static final int BATCH_MAX = 500;
    private static final Logger LOG = LoggerFactory.getLogger(LookUps.class);

    private final Sessions store;
    private final ResumeMetrics metrics;
    private final BlockingQueue<LookUpOf> waiting = new ArrayBlockingQueue<>(SessionMemory.LOOK_UPS_MAX);
    private final Thread thread;

    LookUps(Sessions store, ResumeMetrics metrics) {
        this.store = store;
        this.metrics = metrics;
        thread = Thread.ofVirtual().name("stratum-resume").start(this::run);
    }

    /**
     * @param loop the caller's event loop, on which {@code then} is called exactly once, now or within the bound of
     *     {@link SessionMemory#LOOK_UP_MAX}
     */
    void ask(Sessions.Claim claim, EventExecutor loop, Consumer<Optional<KnownRate>> then) {
        LookUpOf one = new LookUpOf(claim, loop, then);
        if (!waiting.offer(one)) {
            metrics.count(LookUp.BUSY);
            then.accept(Optional.empty());
            return;
        }
        one.timer = loop.schedule(
                () -> one.give(LookUp.LATE, Optional.empty()),
                SessionMemory.LOOK_UP_MAX.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private void run() {
        List<LookUpOf> batch = new ArrayList<>();
        try {
            while (true) {
                batch.add(waiting.take());
                waiting.drainTo(batch, BATCH_MAX - 1);
                // Whose connection has gone on without would only take the entry from its next one.
                batch.removeIf(LookUpOf::isGiven);
                if (!batch.isEmpty()) {
                    answer(batch);
                }
                batch.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(List<LookUpOf> batch) {
        List<Optional<Sessions.Known>> known = List.of();
        try {
            known = store.take(batch.stream().map(one -> one.claim).toList());
        } catch (StoreException e) {
            LOG.debug("{} look-ups of closed sessions failed: {}", batch.size(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("look-ups of closed sessions failed", e);
        }
        Map<EventExecutor, List<Runnable>> answers = new HashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            LookUpOf one = batch.get(i);
            Optional<Optional<Sessions.Known>> found = i < known.size() ? Optional.of(known.get(i)) : Optional.empty();
            answers.computeIfAbsent(one.loop, _ -> new ArrayList<>()).add(() -> one.give(found));
        }
        answers.forEach((loop, all) -> {
            try {
                loop.execute(() -> all.forEach(Runnable::run));
            } catch (RejectedExecutionException e) {
                LOG.debug("an event loop ended before its look-ups did");
            }
        });
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    /** One connection's. The first to give an answer has given it. Event loop only, but for {@link #isGiven}. */
    private final class LookUpOf {
        final Sessions.Claim claim;
        final EventExecutor loop;
        private final Consumer<Optional<KnownRate>> then;
        private @Nullable Future<?> timer;
        private volatile boolean given;

        LookUpOf(Sessions.Claim claim, EventExecutor loop, Consumer<Optional<KnownRate>> then) {
            this.claim = claim;
            this.loop = loop;
            this.then = then;
        }

        boolean isGiven() {
            return given;
        }

        /** @param found empty where the store gave no answer */
        void give(Optional<Optional<Sessions.Known>> found) {
            if (given) {
                return;
            }
            if (found.isEmpty()) {
                give(LookUp.FAILED, Optional.empty());
                return;
            }
            Optional<KnownRate> rate = found.get().flatMap(LookUps::read);
            give(rate.isPresent() ? LookUp.RESUMED : LookUp.UNKNOWN, rate);
        }

        void give(LookUp result, Optional<KnownRate> known) {
            if (given) {
                return;
            }
            given = true;
            if (timer != null) {
                timer.cancel(false);
            }
            metrics.count(result);
            then.accept(known);
        }
    }

    private static Optional<KnownRate> read(Sessions.Known known) {
        try {
            return Optional.of(new KnownRate(new Level(known.level()), known.shares(), known.exposure()));
        } catch (IllegalArgumentException e) {
            LOG.warn("what a closed session left is passed over: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
