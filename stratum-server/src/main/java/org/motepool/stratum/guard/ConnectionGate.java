package org.motepool.stratum.guard;

import io.netty.channel.Channel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts open connections and stops accepting at the limit: devices that are refused after accept come back at once,
 * those in the backlog wait. Thread-safe.
 */
public final class ConnectionGate {
    private final int max;
    private final AtomicInteger open = new AtomicInteger();
    private final List<Channel> acceptors = new CopyOnWriteArrayList<>();

    public ConnectionGate(int max) {
        this.max = max;
    }

    /** Tells the gate whom to stop and restart, beside those it knows. */
    public void guard(Channel serverChannel) {
        acceptors.add(serverChannel);
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
        for (Channel channel : acceptors) {
            if (channel.config().isAutoRead() != on) {
                channel.config().setAutoRead(on);
            }
        }
    }
}
