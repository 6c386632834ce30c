package org.motepool.stratum;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.prometheus.client.CollectorRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.core.account.Scheme;
import org.motepool.core.address.Network;
import org.motepool.core.time.FakeClock;
import org.motepool.core.work.PowShift;
import org.motepool.store.Sessions;
import org.motepool.stratum.found.BlockFinder;
import org.motepool.stratum.found.BlockListener;
import org.motepool.stratum.guard.BanList;
import org.motepool.stratum.guard.ConnectionGate;
import org.motepool.stratum.guard.Guards;
import org.motepool.stratum.guard.StratumLimits;
import org.motepool.stratum.job.JobBuilder;
import org.motepool.stratum.job.JobFeed;
import org.motepool.stratum.resume.SessionMemory;
import org.motepool.stratum.session.ListenerProfile;
import org.motepool.stratum.session.NodeContext;
import org.motepool.stratum.session.SessionHandler;
import org.motepool.stratum.session.SessionLoop;
import org.motepool.stratum.share.Judge;
import org.motepool.stratum.sniff.Entrance;
import org.motepool.stratum.sniff.FrontDoor;
import org.motepool.stratum.stats.StatsBook;
import org.motepool.stratum.stats.StratumMetrics;
import org.motepool.stratum.vardiff.LevelControl;
import org.motepool.validator.hash.ScalarShareHasher;

/** One connection without a socket: the real pipeline on an embedded channel, with a clock that stands still. */
final class EmbeddedDesk implements AutoCloseable {
    final FakeClock clock = new FakeClock(ServerFixture.SECOND);
    final FakeShareLog log = new FakeShareLog();
    final FakeChain chain = ServerFixture.chain();
    final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false);
    final CollectorRegistry registry = new CollectorRegistry();
    final EmbeddedChannel channel;
    final FakeBans bans = new FakeBans();
    final BanList banList = new BanList(Optional.of(bans), clock);
    final StatsBook stats = new StatsBook(clock);
    private final ScheduledExecutorService refresher = Executors.newSingleThreadScheduledExecutor();
    final JobFeed feed;
    final SessionLoop loop;
    final BlockFinder blocks;
    final SessionMemory sessions;
    private final NodeContext node;

    EmbeddedDesk() {
        this(ServerFixture.recordedJobs(), () -> new LevelControl.Fixed(ServerFixture.LEVEL));
    }

    EmbeddedDesk(JobBuilder jobs, Supplier<LevelControl> levels) {
        this(jobs, levels, new EmbeddedChannel(), Optional.empty());
    }

    /** A node that asks this store for what a device's last connection knew, and a device at that address. */
    EmbeddedDesk(Supplier<LevelControl> levels, Sessions store, InetAddress address) {
        this(ServerFixture.recordedJobs(), levels, channelFrom(address), Optional.of(store));
    }

    /** A device at that address. */
    static EmbeddedDesk from(InetAddress address) {
        return new EmbeddedDesk(
                ServerFixture.recordedJobs(),
                () -> new LevelControl.Fixed(ServerFixture.LEVEL),
                channelFrom(address),
                Optional.empty());
    }

    private static EmbeddedChannel channelFrom(InetAddress address) {
        return new EmbeddedChannel() {
            @Override
            protected SocketAddress remoteAddress0() {
                return new InetSocketAddress(address, 50_000);
            }
        };
    }

    private EmbeddedDesk(
            JobBuilder jobs, Supplier<LevelControl> levels, EmbeddedChannel channel, Optional<Sessions> store) {
        this.channel = channel;
        StratumMetrics metrics = new StratumMetrics(registry);
        feed = new JobFeed(
                jobs, new ScalarShareHasher(), clock, metrics, ServerFixture.JOB_NUMBER, 100, memory, refresher);
        channel.config().setAllocator(memory);
        channel.freezeTime();
        blocks = new BlockFinder(chain, log, BlockListener.NONE, metrics);
        sessions = new SessionMemory(store, clock, metrics.resumes);
        node = new NodeContext(
                Network.REGTEST,
                StratumLimits.DEFAULT,
                clock,
                feed,
                levels,
                new AtomicInteger(ServerFixture.EXTRANONCE1),
                stats,
                metrics,
                new ConnectionGate(10, metrics.guards),
                new Guards(banList, metrics.guards, clock),
                sessions);
        Judge judge = new Judge(channel.eventLoop(), PowShift.NONE, node.difficulties(), log, blocks, metrics);
        loop = new SessionLoop(channel.eventLoop(), node, judge, new AtomicInteger());
        feed.join(loop);
        open(channel);
        template(ServerFixture.template(), true);
    }

    private void open(EmbeddedChannel opened) {
        new FrontDoor(ListenerProfile.MAIN, Entrance.plain(), node.metrics())
                .open(opened, new SessionHandler(loop, node, ListenerProfile.main(Scheme.PPLNS)));
    }

    /** One more connection of the same loop; the caller runs its tasks and closes it. */
    EmbeddedChannel another() {
        EmbeddedChannel opened = new EmbeddedChannel();
        opened.config().setAllocator(memory);
        open(opened);
        return opened;
    }

    void template(BlockTemplate template, boolean newTip) {
        feed.onTemplate(template, newTip);
        run();
    }

    /** All tasks, and those of the next second: pauses between lines. */
    void run() {
        channel.runPendingTasks();
        for (int i = 0; i < 20; i++) {
            channel.advanceTimeBy(50, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
            channel.runPendingTasks();
        }
    }

    /** Waits until a fresh job that was asked for is made; with the clock moved on, that is at once. */
    void settle() {
        try {
            refresher.submit(() -> {}).get(5, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the job feed does not come to rest", e);
        }
    }

    void send(String text) {
        sendBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    void sendBytes(byte[] bytes) {
        if (!channel.isOpen()) {
            return;
        }
        channel.writeInbound(memory.buffer(bytes.length + 1).writeBytes(bytes));
        channel.runPendingTasks();
    }

    double metric(String name, String... labelsAndValues) {
        String[] labels = new String[labelsAndValues.length / 2];
        String[] values = new String[labels.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = labelsAndValues[2 * i];
            values[i] = labelsAndValues[2 * i + 1];
        }
        Double value = registry.getSampleValue(name, labels, values);
        return value == null ? 0 : value;
    }

    /** Subscribes and authorizes, and throws the answers away. */
    void logIn(String agent) {
        send("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"" + agent + "\"]}\n");
        send("{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"" + ServerFixture.USER + "\",\"x\"]}\n");
        run();
        List<String> ignored = lines();
        if (ignored.size() != 4) {
            throw new IllegalStateException("log-in answered " + ignored);
        }
    }

    /** Lines that came back since the last call; a closed connection ends with {@link Transcript#CLOSED}. */
    List<String> lines() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            text.append(part.toString(StandardCharsets.UTF_8));
            part.release();
        }
        List<String> lines = new ArrayList<>(List.of(text.toString().split("\n", -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        if (!channel.isOpen()) {
            lines.add(Transcript.CLOSED);
        }
        return lines;
    }

    @Override
    public void close() {
        var _ = channel.close();
        channel.runPendingTasks();
        lines();
        loop.close();
        feed.close();
        blocks.close();
        banList.close();
        sessions.close();
        channel.finishAndReleaseAll();
        long leaked = memory.metric().usedHeapMemory() + memory.metric().usedDirectMemory();
        if (leaked != 0) {
            throw new AssertionError(leaked + " bytes of buffers leaked");
        }
    }
}
