package org.motepool.stratum.resume;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.motepool.core.time.PoolClock;
import org.motepool.store.Sessions;
import org.motepool.store.StoreException;
import org.motepool.stratum.resume.ResumeMetrics.Keep;
import org.motepool.stratum.v1.SessionId;
import org.motepool.stratum.vardiff.KnownRate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps in the store what closed connections knew, and asks it for new ones. Neither waits on an event loop: a look-up has
 * 50 ms, then its connection goes on without. Thread-safe.
 */
public final class SessionMemory implements AutoCloseable {
    /** A device waits for its first job meanwhile; some give up a second after they connected. */
    public static final Duration LOOK_UP_MAX = Duration.ofMillis(50);

    /** Look-ups that wait for the store; with the store hanging they stay longer than their connection waits. */
    static final int LOOK_UPS_MAX = 4096;

    /** Closed connections that wait for the store: a planned stop leaves many at once. */
    static final int WAITING_MAX = 16_384;

    private static final int BATCH_MAX = 500;
    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);
    private static final Duration LOOK_AROUND = Duration.ofMillis(100);
    private static final Logger LOG = LoggerFactory.getLogger(SessionMemory.class);

    private final @Nullable Sessions store;
    private final PoolClock clock;
    private final ResumeMetrics metrics;
    private final @Nullable LookUps lookUps;
    private final BlockingQueue<Sessions.Closed> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final Thread writer;
    private volatile boolean closed;
    private boolean away;

    /** @param store empty: nothing is kept, and look-ups answer at once */
    public SessionMemory(Optional<Sessions> store, PoolClock clock, ResumeMetrics metrics) {
        this.store = store.orElse(null);
        this.clock = clock;
        this.metrics = metrics;
        this.lookUps = store.map(sessions -> new LookUps(sessions, metrics)).orElse(null);
        this.writer = Thread.ofVirtual().name("stratum-sessions").unstarted(this::write);
        if (store.isPresent()) {
            writer.start();
        }
    }

    /**
     * Asks what the device's last connection knew.
     *
     * @param loop the caller's event loop, on which {@code then} is called exactly once, now or within the bound
     */
    public void ask(Sessions.Claim claim, EventExecutor loop, Consumer<Optional<KnownRate>> then) {
        if (lookUps == null || closed) {
            then.accept(Optional.empty());
        } else {
            lookUps.ask(claim, loop, then);
        }
    }

    /** A connection has closed: keeps what it knew. Does not wait. */
    public void keep(SessionId id, Sessions.Trait trait, KnownRate rate) {
        if (store == null || closed) {
            return;
        }
        Sessions.Known known = new Sessions.Known(rate.level().value(), rate.shares(), rate.exposure());
        if (!waiting.offer(new Sessions.Closed(id.value(), trait, clock.epochMillis(), known))) {
            metrics.count(Keep.DROPPED, 1);
        }
    }

    private void write() {
        List<Sessions.Closed> some = new ArrayList<>();
        try {
            while (!closed || !waiting.isEmpty()) {
                Sessions.Closed first = waiting.poll(LOOK_AROUND.toNanos(), TimeUnit.NANOSECONDS);
                if (first != null) {
                    some.add(first);
                    waiting.drainTo(some, BATCH_MAX - 1);
                    write(some);
                    some.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(List<Sessions.Closed> some) {
        if (store == null) {
            return;
        }
        try {
            store.keep(some);
            metrics.count(Keep.KEPT, some.size());
            away = false;
        } catch (StoreException e) {
            metrics.count(Keep.FAILED, some.size());
            if (!away) {
                LOG.warn("devices that come back begin anew: {}", e.getMessage());
            }
            away = true;
        } catch (RuntimeException e) {
            metrics.count(Keep.FAILED, some.size());
            LOG.error("closed sessions could not be kept", e);
        }
    }

    /** Writes what waits, with a bound; to be called when all connections have closed. */
    @Override
    public void close() {
        closed = true;
        if (lookUps != null) {
            lookUps.close();
        }
        try {
            if (store != null && !writer.join(CLOSE_MAX)) {
                LOG.warn("{} closed sessions and more were not kept: the store does not answer", waiting.size());
                writer.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
