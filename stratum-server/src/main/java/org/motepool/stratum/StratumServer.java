package org.motepool.stratum;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.motepool.core.work.DifficultyScale;
import org.motepool.store.LiveStats;
import org.motepool.stratum.found.BlockFinder;
import org.motepool.stratum.found.BlockOutcome;
import org.motepool.stratum.guard.BanList;
import org.motepool.stratum.guard.ConnectionGate;
import org.motepool.stratum.guard.Guards;
import org.motepool.stratum.guard.LoopWatch;
import org.motepool.stratum.guard.StratumLimits;
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
import org.motepool.stratum.stats.StatsPublisher;
import org.motepool.stratum.stats.StratumMetrics;
import org.motepool.stratum.tls.CertificateException;
import org.motepool.stratum.tls.TlsCertificate;
import org.motepool.stratum.vardiff.LevelControl;
import org.motepool.stratum.vardiff.Vardiff;
import org.motepool.stratum.websocket.OriginPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves devices, on one port or more. {@link #start} listens and starts the chain; {@link #close} ends in order. Thread-safe. */
public final class StratumServer implements AutoCloseable {
    /** How long {@link #close} waits for shares on their way to the disk. */
    private static final Duration FORCE_WAIT = Duration.ofSeconds(5);

    /** Connections that wait to be accepted while the node is full or busy. */
    private static final int BACKLOG = 4096;

    /** Before a listener is closed for good, those who have come are let in: most handshakes under way end within twice this. */
    private static final Duration LAST_CALL = Duration.ofMillis(250);

    /** A handshake or a share. */
    private static final int READ_BYTES_MIN = 512;

    private static final Logger LOG = LoggerFactory.getLogger(StratumServer.class);

    private final StratumSettings settings;
    private final StratumParts parts;
    private final Transport transport = Transport.best();
    private final EventLoopGroup accepting = transport.group("stratum-accept", 1);
    private final EventLoopGroup workers;
    private final JobFeed feed;
    private final BlockFinder blocks;
    private final StatsBook stats;
    private final StatsPublisher publisher;
    private final ConnectionGate gate;
    private final BanList bans;
    private final SessionMemory sessions;
    private final NodeContext node;
    private final Optional<TlsCertificate> certificate;
    private final IdentityHashMap<EventExecutor, SessionLoop> loops = new IdentityHashMap<>();
    private final Map<String, Channel> acceptors = new LinkedHashMap<>();
    /** Those of them on whose port another process may listen. */
    private final List<Channel> sharing = new ArrayList<>();

    private volatile boolean closed;
    private volatile boolean draining;

    /**
     * Listens, then starts the chain; devices that come before the first template wait for it.
     *
     * @throws StratumBindException when it cannot listen; nothing is left running then
     * @throws CertificateException when there is no certificate to begin with, likewise
     */
    public static StratumServer start(StratumSettings settings, StratumParts parts)
            throws StratumBindException, CertificateException {
        return start(settings, parts, WorkSource.of(settings, parts));
    }

    static StratumServer start(StratumSettings settings, StratumParts parts, WorkSource work)
            throws StratumBindException, CertificateException {
        StratumMetrics metrics = new StratumMetrics(parts.registry());
        Optional<TlsCertificate> certificate = settings.certificate().isEmpty()
                ? Optional.empty()
                : Optional.of(TlsCertificate.open(settings.certificate().get(), parts.clock(), metrics));
        StratumServer server = new StratumServer(settings, parts, work, metrics, certificate);
        parts.chain().start(server.feed);
        server.publisher.start();
        server.bans.start();
        for (ListenerSettings one : settings.listeners()) {
            String name = one.profile().name();
            LOG.info(
                    "stratum listens on {}:{} ({}, {}, {})",
                    one.bindHost(),
                    server.ports().get(name),
                    name,
                    one.profile().scheme(),
                    server.transport.name());
        }
        return server;
    }

    private StratumServer(
            StratumSettings settings,
            StratumParts parts,
            WorkSource work,
            StratumMetrics metrics,
            Optional<TlsCertificate> certificate)
            throws StratumBindException {
        this.certificate = certificate;
        this.settings = settings;
        this.parts = parts;
        int threads = settings.eventLoops() == 0 ? Runtime.getRuntime().availableProcessors() : settings.eventLoops();
        workers = transport.group("stratum", threads);
        feed = new JobFeed(
                work.builder(),
                parts.hasher(),
                parts.clock(),
                metrics,
                work.firstJobNumber(),
                settings.feeBasisPoints(),
                PooledByteBufAllocator.DEFAULT,
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("stratum-jobs").daemon().factory()));
        blocks = new BlockFinder(parts.chain(), parts.log(), parts.blocks(), metrics);
        stats = new StatsBook(parts.clock());
        gate = new ConnectionGate(settings.limits().connectionsMax(), metrics.guards);
        bans = new BanList(parts.bans(), parts.clock());
        sessions = new SessionMemory(
                settings.fixedLevel().isPresent() ? Optional.empty() : parts.sessions(),
                parts.clock(),
                metrics.resumes);
        publisher = new StatsPublisher(
                stats,
                parts.liveStats(),
                parts.history(),
                metrics,
                settings.nodeId(),
                parts.hasher()::path,
                gate::open);
        node = new NodeContext(
                settings.network(),
                settings.limits(),
                parts.clock(),
                feed,
                levels(),
                new AtomicInteger(work.firstExtranonce1()),
                stats,
                metrics,
                gate,
                new Guards(bans, metrics.guards, parts.clock()),
                sessions);
        openLoops();
        for (ListenerSettings listener : settings.listeners()) {
            acceptors.put(listener.profile().name(), bind(listener));
        }
        new LoopWatch(workers, gate, parts.clock()).start(accepting.next());
    }

    private Supplier<LevelControl> levels() {
        if (settings.fixedLevel().isPresent()) {
            LevelControl fixed = new LevelControl.Fixed(settings.fixedLevel().get());
            return () -> fixed;
        }
        DifficultyScale difficulties = settings.network().proofOfWork().difficulties();
        return () -> new Vardiff(settings.shareInterval(), difficulties);
    }

    private void openLoops() {
        AtomicInteger loopsBehind = new AtomicInteger();
        for (EventExecutor executor : workers) {
            Judge judge = new Judge(
                    executor,
                    parts.chain().parameters().powShift(),
                    node.difficulties(),
                    parts.log(),
                    blocks,
                    node.metrics());
            SessionLoop loop = new SessionLoop(executor, node, judge, loopsBehind);
            loops.put(executor, loop);
            feed.join(loop);
            var _ = executor.scheduleWithFixedDelay(loop::tick, 1, 1, TimeUnit.SECONDS);
        }
    }

    private Channel bind(ListenerSettings listener) throws StratumBindException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(accepting, workers)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(READ_BYTES_MIN, READ_BYTES_MIN, StratumLimits.READ_BYTES_MAX))
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(
                                StratumLimits.WRITE_QUEUE_LOW_BYTES, StratumLimits.WRITE_QUEUE_HIGH_BYTES))
                .childHandler(new Initializer(listener));
        transport.tune(bootstrap);
        try {
            if (listener.reusePort()) {
                SharedPort.share(transport, bootstrap);
            }
            ChannelFuture bound =
                    bootstrap.bind(listener.bindHost(), listener.port()).awaitUninterruptibly();
            if (!bound.isSuccess()) {
                throw new IOException(bound.cause().getMessage(), bound.cause());
            }
            if (listener.reusePort()) {
                SharedPort.dealToAll(bound.channel());
                sharing.add(bound.channel());
            }
            gate.guard(bound.channel());
            return bound.channel();
        } catch (IOException e) {
            stopAccepting();
            endThreads();
            throw new StratumBindException(listener.bindHost(), listener.port(), e);
        }
    }

    private FrontDoor door(ListenerSettings listener) {
        Entrance entrance = new Entrance(
                certificate, listener.tlsOnly(), new OriginPolicy(settings.webSocketOrigins()), listener.proxies());
        return new FrontDoor(listener.profile().name(), entrance, node.metrics());
    }

    private final class Initializer extends ChannelInitializer<Channel> {
        private final ListenerProfile listener;
        private final FrontDoor door;

        Initializer(ListenerSettings settings) {
            this.listener = settings.profile();
            this.door = door(settings);
        }

        @Override
        protected void initChannel(Channel channel) {
            SessionLoop loop = loops.get(channel.eventLoop());
            if (loop == null) {
                throw new IllegalStateException("a connection on an event loop of somebody else");
            }
            door.open(channel, new SessionHandler(loop, node, listener));
        }
    }

    /** The main port in use. */
    public int port() {
        return portOf(acceptors.values().iterator().next());
    }

    /** The ports in use by listener, in the order of the settings. */
    public Map<String, Integer> ports() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        acceptors.forEach((name, channel) -> ports.put(name, portOf(channel)));
        return ports;
    }

    private static int portOf(Channel acceptor) {
        return ((InetSocketAddress) acceptor.localAddress()).getPort();
    }

    /** The certificate in use, where TLS is set up. */
    Optional<TlsCertificate> certificate() {
        return certificate;
    }

    public StratumSnapshot snapshot() {
        return new StratumSnapshot(
                stats.accepted(),
                stats.rejected(),
                blocks.blocksFound(),
                blocks.blocks(BlockOutcome.ACCEPTED),
                blocks.blocks(BlockOutcome.STALE),
                blocks.blocks(BlockOutcome.REFUSED),
                gate.open());
    }

    /** The connected workers of the highest rates, the highest first. */
    public List<LiveStats.WorkerReport> strongestWorkers(int max) {
        return stats.strongest(settings.nodeId(), max);
    }

    /**
     * A planned stop: takes no more connections, and sends those that are open away over that time, evenly; what they
     * still send is worth as much as ever. Only the first call counts.
     */
    public synchronized void drain(Duration over) {
        if (draining || closed) {
            return;
        }
        draining = true;
        LOG.info("draining: {} connections are sent away over {}", gate.open(), over);
        lastCall();
        stopAccepting();
        onEveryLoop(loop -> loop.drain(over));
    }

    /**
     * Lets in who has come already, or would lose the connection when the listener closes, and would try again later than
     * one who is asked to. Blocks for a moment.
     */
    private void lastCall() {
        acceptors.values().forEach(gate::leave);
        for (int place : SharedPort.PLACES) {
            sharing.forEach(acceptor -> SharedPort.dealTo(place, acceptor));
            pause(LAST_CALL);
            long before = gate.came();
            pause(LAST_CALL);
            // A listener cannot ask for its own place: where they still come, it was the one that was named.
            if (gate.came() == before) {
                return;
            }
        }
    }

    private void pause(Duration time) {
        accepting
                .schedule(() -> {}, time.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(FORCE_WAIT.toMillis());
    }

    /** Whether {@link #drain} was called. */
    public boolean isDraining() {
        return draining;
    }

    /** Reads the bans now; blocks. */
    public void readBans() {
        bans.read();
    }

    /** Takes no more connections; those that are open go on. Idempotent. */
    public void stopAccepting() {
        acceptors.values().forEach(acceptor -> acceptor.close().awaitUninterruptibly());
    }

    /** Stops accepting, answers the shares that are being forced, ends all connections. Idempotent; blocks, bounded. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        stopAccepting();
        onEveryLoop(SessionLoop::stopReading);
        awaitForced();
        feed.close();
        onEveryLoop(SessionLoop::close);
        // The ends of the connections follow.
        onEveryLoop(loop -> {});
        sessions.close();
        blocks.close();
        publisher.close();
        bans.close();
        endThreads();
    }

    private void awaitForced() {
        long deadline = System.nanoTime() + FORCE_WAIT.toNanos();
        while (unanswered() > 0 && System.nanoTime() < deadline) {
            // Every answer is a task of its loop: a round through all loops is the wait.
            onEveryLoop(loop -> {});
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        if (unanswered() > 0) {
            LOG.warn("{} shares were not forced within {}; they stay unanswered", unanswered(), FORCE_WAIT);
        }
    }

    private int unanswered() {
        return loops.values().stream().mapToInt(SessionLoop::unanswered).sum();
    }

    private void onEveryLoop(Consumer<SessionLoop> action) {
        List<Future<?>> done = new ArrayList<>();
        loops.forEach((executor, loop) -> done.add(executor.submit(() -> action.accept(loop))));
        for (Future<?> one : done) {
            if (!one.awaitUninterruptibly(FORCE_WAIT.toMillis())) {
                LOG.warn("an event loop did not answer within {}", FORCE_WAIT);
            }
        }
    }

    private void endThreads() {
        certificate.ifPresent(TlsCertificate::close);
        var acceptorsEnd = accepting.shutdownGracefully(0, 2, TimeUnit.SECONDS);
        var workersEnd = workers.shutdownGracefully(0, 5, TimeUnit.SECONDS);
        if (!acceptorsEnd.awaitUninterruptibly(6_000) || !workersEnd.awaitUninterruptibly(6_000)) {
            LOG.warn("event loops of the stratum server are still running");
        }
    }
}
