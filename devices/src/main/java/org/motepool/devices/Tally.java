package org.motepool.devices;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts of one device; written by its event loop, read by any thread. */
final class Tally {
    /** A pool that answers with ever new texts fills no memory. */
    private static final int REASONS_MAX = 32;

    private static final int REASON_CHARACTERS_MAX = 100;
    private static final long NEVER = -1;

    final AtomicLong links = new AtomicLong();
    final AtomicLong lost = new AtomicLong();
    final AtomicLong submitted = new AtomicLong();
    final AtomicLong accepted = new AtomicLong();
    final AtomicLong ownDuplicates = new AtomicLong();
    final AtomicLong unanswered = new AtomicLong();
    final AtomicLong notifies = new AtomicLong();
    final AtomicLong overBudget = new AtomicLong();
    final AtomicLong bytesDown = new AtomicLong();
    final AtomicLong bytesUp = new AtomicLong();
    final Map<String, Long> rejected = new ConcurrentHashMap<>();

    private final AtomicLong linkedNanos = new AtomicLong();
    private volatile long linkedSinceNanos;
    private volatile long switchedOnNanos;
    private volatile boolean on;
    private volatile boolean connected;
    private volatile long firstShareMillis = NEVER;

    void switchedOn(long nanos) {
        switchedOnNanos = nanos;
        on = true;
    }

    void connected(long nanos) {
        linkedSinceNanos = nanos;
        connected = true;
        links.incrementAndGet();
    }

    /** @param expected the pool had asked for it, or the swarm ends */
    void disconnected(long nanos, boolean expected) {
        connected = false;
        linkedNanos.addAndGet(nanos - linkedSinceNanos);
        if (!expected) {
            lost.incrementAndGet();
        }
    }

    boolean isConnected() {
        return connected;
    }

    /** How long its links were up in all. */
    long linkedNanos(long now) {
        return linkedNanos.get() + (connected ? now - linkedSinceNanos : 0);
    }

    void heard(String line, TwinKind.Buffers buffers) {
        if (NotifyBudget.isNotify(line)) {
            notifies.incrementAndGet();
            if (!NotifyBudget.fits(line, buffers)) {
                overBudget.incrementAndGet();
            }
        }
    }

    void accepted(long nanos) {
        if (firstShareMillis == NEVER) {
            firstShareMillis = millisSinceStart(nanos);
        }
        accepted.incrementAndGet();
    }

    private long millisSinceStart(long nanos) {
        return on ? (nanos - switchedOnNanos) / 1_000_000L : 0;
    }

    boolean hasShare() {
        return firstShareMillis != NEVER;
    }

    /** From its first dialling to its first accepted share, or how long it has waited for one. */
    long firstShareMillis(long now) {
        return firstShareMillis == NEVER ? millisSinceStart(now) : firstShareMillis;
    }

    void rejected(String reason) {
        String text = reason.length() > REASON_CHARACTERS_MAX ? reason.substring(0, REASON_CHARACTERS_MAX) : reason;
        String key = rejected.size() < REASONS_MAX || rejected.containsKey(text) ? text : "other reasons";
        rejected.merge(key, 1L, Long::sum);
    }

    private long rejected() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    long outstanding() {
        // What is answered is read first: the result may be too high for a moment, never too low.
        long answered = accepted.get() + rejected() + ownDuplicates.get() + unanswered.get();
        return submitted.get() - answered;
    }
}
