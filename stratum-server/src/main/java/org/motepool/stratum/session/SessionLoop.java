package org.motepool.stratum.session;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.motepool.core.work.Level;
import org.motepool.stratum.guard.CloseReason;
import org.motepool.stratum.job.JobFeed;
import org.motepool.stratum.job.PublishedJob;
import org.motepool.stratum.share.Candidate;
import org.motepool.stratum.share.Judge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the connections of one event loop share: the newest job and the judge. Everything but {@link #onJob} and {@link
 * #unanswered} runs on that loop.
 */
public final class SessionLoop implements JobFeed.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLoop.class);

    private final EventExecutor executor;
    private final NodeContext node;
    private final Judge judge;
    private final AtomicInteger loopsBehind;
    private final Set<Session> sessions = new LinkedHashSet<>();
    private @Nullable PublishedJob latest;
    private OptionalLong drained = OptionalLong.empty();
    private boolean closed;
    private long queuedBytes;
    private int slowReaders;

    /** @param loopsBehind counts the loops that have not sent the newest tip yet, shared by all loops */
    public SessionLoop(EventExecutor executor, NodeContext node, Judge judge, AtomicInteger loopsBehind) {
        this.executor = executor;
        this.node = node;
        this.judge = judge;
        this.loopsBehind = loopsBehind;
    }

    /** The newest job that this loop knows of; null before the first. */
    @Nullable
    PublishedJob latest() {
        return latest;
    }

    void judge(Candidate share) {
        judge.add(share);
    }

    /** Shares judged or being logged, whose replies are still owed; any thread. */
    public int unanswered() {
        return judge.unforced();
    }

    void add(Session session) {
        sessions.add(session);
        // It was on its way in when the drain began.
        drained.ifPresent(session::leaveAt);
    }

    void remove(Session session) {
        sessions.remove(session);
    }

    @Override
    public void onJob(PublishedJob job) {
        if (job.newTip()) {
            loopsBehind.incrementAndGet();
        }
        try {
            executor.execute(() -> take(job));
        } catch (RejectedExecutionException e) {
            job.release();
        }
    }

    private void take(PublishedJob job) {
        if (closed) {
            job.release();
            return;
        }
        if (latest != null) {
            latest.release();
        }
        latest = job;
        if (job.newTip()) {
            // Work on the old tip is worth nothing: who does most of it hears first.
            forEach(strongestFirst(), session -> session.onJob(job));
        } else {
            forEach(session -> session.onJob(job));
        }
        if (job.newTip() && loopsBehind.decrementAndGet() <= 0) {
            node.metrics().fanout.observe((node.clock().nanos() - job.knownAtNanos()) / 1e9);
        }
    }

    /** Looks after all connections; about once a second. */
    public void tick() {
        forEach(Session::tick);
        countQueues();
    }

    /** All loops add to the same gauges: each tells by how much its own part changed. */
    private void countQueues() {
        long bytes = 0;
        int slow = 0;
        for (Session session : sessions) {
            bytes += session.queuedBytes();
            slow += session.isSlowReader() ? 1 : 0;
        }
        node.metrics().writeQueueBytes.inc((double) (bytes - queuedBytes));
        node.metrics().slowReaders.inc(slow - slowReaders);
        queuedBytes = bytes;
        slowReaders = slow;
    }

    /** Sends all connections away, one after the other, the last one when that time has passed. */
    public void drain(Duration over) {
        long now = node.clock().nanos();
        drained = OptionalLong.of(now + over.toNanos());
        long count = 0;
        for (Session session : sessions) {
            count++;
            session.leaveAt(now + over.toNanos() / sessions.size() * count);
        }
    }

    /** The node closes: what was read is still answered, nothing more is read. */
    public void stopReading() {
        forEach(Session::stopReading);
    }

    /** Gives the newest job back and ends all connections. */
    public void close() {
        closed = true;
        forEach(session -> session.close(CloseReason.SHUTDOWN));
        if (latest != null) {
            latest.release();
            latest = null;
        }
        node.metrics().writeQueueBytes.dec((double) queuedBytes);
        node.metrics().slowReaders.dec(slowReaders);
        queuedBytes = 0;
        slowReaders = 0;
    }

    /** By their levels, which follow their hash rates; else in the order in which they came. */
    private Session[] strongestFirst() {
        int[] ends = new int[Level.HIGHEST + 2];
        for (Session session : sessions) {
            ends[Level.HIGHEST - session.level() + 1]++;
        }
        for (int i = 1; i < ends.length; i++) {
            ends[i] += ends[i - 1];
        }
        Session[] ordered = new Session[sessions.size()];
        for (Session session : sessions) {
            ordered[ends[Level.HIGHEST - session.level()]++] = session;
        }
        return ordered;
    }

    private void forEach(Consumer<Session> action) {
        forEach(sessions.toArray(Session[]::new), action);
    }

    /** One connection's trouble is not another's. */
    private static void forEach(Session[] each, Consumer<Session> action) {
        for (Session session : each) {
            try {
                action.accept(session);
            } catch (RuntimeException e) {
                LOG.error("a connection failed and is closed", e);
                session.close(CloseReason.INTERNAL);
            }
        }
    }
}
