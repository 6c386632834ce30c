package org.motepool.stratum.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.motepool.core.time.FakeClock;

class ConnectionGateTest {
    private final CollectorRegistry registry = new CollectorRegistry();
    private final ConnectionGate gate = new ConnectionGate(3, new GuardMetrics(registry));
    private final EmbeddedChannel main = new EmbeddedChannel();
    private final EmbeddedChannel other = new EmbeddedChannel();

    ConnectionGateTest() {
        gate.guard(main);
        gate.guard(other);
    }

    private boolean accepts() {
        assertThat(main.config().isAutoRead()).isEqualTo(other.config().isAutoRead());
        assertThat(gate.isShedding()).isEqualTo(!main.config().isAutoRead());
        return main.config().isAutoRead();
    }

    private double shed(String reason) {
        Double count = registry.getSampleValue(
                "mote_guard_actions_total", new String[] {"action", "reason"}, new String[] {"shed", reason});
        return count == null ? 0 : count;
    }

    @Test
    void stopsAtTheLimitOfConnectionsAndGoesOnBelowIt() {
        gate.opened();
        gate.opened();
        assertThat(accepts()).isTrue();
        gate.opened();
        assertThat(accepts()).isFalse();
        gate.closed();
        assertThat(accepts()).isTrue();
        assertThat(shed("connections")).isEqualTo(1);
        assertThat(gate.open()).isEqualTo(2);
    }

    @Test
    void letsAStormInAsFastAsItLogsIn() {
        for (int i = 0; i < StratumLimits.ARRIVALS_MAX; i++) {
            gate.arriving();
        }
        assertThat(accepts()).isFalse();
        gate.arrived();
        assertThat(accepts()).isTrue();
        assertThat(shed("arrivals")).isEqualTo(1);
    }

    @Test
    void goesOnOnlyWhenNoReasonIsLeft() {
        gate.opened();
        gate.opened();
        gate.opened();
        gate.lagging(true);
        gate.closed();
        assertThat(accepts()).isFalse();
        gate.lagging(false);
        assertThat(accepts()).isTrue();
    }

    @Test
    void guardsAListenerThatComesWhileItIsShut() {
        gate.lagging(true);
        EmbeddedChannel late = new EmbeddedChannel();
        gate.guard(late);
        assertThat(late.config().isAutoRead()).isFalse();
        gate.lagging(false);
        assertThat(late.config().isAutoRead()).isTrue();
    }

    @Test
    void isOpenAfterManyThreadsHaveComeAndGone() throws InterruptedException {
        AtomicReference<Throwable> trouble = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            long seed = t;
            threads.add(Thread.ofPlatform()
                    .uncaughtExceptionHandler((thread, e) -> trouble.set(e))
                    .start(() -> {
                        Random random = new Random(seed);
                        for (int i = 0; i < 50_000; i++) {
                            gate.opened();
                            if (random.nextInt(100) == 0) {
                                Thread.yield();
                            }
                            gate.closed();
                        }
                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(trouble.get()).isNull();
        assertThat(gate.open()).isZero();
        assertThat(accepts()).isTrue();
    }

    @Test
    void shutsWhileALoopDoesNotAnswer() {
        FakeClock clock = new FakeClock(1_800_000_000L);
        Queue<Runnable> waiting = new ArrayDeque<>();
        LoopWatch watch = new LoopWatch(List.of((Executor) waiting::add), gate, clock);
        watch.look();
        clock.advance(Duration.ofNanos(LoopWatch.LATE_NANOS - 1));
        watch.look();
        assertThat(accepts()).isTrue();
        clock.advance(Duration.ofNanos(1));
        watch.look();
        assertThat(accepts()).isFalse();
        assertThat(shed("lag")).isEqualTo(1);
        waiting.remove().run();
        assertThat(waiting).as("one question at a time").isEmpty();
        watch.look();
        assertThat(accepts()).isTrue();
    }
}
