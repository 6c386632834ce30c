package org.motepool.store.redis;

import java.util.concurrent.atomic.AtomicLong;

/** The token of the accountant's lease that this process last held; 0 before it held any. Thread-safe. */
final class Fence {
    private final AtomicLong token = new AtomicLong();

    void raise(long held) {
        token.accumulateAndGet(held, Math::max);
    }

    long token() {
        return token.get();
    }
}
