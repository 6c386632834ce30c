package org.motepool.payout;

import java.time.Duration;
import org.motepool.core.time.PoolClock;
import org.motepool.store.AccountantLease;
import org.motepool.store.StoreException;

/** The lease in memory, as the store's script has it. Thread-safe. */
final class MemoryLease implements AccountantLease {
    private final PoolClock clock;
    private String holder = "";
    private long token;
    private long former;
    private long endsAt;
    volatile boolean away;

    MemoryLease(PoolClock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Answer take(String asking, Duration life) throws StoreException {
        if (away) {
            throw new StoreException("the store is away");
        }
        boolean free = holder.isEmpty() || clock.nanos() - endsAt >= 0;
        if (!free && !holder.equals(asking)) {
            return new Taken(holder, Duration.ofNanos(endsAt - clock.nanos()));
        }
        if (free) {
            former = token;
            token++;
        }
        holder = asking;
        endsAt = clock.nanos() + life.toNanos();
        return new Held(token, former);
    }

    @Override
    public synchronized void release(String asking) throws StoreException {
        if (away) {
            throw new StoreException("the store is away");
        }
        if (holder.equals(asking)) {
            holder = "";
        }
    }

    synchronized String holder() {
        return clock.nanos() - endsAt < 0 ? holder : "";
    }
}
