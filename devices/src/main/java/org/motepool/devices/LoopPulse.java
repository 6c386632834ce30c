package org.motepool.devices;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.motepool.core.time.PoolClock;

/**
 * Tells whether an event loop keeps up. What a late loop reads in one piece may have come in several segments, and a
 * board that minds segments must not pay for the machine that it is simulated on. Of one loop; used on it.
 */
final class LoopPulse {
    private static final Duration EVERY = Duration.ofMillis(10);
    /** Below the least distance that a pool keeps between its lines to such boards, 50 ms. */
    private static final Duration LATE = Duration.ofMillis(35);

    private final PoolClock clock;
    private long lastNanos;
    private long beforeNanos;

    LoopPulse(PoolClock clock) {
        this.clock = clock;
        lastNanos = clock.nanos();
        beforeNanos = lastNanos;
    }

    static LoopPulse of(EventLoop loop, PoolClock clock) {
        LoopPulse pulse = new LoopPulse(clock);
        var _ = loop.scheduleWithFixedDelay(pulse::beat, 0, EVERY.toNanos(), TimeUnit.NANOSECONDS);
        return pulse;
    }

    void beat() {
        beforeNanos = lastNanos;
        lastNanos = clock.nanos();
    }

    /**
     * Whether what is read now may have been waiting for longer than a pool pauses. The loop looked at all its sockets between
     * its last two beats, since it does so in each round and beats once in a round; but one look may be as old as the beat
     * before the last, and the last one may itself have come just behind a pause.
     */
    boolean isLate() {
        return clock.nanos() - beforeNanos > LATE.toNanos();
    }
}
