package org.motepool.stratum.guard;

import io.netty.channel.Channel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sheds load by not accepting: devices that are refused after accept come back at once, those in the backlog wait. Too
 * many connections, too many that have just come, and event loops that lag each stop it; it goes on when none does.
 * Thread-safe.
 */
public final class ConnectionGate {
    private final int connectionsMax;
    private final GuardMetrics metrics;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger arriving = new AtomicInteger();
    private final LongAdder came = new LongAdder();
    private final List<Channel> acceptors = new CopyOnWriteArrayList<>();
    private volatile boolean lagging;
    /** The reasons that hold now, a bit each. */
    private volatile int shed;

    /** Why nothing is accepted; a closed set of metric labels. */
    public enum Reason {
        CONNECTIONS(1),
        ARRIVALS(2),
        LAG(4);

        private final int bit;

        Reason(int bit) {
            this.bit = bit;
        }
    }

    public ConnectionGate(int connectionsMax, GuardMetrics metrics) {
        this.connectionsMax = connectionsMax;
        this.metrics = metrics;
    }

    /** Tells the gate whom to stop and restart; once for each listener. */
    public synchronized void guard(Channel serverChannel) {
        acceptors.add(serverChannel);
        serverChannel.config().setAutoRead(shed == 0);
    }

    /** This listener takes whoever comes from now on: it is about to be closed. */
    public synchronized void leave(Channel serverChannel) {
        acceptors.remove(serverChannel);
        serverChannel.config().setAutoRead(true);
    }

    public void opened() {
        came.increment();
        open.incrementAndGet();
        review();
    }

    public void closed() {
        open.decrementAndGet();
        review();
    }

    /** A connection has just come and has not logged in; {@link #arrived} ends it. */
    public void arriving() {
        arriving.incrementAndGet();
        review();
    }

    /** It has logged in, or is gone, or has had its time. */
    public void arrived() {
        arriving.decrementAndGet();
        review();
    }

    /** Event loops answer late, or no longer do. */
    void lagging(boolean late) {
        lagging = late;
        review();
    }

    public int open() {
        return open.get();
    }

    /** How many have been accepted so far. */
    public long came() {
        return came.sum();
    }

    /** Whether new connections are left waiting now. */
    public boolean isShedding() {
        return shed != 0;
    }

    private int reasons() {
        return (open.get() >= connectionsMax ? Reason.CONNECTIONS.bit : 0)
                | (arriving.get() >= StratumLimits.ARRIVALS_MAX ? Reason.ARRIVALS.bit : 0)
                | (lagging ? Reason.LAG.bit : 0);
    }

    private void review() {
        // Again after each change: who counted meanwhile may have seen the former state and left it.
        while (reasons() != shed) {
            change();
        }
    }

    private synchronized void change() {
        int before = shed;
        int now = reasons();
        shed = now;
        for (Reason reason : Reason.values()) {
            if ((now & ~before & reason.bit) != 0) {
                metrics.count(GuardMetrics.Action.SHED, reason);
            }
        }
        if (now == 0 != (before == 0)) {
            acceptors.forEach(acceptor -> acceptor.config().setAutoRead(now == 0));
        }
    }
}
