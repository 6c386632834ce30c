package org.motepool.stratum.guard;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.motepool.core.time.PoolClock;
import org.motepool.stratum.guard.GuardMetrics.Action;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the guards of all connections share: bans, the room for refused ones, a log that cannot be flooded. Thread-safe. */
public final class Guards {
    private static final Logger LOG = LoggerFactory.getLogger(Guards.class);
    private static final long LOG_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final BanList bans;
    private final GuardMetrics metrics;
    private final PoolClock clock;
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicLong loggedAt;
    private final AtomicInteger unlogged = new AtomicInteger();

    /** Why a connection is refused, beside its offences; a closed set of metric labels. */
    public enum Refusal {
        BANNED_NETWORK,
        BANNED_ADDRESS
    }

    public Guards(BanList bans, GuardMetrics metrics, PoolClock clock) {
        this.bans = bans;
        this.metrics = metrics;
        this.clock = clock;
        this.loggedAt = new AtomicLong(clock.nanos() - LOG_EVERY_NANOS);
    }

    public BanList bans() {
        return bans;
    }

    public void count(Action action, Enum<?> reason) {
        metrics.count(action, reason);
    }

    /** At most a line a second; the rest is in the metrics. */
    public void tell(Action action, Enum<?> reason, Supplier<String> connection) {
        metrics.count(action, reason);
        long now = clock.nanos();
        long last = loggedAt.get();
        if (now - last >= LOG_EVERY_NANOS && loggedAt.compareAndSet(last, now)) {
            LOG.warn(
                    "{} {}: {} ({} more not shown)", connection.get(), action.inWords(), reason, unlogged.getAndSet(0));
        } else {
            unlogged.incrementAndGet();
        }
    }

    /** Room for one more refused connection to wait in; {@link #release} gives it back. */
    public boolean hold() {
        if (held.incrementAndGet() > StratumLimits.REFUSED_HELD_MAX) {
            held.decrementAndGet();
            return false;
        }
        return true;
    }

    public void release() {
        held.decrementAndGet();
    }
}
