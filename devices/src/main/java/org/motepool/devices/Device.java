package org.motepool.devices;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.motepool.core.time.PoolClock;
import org.motepool.core.work.PowShift;
import org.motepool.devices.firmware.Board;
import org.motepool.devices.firmware.Firmware;
import org.motepool.devices.hash.FoundShare;
import org.motepool.devices.hash.Rig;
import org.motepool.devices.hash.Search;
import org.motepool.devices.hash.ShareFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One twin: a firmware, its chip and its link. Everything but the counts happens on its event loop. */
final class Device implements Board {
    /** What one read can leave behind when a board stops reading. */
    private static final int KEPT_READS_MAX = 64;
    /** About what an ESP8266 has for a link, and the least that Linux gives: behind it the window closes. */
    private static final int ESP8266_RECEIVE_BYTES = 4_096;

    private static final int READ_BYTES_MAX = 16_384;
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(Device.class);

    private final TwinSpec spec;
    private final SwarmSettings settings;
    private final @Nullable String source;
    private final EventLoop loop;
    private final LoopPulse pulse;
    private final PoolClock clock;
    private final SplittableRandom random;
    private final Rig rig;
    private final Firmware firmware;
    private final Tally tally = new Tally();
    private final Runnable onSettled;
    private final Deque<String> kept = new ArrayDeque<>();

    private @Nullable Channel channel;
    private String host;
    private int port;
    private int link;
    private boolean reading = true;
    private boolean mayEnd;
    private volatile boolean hashing = true;
    private volatile boolean dialling = true;

    /** @param source local address that it dials from; null for the machine's own choice */
    Device(
            TwinSpec spec,
            SwarmSettings settings,
            @Nullable String source,
            EventLoop loop,
            LoopPulse pulse,
            PoolClock clock,
            long seed,
            Runnable onSettled) {
        this.spec = spec;
        this.settings = settings;
        this.source = source;
        this.host = settings.host();
        this.port = settings.port();
        this.loop = loop;
        this.pulse = pulse;
        this.clock = clock;
        this.random = new SplittableRandom(seed);
        this.onSettled = onSettled;
        this.rig = new Rig(
                spec.nominalHashesPerSecond(),
                spec.kind().nominalHashesPerReport(),
                settings.powShift(),
                random.nextDouble(),
                this::found);
        this.firmware = spec.kind().firmware(this, spec.userName(), spec.password());
    }

    String group() {
        return spec.group();
    }

    Tally tally() {
        return tally;
    }

    Rig rig() {
        return rig;
    }

    long realHashes() {
        return rig.hashes();
    }

    /** Switches the board on within the ramp-up. */
    void start() {
        long delay = random.nextLong(settings.rampUp().toNanos() + 1);
        var _ = loop.schedule(
                () -> {
                    tally.switchedOn(clock.nanos());
                    dial();
                },
                delay,
                TimeUnit.NANOSECONDS);
    }

    /** Lets it find shares or not; its link stays. */
    void hashing(boolean on) {
        hashing = on;
        rig.pause(!on);
    }

    /** It dials no more; with {@code closing}, its link is closed too. */
    void retire(boolean closing) {
        dialling = false;
        if (closing) {
            loop.execute(() -> {
                if (channel != null) {
                    var _ = channel.close();
                }
            });
        }
    }

    /** On the hashing thread. */
    private void found(FoundShare share) {
        loop.execute(() -> {
            if (hashing && channel != null) {
                firmware.found(share);
            }
        });
    }

    private void dial() {
        if (!dialling) {
            return;
        }
        int dialled = ++link;
        Bootstrap dialler = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                // A guess that shrinks would cut a segment in two, and some boards see segments.
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES_MAX))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .handler(new ChannelInitializer<NioSocketChannel>() {
                    @Override
                    protected void initChannel(NioSocketChannel made) {
                        made.pipeline().addLast("firmware", new LinkHandler(dialled));
                    }
                });
        if (spec.kind() == TwinKind.LEAFMINER_ESP8266) {
            var _ = dialler.option(ChannelOption.SO_RCVBUF, ESP8266_RECEIVE_BYTES);
        }
        if (source != null) {
            var _ = dialler.localAddress(new InetSocketAddress(source, 0));
        }
        var _ = dialler.connect(host, port).addListener((ChannelFuture done) -> {
            if (!done.isSuccess()) {
                dialAgain(firmware.pauseAfterRefusal());
            }
        });
    }

    private void dialAgain(Duration pause) {
        if (dialling && !loop.isShuttingDown()) {
            var _ = loop.schedule(this::dial, pause.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private final class LinkHandler extends SimpleChannelInboundHandler<ByteBuf> {
        private final int number;
        private boolean adopted;

        LinkHandler(int number) {
            this.number = number;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (!dialling) {
                var _ = context.close();
                return;
            }
            adopted = true;
            channel = context.channel();
            reading = true;
            mayEnd = false;
            kept.clear();
            tally.connected(clock.nanos());
            firmware.connected();
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf read) {
            tally.bytesDown.addAndGet(read.readableBytes());
            if (number != link || !context.channel().isActive()) {
                return;
            }
            String text = read.toString(StandardCharsets.ISO_8859_1);
            if (reading && kept.isEmpty()) {
                deliver(text);
            } else if (kept.size() < KEPT_READS_MAX) {
                kept.addLast(text);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (!adopted) {
                return;
            }
            link++;
            channel = null;
            kept.clear();
            tally.disconnected(clock.nanos(), mayEnd || !dialling);
            firmware.disconnected();
            dialAgain(firmware.pauseAfterLoss());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("The link of {} broke", spec, cause);
            var _ = context.close();
        }
    }

    private void deliver(String read) {
        int end = read.indexOf('\n') + 1;
        if (end == 0 || end == read.length() || !pulse.isLate()) {
            firmware.received(read);
            return;
        }
        for (int from = 0; from < read.length() && linked(); from = end) {
            int newline = read.indexOf('\n', from);
            end = newline < 0 ? read.length() : newline + 1;
            firmware.received(read.substring(from, end));
        }
    }

    @Override
    public void send(String text) {
        if (channel != null) {
            tally.bytesUp.addAndGet(text.length());
            var _ = channel.writeAndFlush(ByteBufUtil.writeUtf8(channel.alloc(), text), channel.voidPromise());
        }
    }

    @Override
    public void drop(String why) {
        LOG.debug("{} leaves: {}", spec, why);
        if (channel != null) {
            var _ = channel.close();
        }
    }

    @Override
    public void redial(String toHost, int toPort) {
        host = toHost;
        port = toPort;
        redial();
    }

    @Override
    public void redial() {
        mayEnd = true;
        drop("the pool asked to reconnect");
    }

    @Override
    public boolean linked() {
        return channel != null && channel.isActive();
    }

    @Override
    public void heard(String line) {
        tally.heard(line, spec.kind().buffers());
        // Boards that do not understand it lose their link a little later, and that was announced too.
        mayEnd |= line.contains("\"client.reconnect\"");
    }

    @Override
    public void listen(boolean on) {
        reading = on;
        if (channel == null) {
            return;
        }
        while (reading && !kept.isEmpty()) {
            firmware.received(kept.removeFirst());
        }
        if (channel != null) {
            var _ = channel.config().setAutoRead(reading);
        }
    }

    @Override
    public void after(Duration delay, Runnable action) {
        if (loop.isShuttingDown()) {
            return;
        }
        int of = link;
        var _ = loop.schedule(
                () -> {
                    if (of == link && channel != null) {
                        action.run();
                    }
                },
                delay.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    @Override
    public long nanos() {
        return clock.nanos();
    }

    @Override
    public void search(Search next) {
        rig.search(next);
    }

    @Override
    public void idle() {
        rig.idle();
    }

    @Override
    public void filter(ShareFilter next) {
        rig.filter(next);
    }

    @Override
    public PowShift powShift() {
        return settings.powShift();
    }

    @Override
    public double nominalHashesPerSecond() {
        return spec.nominalHashesPerSecond();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void submitted() {
        tally.submitted.incrementAndGet();
    }

    @Override
    public void settled(String reason) {
        if (reason.isEmpty()) {
            tally.accepted(clock.nanos());
        } else {
            tally.rejected(reason);
        }
        onSettled.run();
    }

    @Override
    public void settledOwnDuplicate() {
        tally.ownDuplicates.incrementAndGet();
        onSettled.run();
    }

    @Override
    public void unanswered(int shares) {
        tally.unanswered.addAndGet(shares);
        onSettled.run();
    }
}
