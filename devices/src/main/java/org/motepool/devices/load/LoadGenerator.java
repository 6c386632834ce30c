package org.motepool.devices.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.motepool.core.time.PoolClock;

/**
 * Thousands of connections on one event loop, as the load of a pool. The methods are called one after the other, from one
 * thread, and wait; everything else happens on the loop.
 */
public final class LoadGenerator implements AutoCloseable {
    private static final int LINE_BYTES_MAX = 64 * 1024;
    private static final int BACKLOG_CONNECT_MILLIS = 30_000;
    private static final long TICK_MICROS = 500;
    private static final Duration REPLIES_WITHIN = Duration.ofSeconds(10);
    private static final int POLL_MILLIS = 5;
    private static final int TIPS_MAX = 1_000;

    private final LoadSettings settings;
    private final PoolClock clock;
    /** Where the system has it: what the load takes of a machine, the pool on it has not. */
    private static final boolean EPOLL = Epoll.isAvailable();

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1,
            Thread.ofPlatform().name("load-", 0).daemon().factory(),
            EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    private final List<LoadLink> links = new ArrayList<>();
    private final List<Channel> channels = new ArrayList<>();
    private final CountDownLatch ready;
    private final AtomicInteger lost = new AtomicInteger();
    private final Histogram latency = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
    private final List<FanOut> fanOuts = new ArrayList<>();
    private volatile @Nullable Throwable trouble;
    private @Nullable LoadJob newestJob;
    private String tip = "";
    private int tipHeard;
    private long tipFirst;
    private long tipLast;
    private boolean isClosedLoop;
    private boolean isMeasuring;
    private boolean isClosing;
    private long answered;
    private long accepted;
    private long answeredInAll;
    private long due;
    private int next;
    private long sentBytes;
    private long receivedBytes;

    public LoadGenerator(LoadSettings settings, PoolClock clock) {
        this.settings = settings;
        this.clock = clock;
        ready = new CountDownLatch(settings.connections());
    }

    /** Dials all connections at once, and waits until each is authorized and has a job. */
    public Arrival arrive(Duration patience) throws InterruptedException {
        long start = clock.nanos();
        Bootstrap dialler = new Bootstrap()
                .group(loop)
                .channel(EPOLL ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, BACKLOG_CONNECT_MILLIS);
        if (EPOLL) {
            // Each link takes a port that is free towards the pool: one free towards all is sought for long after some
            // storms.
            dialler.option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
        }
        InetSocketAddress pool = new InetSocketAddress(settings.host(), settings.port());
        for (int i = 0; i < settings.connections(); i++) {
            LoadLink link = new LoadLink(this, settings.usersOf(i), settings.agent());
            links.add(link);
            channels.add(dial(dialler, pool, i, link).channel());
        }
        boolean all = ready.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        long nanos = all ? clock.nanos() - start : patience.toNanos();
        return new Arrival(settings.connections() - (int) ready.getCount(), lost.get(), nanos);
    }

    private ChannelFuture dial(Bootstrap dialler, InetSocketAddress pool, int number, LoadLink link) {
        Bootstrap one = dialler.clone().handler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel opened) {
                opened.pipeline().addLast(new LineBasedFrameDecoder(LINE_BYTES_MAX), link);
            }
        });
        List<String> sources = settings.sources();
        ChannelFuture dialled = sources.isEmpty()
                ? one.connect(pool)
                : one.connect(pool, new InetSocketAddress(sources.get(number % sources.size()), 0));
        return dialled.addListener(done -> {
            if (done.cause() != null) {
                remember(done.cause());
                lost("not connected");
            }
        });
    }

    /** What went wrong last, if anything did. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble).map(String::valueOf);
    }

    /** Every connection sends its next share when the one before is answered. */
    public Replies closedLoop(Duration warmUp, Duration measured, ServerUse server) throws InterruptedException {
        onLoop(() -> {
            isClosedLoop = true;
            long now = clock.nanos();
            for (LoadLink link : links) {
                if (link.canSend()) {
                    link.send(now, true);
                }
            }
        });
        return measure(warmUp, measured, server, () -> isClosedLoop = false);
    }

    /** Shares are due so many a second, whatever becomes of those before; the connections take turns. */
    public Replies openLoop(int perSecond, Duration warmUp, Duration measured, ServerUse server)
            throws InterruptedException {
        long start = clock.nanos();
        double nanosEach = 1e9 / perSecond;
        due = 0;
        var ticking =
                loop.next().scheduleAtFixedRate(() -> sendDue(start, nanosEach), 0, TICK_MICROS, TimeUnit.MICROSECONDS);
        return measure(warmUp, measured, server, () -> ticking.cancel(false));
    }

    private void sendDue(long start, double nanosEach) {
        long now = clock.nanos();
        int tried = 0;
        while (start + (long) (due * nanosEach) <= now && tried < links.size()) {
            LoadLink link = links.get(next);
            next = (next + 1) % links.size();
            if (link.canSend()) {
                link.send(start + (long) (due * nanosEach), true);
                due++;
                tried = 0;
            } else {
                tried++;
            }
        }
    }

    private Replies measure(Duration warmUp, Duration measured, ServerUse server, Runnable stop)
            throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(warmUp.toNanos());
        long allBefore = answeredInAll();
        long heapBefore = server.heapBytes();
        onLoop(() -> {
            latency.reset();
            answered = 0;
            accepted = 0;
            isMeasuring = true;
        });
        long start = clock.nanos();
        long cpu = server.cpuNanos();
        TimeUnit.NANOSECONDS.sleep(measured.toNanos());
        onLoop(() -> isMeasuring = false);
        long took = clock.nanos() - start;
        long used = server.cpuNanos() - cpu;
        double heap = (server.heapBytes() - heapBefore) / (double) Math.max(1, answeredInAll() - allBefore);
        onLoop(stop);
        Replies replies = new Replies(answered, accepted, took, used, heap, latency.copy());
        awaitReplies();
        return replies;
    }

    private long answeredInAll() throws InterruptedException {
        long[] all = new long[1];
        onLoop(() -> all[0] = answeredInAll);
        return all[0];
    }

    /** So that nothing of one measurement is in the next. */
    private void awaitReplies() throws InterruptedException {
        long end = clock.nanos() + REPLIES_WITHIN.toNanos();
        int[] outstanding = {1};
        while (outstanding[0] > 0 && clock.nanos() < end) {
            onLoop(() -> outstanding[0] =
                    links.stream().mapToInt(LoadLink::outstanding).sum());
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** Tips that all connections have heard of since they came, oldest first; the first job is none. */
    public List<FanOut> fanOuts() throws InterruptedException {
        List<FanOut> copy = new ArrayList<>();
        onLoop(() -> copy.addAll(fanOuts));
        return copy;
    }

    /**
     * Waits for a tip that all connections have heard of.
     *
     * @param before how many such tips there were
     * @return empty when none came within that time
     */
    public Optional<FanOut> fanOut(int before, Duration patience) throws InterruptedException {
        long end = clock.nanos() + patience.toNanos();
        while (clock.nanos() < end) {
            List<FanOut> now = fanOuts();
            if (now.size() > before) {
                return Optional.of(now.get(before));
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return Optional.empty();
    }

    /** Each connection sends a share every so often, and what goes over the wires is counted. */
    public Traffic traffic(Duration between, Duration counted) throws InterruptedException {
        int perSecond = (int) Math.max(1, Math.round(links.size() * 1e9 / between.toNanos()));
        long[] at = new long[2];
        onLoop(() -> {
            at[0] = sentBytes;
            at[1] = receivedBytes;
        });
        Replies replies = openLoop(perSecond, Duration.ZERO, counted, () -> 0);
        long[] now = new long[2];
        onLoop(() -> {
            now[0] = sentBytes;
            now[1] = receivedBytes;
        });
        return new Traffic(links.size(), replies.nanos(), now[0] - at[0], now[1] - at[1], replies.answered());
    }

    void sent(int bytes) {
        sentBytes += bytes;
    }

    void received(int bytes) {
        receivedBytes += bytes;
    }

    private void onLoop(Runnable task) throws InterruptedException {
        try {
            loop.submit(task).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Nullable
    LoadJob newestJob() {
        return newestJob;
    }

    void newJob(LoadJob job) {
        newestJob = job;
    }

    void ready() {
        ready.countDown();
    }

    void lost(String how) {
        if (!isClosing) {
            lost.incrementAndGet();
            if (trouble == null) {
                trouble = new IllegalStateException("a connection was " + how);
            }
        }
    }

    void remember(Throwable cause) {
        trouble = cause;
    }

    void heardOfTip(String prevHash) {
        long now = clock.nanos();
        if (!prevHash.equals(tip)) {
            tip = prevHash;
            tipHeard = 0;
            tipFirst = now;
        }
        tipHeard++;
        tipLast = now;
        if (tipHeard == settings.connections() && ready.getCount() == 0 && fanOuts.size() < TIPS_MAX) {
            fanOuts.add(new FanOut(tipHeard, tipFirst, tipLast));
        }
    }

    void answered(LoadLink link, long dueNanos, boolean isAccepted) {
        long now = clock.nanos();
        answeredInAll++;
        if (isMeasuring) {
            answered++;
            accepted += isAccepted ? 1 : 0;
            latency.recordValue(Math.clamp(now - dueNanos, 0, latency.getHighestTrackableValue()));
        }
        if (isClosedLoop && link.canSend()) {
            link.send(now, false);
        }
    }

    @Override
    public void close() {
        isClosing = true;
        for (Channel channel : channels) {
            var _ = channel.close();
        }
        var _ = loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
