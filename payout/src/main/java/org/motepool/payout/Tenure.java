package org.motepool.payout;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.motepool.core.time.PoolClock;
import org.motepool.store.AccountantLease;
import org.motepool.store.AccountantLease.Held;
import org.motepool.store.AccountantLease.Taken;
import org.motepool.store.StoreException;

/**
 * This process's hold of the accountant's lease. It ends by this machine's own clock, counted from before the last renewal
 * was asked for: so it is over here before it is over in the store. {@link #look} is one thread's, the rest is thread-safe.
 */
final class Tenure {
    /** After a kill, a successor waits so long. */
    static final Duration LIFE = Duration.ofSeconds(5);
    /** Between two renewals; several may fail before the lease ends. */
    static final Duration RENEW_EVERY = Duration.ofSeconds(1);

    private final AccountantLease lease;
    private final String holder;
    private final PoolClock clock;
    private long token;
    private volatile boolean held;
    private volatile long endsAt;
    private volatile String other = "";

    Tenure(AccountantLease lease, String holder, PoolClock clock) {
        this.lease = lease;
        this.holder = holder;
        this.clock = clock;
    }

    /** What a look found. */
    enum Finding {
        /** Ours, and nobody else's since the last look that said so. */
        KEPT,
        /** Ours anew: somebody else may have been the accountant before. */
        BEGUN,
        /** Somebody else's. */
        ELSEWHERE,
        /** The store does not answer. */
        UNKNOWN
    }

    /** Takes or renews the lease. */
    Finding look() {
        long asked = clock.nanos();
        AccountantLease.Answer answer;
        try {
            answer = lease.take(holder, LIFE);
        } catch (StoreException e) {
            return Finding.UNKNOWN;
        }
        return switch (answer) {
            case Held now -> held(now, asked);
            case Taken by -> {
                held = false;
                other = by.holder();
                yield Finding.ELSEWHERE;
            }
        };
    }

    private Finding held(Held now, long asked) {
        boolean kept = token != 0 && (now.token() == token || now.former() == token);
        token = now.token();
        endsAt = asked + LIFE.toNanos();
        held = true;
        other = "";
        return kept ? Finding.KEPT : Finding.BEGUN;
    }

    /** Whether this process is the accountant at this moment. */
    boolean holds() {
        return held && clock.nanos() - endsAt < 0;
    }

    /** Who has it, where somebody else does; else empty. */
    String other() {
        return other;
    }

    /** Lets it go, so that a successor need not wait. */
    void release() {
        held = false;
        try {
            lease.release(holder);
        } catch (StoreException e) {
            // It ends by itself.
            return;
        }
    }

    /** @param host of this machine, or null where it has no name */
    static String holderName(@Nullable String host, String unique) {
        String name = (host == null ? "host" : host) + ", process "
                + ProcessHandle.current().pid() + ", " + unique;
        return name.substring(0, Math.min(name.length(), AccountantLease.HOLDER_CHARACTERS_MAX));
    }
}
