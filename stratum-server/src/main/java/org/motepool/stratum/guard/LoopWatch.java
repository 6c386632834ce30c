package org.motepool.stratum.guard;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.motepool.core.time.PoolClock;

/**
 * Asks every event loop about ten times a second for a sign of life, one question at a time, and tells the gate while
 * one lets it wait. {@link #look} belongs to one thread, that of the acceptor.
 */
public final class LoopWatch {
    private static final long EVERY_MILLIS = 100;

    /** Tasks of a loop wait as long as its connections do; half of the second within which a subscribe is answered. */
    static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final ConnectionGate gate;
    private final PoolClock clock;
    private final List<Question> questions = new ArrayList<>();

    public LoopWatch(Iterable<? extends Executor> loops, ConnectionGate gate, PoolClock clock) {
        this.gate = gate;
        this.clock = clock;
        loops.forEach(loop -> questions.add(new Question(loop)));
    }

    /** Looks again and again until {@code acceptor} ends. */
    public void start(EventExecutor acceptor) {
        var _ = acceptor.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    void look() {
        long now = clock.nanos();
        boolean late = false;
        for (Question question : questions) {
            late |= question.isLate(now);
        }
        gate.lagging(late);
    }

    private static final class Question {
        private final Executor loop;
        private final AtomicLong answered = new AtomicLong();
        private long asked;
        private long askedAt;

        Question(Executor loop) {
            this.loop = loop;
        }

        boolean isLate(long now) {
            if (asked == answered.get()) {
                long number = ++asked;
                askedAt = now;
                try {
                    loop.execute(() -> answered.set(number));
                } catch (RejectedExecutionException e) {
                    // It closes, and so will the gate.
                    answered.set(number);
                }
                return false;
            }
            return now - askedAt >= LATE_NANOS;
        }
    }
}
