package org.motepool.stratum.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.motepool.core.account.Scheme;
import org.motepool.core.work.Level;
import org.motepool.stratum.job.JobLine;
import org.motepool.stratum.job.LiveJob;
import org.motepool.stratum.job.PublishedJob;
import org.motepool.stratum.share.PoolUser;
import org.motepool.stratum.v1.PoolMessage;
import org.motepool.stratum.v1.V1Encoder;
import org.motepool.stratum.vardiff.Device;
import org.motepool.stratum.vardiff.DeviceTable;
import org.motepool.stratum.vardiff.JobBudget;
import org.motepool.stratum.vardiff.LevelControl;

/**
 * The jobs of one connection: what it has, what it needs, at which level. A job is never sent twice, and a new level only
 * with a new job. To a peer that does not read, the newest is owed and goes out when it reads again. Owned by the event
 * loop.
 */
final class SessionWork {
    private final SessionLoop loop;
    private final NodeContext node;
    private final ListenerProfile listener;
    private final LineWriter out;
    private final ByteBufAllocator allocator;
    private final LevelControl levels;
    private final JobRing ring = new JobRing();
    private Device device = DeviceTable.UNKNOWN_DEVICE;
    private boolean started;
    private @Nullable PoolUser miner;
    private boolean wantsFresh;
    private boolean owed;
    private @Nullable LiveJob last;
    private @Nullable Level announced;
    private long lastSentNanos;

    SessionWork(
            SessionLoop loop, NodeContext node, ListenerProfile listener, LineWriter out, ByteBufAllocator allocator) {
        this.loop = loop;
        this.node = node;
        this.listener = listener;
        this.out = out;
        this.allocator = allocator;
        this.levels = node.levels().get();
    }

    JobRing ring() {
        return ring;
    }

    LevelControl levels() {
        return levels;
    }

    /** The level of the newest job sent, if any was. */
    @Nullable
    Level announced() {
        return announced;
    }

    void device(Device named) {
        device = named;
        levels.device(named);
    }

    /**
     * The connection may have work from now on; it gets it as soon as there is any.
     *
     * @param first whom it mines for; alone, where the listener is for that
     */
    void start(PoolUser first) {
        if (!started) {
            started = true;
            miner = first;
            send(loop.latest());
        }
    }

    /** A subscribe reply resets the difficulty of some clients: the next job comes with its level again, and soon. */
    void forgetAnnounced() {
        if (started) {
            announced = null;
            wantFresh();
        }
    }

    boolean started() {
        return started;
    }

    /** A job newer than the last one sent, as soon as there is one. */
    void wantFresh() {
        wantsFresh = true;
        offer();
    }

    /** The loop has a new job. */
    void onJob(PublishedJob job) {
        if (!started) {
            return;
        }
        LiveJob had = last;
        if (had == null || had.tip() != job.live().tip() || wantsFresh || due()) {
            send(job);
        }
    }

    /** Looks at the clock: is a notify due, is the level off? About once a second. */
    void review() {
        LiveJob had = last;
        if (!started || had == null) {
            return;
        }
        if (wanted(node.clock().nanos(), had).equals(announced) && !due()) {
            return;
        }
        wantFresh();
    }

    /** What the level control wants, the listener's floor kept; a level above the network's would be work for nothing. */
    private Level wanted(long now, LiveJob job) {
        Level wanted = levels.wanted(now, job.cap());
        if (listener.floor().isEmpty()) {
            return wanted;
        }
        Level floor = listener.floor().get();
        Level reachable = floor.compareTo(job.cap()) > 0 ? job.cap() : floor;
        return wanted.compareTo(reachable) < 0 ? reachable : wanted;
    }

    private boolean due() {
        return node.clock().nanos() - lastSentNanos
                >= device.deviceClass().notifyPeriod().toNanos();
    }

    private void offer() {
        PublishedJob latest = loop.latest();
        LiveJob had = last;
        if (!started || latest == null) {
            return;
        }
        if (had == null || latest.live() != had.common()) {
            send(latest);
        } else {
            node.feed().demand();
        }
    }

    /** The peer reads again. */
    void onReady() {
        if (owed) {
            owed = false;
            send(loop.latest());
        }
    }

    private void send(@Nullable PublishedJob published) {
        if (published == null || last != null && published.live() == last.common()) {
            return;
        }
        // The first job is not held back: it may wait behind the replies that brought it.
        if (last != null && !out.ready()) {
            owed = true;
            return;
        }
        Optional<? extends JobLine> own = own(published);
        if (own.isEmpty()) {
            wantsFresh = true;
            node.feed().demand();
            return;
        }
        JobLine job = own.get();
        long now = node.clock().nanos();
        LiveJob live = job.live();
        Level level = wanted(now, live);
        Level before = announced;
        if (!level.equals(before)) {
            announce(level, before);
        }
        ByteBuf line = job.line(last == null || last.tip() != live.tip());
        ring.add(live, level);
        last = live;
        lastSentNanos = now;
        wantsFresh = false;
        levels.sent(level, now);
        out.write(line);
    }

    /** The job that this connection gets of a published one: the common one, or its account's own. */
    private Optional<? extends JobLine> own(PublishedJob published) {
        PoolUser alone = miner;
        if (listener.scheme() != Scheme.SOLO || alone == null) {
            return Optional.of(published);
        }
        boolean small = device.deviceClass().budget() == JobBudget.SMALL;
        return published.solo(alone.account(), alone.address(), small);
    }

    private void announce(Level level, @Nullable Level before) {
        announced = level;
        if (before != null) {
            String direction = level.compareTo(before) > 0 ? "up" : "down";
            node.metrics().vardiffChanges.labels(direction).inc();
        }
        out.write(V1Encoder.encode(
                new PoolMessage.SetDifficulty(node.difficulties().announced(level)), allocator));
    }
}
