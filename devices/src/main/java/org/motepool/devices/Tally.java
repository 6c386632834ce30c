package org.motepool.devices;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts of one device; written by its event loop, read by any thread. */
final class Tally {
    /** A pool that answers with ever new texts fills no memory. */
    private static final int REASONS_MAX = 32;

    private static final int REASON_CHARACTERS_MAX = 100;

    private final AtomicInteger links = new AtomicInteger();
    private final AtomicLong submitted = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final AtomicLong firstShareMillis = new AtomicLong(-1);
    private final Map<String, Long> rejected = new ConcurrentHashMap<>();
    private volatile boolean connected;

    void connected(boolean now) {
        connected = now;
        if (now) {
            links.incrementAndGet();
        }
    }

    void submitted() {
        submitted.incrementAndGet();
    }

    void accepted(long millisSinceStart) {
        firstShareMillis.compareAndSet(-1, millisSinceStart);
        accepted.incrementAndGet();
    }

    void rejected(String reason) {
        String text = reason.length() > REASON_CHARACTERS_MAX ? reason.substring(0, REASON_CHARACTERS_MAX) : reason;
        String key = rejected.size() < REASONS_MAX || rejected.containsKey(text) ? text : "other reasons";
        rejected.merge(key, 1L, Long::sum);
    }

    void unanswered(int shares) {
        unanswered.addAndGet(shares);
    }

    private long rejected() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    long outstanding() {
        // What is answered is read first: the result may be too high for a moment, never too low.
        long answered = accepted.get() + rejected() + unanswered.get();
        return submitted.get() - answered;
    }

    static SwarmReport.Counts sum(Collection<Device> devices) {
        Map<String, Long> reasons = new HashMap<>();
        List<Long> first = new ArrayList<>();
        int connected = 0;
        long submitted = 0;
        long accepted = 0;
        long unanswered = 0;
        long reconnects = 0;
        long hashes = 0;
        double rate = 0;
        for (Device device : devices) {
            Tally tally = device.tally();
            connected += tally.connected ? 1 : 0;
            accepted += tally.accepted.get();
            tally.rejected.forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
            unanswered += tally.unanswered.get();
            submitted += tally.submitted.get();
            reconnects += Math.max(0, tally.links.get() - 1);
            if (tally.firstShareMillis.get() >= 0) {
                first.add(tally.firstShareMillis.get());
            }
            hashes += device.realHashes();
            rate += device.nominalHashesPerSecond();
        }
        Collections.sort(first);
        long rejected = reasons.values().stream().mapToLong(Long::longValue).sum();
        // Each device's submitted was read behind its replies, so this is never below zero.
        long outstanding = submitted - accepted - rejected - unanswered;
        return new SwarmReport.Counts(
                devices.size(),
                connected,
                first.size(),
                submitted,
                accepted,
                reasons,
                unanswered,
                outstanding,
                reconnects,
                first,
                hashes,
                rate);
    }
}
