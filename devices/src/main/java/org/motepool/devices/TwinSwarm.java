package org.motepool.devices;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.motepool.core.time.PoolClock;
import org.motepool.devices.hash.HashLoop;
import org.motepool.devices.hash.Rig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many twins in one process: they dial, mine and submit until closed. A few event loops carry the sockets, a few threads
 * hash for all. Thread-safe.
 */
public final class TwinSwarm implements AutoCloseable {
    /** Short, so that a share is told soon; long, so that idle twins cost nothing. */
    private static final Duration HASH_EVERY = Duration.ofMillis(20);

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(TwinSwarm.class);

    private final PoolClock clock;
    private final EventLoopGroup loops;
    private final ScheduledExecutorService hashers;
    private final List<Device> devices = new ArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();

    private TwinSwarm(SwarmSettings settings, PoolClock clock) {
        loops = new MultiThreadIoEventLoopGroup(settings.eventLoops(), noted("twin-link-"), NioIoHandler.newFactory());
        hashers = Executors.newScheduledThreadPool(settings.hashThreads(), noted("twin-hash-"));
        SplittableRandom seeds = new SplittableRandom(settings.seed());
        this.clock = clock;
        List<String> sources = settings.sources();
        Map<EventLoop, LoopPulse> pulses = new HashMap<>();
        for (TwinSpec spec : settings.twins()) {
            EventLoop loop = loops.next();
            LoopPulse pulse = pulses.computeIfAbsent(loop, each -> LoopPulse.of(each, clock));
            String source = sources.isEmpty() ? null : sources.get(devices.size() % sources.size());
            devices.add(new Device(spec, settings, source, loop, pulse, clock, seeds.nextLong(), this::signal));
        }
        List<List<Rig>> shares = dealt(settings.hashThreads());
        for (List<Rig> rigs : shares) {
            var _ = hashers.scheduleWithFixedDelay(
                    new HashLoop(rigs, clock), 0, HASH_EVERY.toNanos(), TimeUnit.NANOSECONDS);
        }
        devices.forEach(Device::start);
    }

    /** A factory whose threads {@link #close} waits for: a pool reports its end a moment before its threads end. */
    private ThreadFactory noted(String prefix) {
        ThreadFactory plain = Thread.ofPlatform().name(prefix, 0).daemon().factory();
        return task -> {
            Thread thread = plain.newThread(task);
            threads.add(thread);
            return thread;
        };
    }

    /** Switches the devices on; returns at once. */
    public static TwinSwarm start(SwarmSettings settings) {
        return start(settings, PoolClock.SYSTEM);
    }

    /** As {@link #start(SwarmSettings)}; {@code clock} paces the hashing and is the devices' own. */
    public static TwinSwarm start(SwarmSettings settings, PoolClock clock) {
        return new TwinSwarm(settings, clock);
    }

    /** Every thread gets the same load, as far as whole twins allow. */
    private List<List<Rig>> dealt(int threads) {
        List<List<Rig>> shares = new ArrayList<>();
        double[] load = new double[threads];
        for (int i = 0; i < threads; i++) {
            shares.add(new ArrayList<>());
        }
        for (Device device : devices) {
            int lightest = 0;
            for (int i = 1; i < threads; i++) {
                lightest = load[i] < load[lightest] ? i : lightest;
            }
            load[lightest] += device.rig().hashesPerSecond();
            shares.get(lightest).add(device.rig());
        }
        return shares;
    }

    public SwarmReport report() {
        long now = clock.nanos();
        Map<String, List<Device>> groups = new LinkedHashMap<>();
        devices.forEach(device ->
                groups.computeIfAbsent(device.group(), _ -> new ArrayList<>()).add(device));
        Map<String, SwarmReport.Counts> byGroup = new LinkedHashMap<>();
        groups.forEach((group, members) -> byGroup.put(group, Census.of(members, now)));
        return new SwarmReport(byGroup, Census.of(devices, now));
    }

    /** From now on no device finds a share; links stay, replies are still counted. */
    public void pause() {
        devices.forEach(device -> device.hashing(false));
    }

    /** Undoes {@link #pause}. */
    public void resume() {
        devices.forEach(device -> device.hashing(true));
    }

    /**
     * Stops hashing for good and dials no more; links stay until {@link #close}, so that outstanding replies still count.
     */
    public void stop() {
        pause();
        devices.forEach(device -> device.retire(false));
        hashers.shutdownNow();
    }

    /**
     * After {@link #pause} or {@link #stop}: waits until every share sent has its reply.
     *
     * @return false when some had none within the time
     */
    public boolean awaitReplies(Duration within) throws InterruptedException {
        long left = within.toNanos();
        // What the hashing threads found before the pause is still on its way through the loops.
        for (EventExecutor loop : loops) {
            long from = System.nanoTime();
            if (!loop.submit(() -> {}).await(Math.max(1, left), TimeUnit.NANOSECONDS)) {
                return false;
            }
            left -= System.nanoTime() - from;
        }
        lock.lock();
        try {
            while (devices.stream().anyMatch(device -> device.tally().outstanding() > 0)) {
                if (left <= 0) {
                    return false;
                }
                left = settled.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        lock.lock();
        try {
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all links and threads; takes at most a few seconds. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        stop();
        try {
            boolean done = hashers.awaitTermination(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            devices.forEach(device -> device.retire(true));
            var _ = loops.shutdownGracefully(0, CLOSE_WITHIN.toMillis() / 2, TimeUnit.MILLISECONDS);
            done &= loops.awaitTermination(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            for (Thread thread : threads) {
                done = done && thread.join(CLOSE_WITHIN);
            }
            if (!done) {
                LOG.warn("Threads of the swarm did not end within {} s", CLOSE_WITHIN.toSeconds());
            }
        } catch (InterruptedException e) {
            var _ = loops.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
            Thread.currentThread().interrupt();
        }
    }
}
