package org.motepool.stratum.guard;

import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts open connections and stops accepting at the limit: devices that are refused after accept come back at once,
 * those in the backlog wait. Thread-safe.
 */
public final class ConnectionGate {
    private final int max;
    private final AtomicInteger open = new AtomicInteger();
    private volatile @Nullable Channel acceptor;

    public ConnectionGate(int max) {
        this.max = max;
    }

    /** Tells the gate whom to stop and restart. */
    public void guard(Channel serverChannel) {
        acceptor = serverChannel;
    }

    public void opened() {
        if (open.incrementAndGet() >= max) {
            accept(false);
        }
    }

    public void closed() {
        if (open.decrementAndGet() < max) {
            accept(true);
        }
    }

    public int open() {
        return open.get();
    }

    private void accept(boolean on) {
        Channel channel = acceptor;
        if (channel != null && channel.config().isAutoRead() != on) {
            channel.config().setAutoRead(on);
        }
    }
}
