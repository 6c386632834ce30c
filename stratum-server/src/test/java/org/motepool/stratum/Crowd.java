package org.motepool.stratum;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.codec.string.StringEncoder;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.bytes.Bytes;

/** Thousands of devices on one thread: each logs in, takes its job and has one share accepted, any nonce being good. */
final class Crowd implements AutoCloseable {
    private static final int DEVICES_PER_ADDRESS = 5;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final int port;
    private final int devices;
    private final List<Channel> channels = new ArrayList<>();

    Crowd(int port, int devices) {
        this.port = port;
        this.devices = devices;
    }

    /**
     * @param allMining from the first connect to the last first share
     * @param subscribe sorted times from a subscribe sent to its reply, in nanoseconds
     * @param lost connections that failed or were closed
     */
    record Arrival(Duration allMining, long[] subscribe, int mining, int lost) {
        double subscribeMillis(double part) {
            int index = (int) Math.ceil(part * subscribe.length) - 1;
            return subscribe.length == 0 ? 0 : subscribe[Math.max(0, index)] / 1e6;
        }

        @Override
        public String toString() {
            return "{\"mining\":%d,\"lost\":%d,\"all_mining_s\":%.2f,\"subscribe_ms\":{\"p50\":%.0f,\"p99\":%.0f,\"p999\":%.0f}}"
                    .formatted(
                            mining,
                            lost,
                            allMining.toNanos() / 1e9,
                            subscribeMillis(0.5),
                            subscribeMillis(0.99),
                            subscribeMillis(0.999));
        }
    }

    /** All connect at once. */
    Arrival arrive(Duration patience) throws InterruptedException {
        CountDownLatch mining = new CountDownLatch(devices);
        AtomicInteger lost = new AtomicInteger();
        ConcurrentLinkedQueue<Long> subscribed = new ConcurrentLinkedQueue<>();
        long start = System.nanoTime();
        for (int i = 0; i < devices; i++) {
            Device device = new Device(user(i), mining, lost, subscribed);
            Channel channel = new Bootstrap()
                    .group(loop)
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel opened) {
                            opened.pipeline()
                                    .addLast(
                                            new LineBasedFrameDecoder(8192),
                                            new StringDecoder(),
                                            new StringEncoder(),
                                            device);
                        }
                    })
                    .connect(InetAddress.getLoopbackAddress(), port)
                    .channel();
            channels.add(channel);
        }
        boolean all = mining.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        long[] times = subscribed.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(times);
        return new Arrival(all ? took : patience, times, devices - (int) mining.getCount(), lost.get());
    }

    private static String user(int device) {
        byte[] key = new byte[20];
        key[0] = (byte) (device / DEVICES_PER_ADDRESS);
        key[1] = (byte) (device / DEVICES_PER_ADDRESS >> 8);
        return PayoutAddress.ofWitnessKeyHash(Bytes.copyOf(key), Network.REGTEST)
                        .canonical() + ".d" + device % DEVICES_PER_ADDRESS;
    }

    /** All hang up at once. */
    void leave() {
        channels.forEach(channel -> channel.close().awaitUninterruptibly());
        channels.clear();
    }

    @Override
    public void close() {
        leave();
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static final class Device extends SimpleChannelInboundHandler<String> {
        private final String user;
        private final CountDownLatch mining;
        private final AtomicInteger lost;
        private final ConcurrentLinkedQueue<Long> subscribed;
        private long asked;
        private boolean sharing;
        private boolean done;

        Device(String user, CountDownLatch mining, AtomicInteger lost, ConcurrentLinkedQueue<Long> subscribed) {
            this.user = user;
            this.mining = mining;
            this.lost = lost;
            this.subscribed = subscribed;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            asked = System.nanoTime();
            var _ = ctx.writeAndFlush(
                    "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"NerdMinerV2/V1.8.3\"]}\n");
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, String line) {
            if (line.startsWith("{\"id\":1,")) {
                subscribed.add(System.nanoTime() - asked);
                var _ = ctx.writeAndFlush(
                        "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"" + user + "\",\"x\"]}\n");
            } else if (line.contains("mining.notify\",\"params\":[\"") && !sharing) {
                sharing = true;
                String job = line.split("\"params\":\\[\"")[1].split("\"")[0];
                String[] last = line.split("\",\"");
                String ntime = last[last.length - 1].substring(0, 8);
                var _ = ctx.writeAndFlush("{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"" + user + "\",\"" + job
                        + "\",\"00000001\",\"" + ntime + "\",\"da5d0af0\"]}\n");
            } else if (line.startsWith("{\"id\":4,\"result\":true") && !done
                    // At a level of its own its one nonce may be no share: then it is answered, and that is a device
                    // served.
                    || line.startsWith("{\"id\":4,") && line.contains("[23,") && !done) {
                done = true;
                mining.countDown();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (!done) {
                lost.incrementAndGet();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            var _ = ctx.close();
        }
    }
}
