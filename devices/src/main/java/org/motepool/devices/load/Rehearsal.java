package org.motepool.devices.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.util.CharsetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * Takes logins and says what a pool would say, in the load's own process: so that the first storm on a pool is of a load
 * that has been compiled, and measures the pool. Knows nothing of shares. Started and closed by one thread.
 */
public final class Rehearsal implements AutoCloseable {
    private static final int LINE_BYTES_MAX = 4096;
    private static final int BACKLOG = 4096;
    private static final String SUBSCRIBED =
            "{\"id\":1,\"result\":[[[\"mining.notify\",\"00000000\"]],\"00000001\",4],\"error\":null}\n";
    private static final String AUTHORIZED = "{\"id\":2,\"result\":true,\"error\":null}\n"
            + "{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[1]}\n"
            + "{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"1\",\"" + "00".repeat(32) + "\",\""
            + "00".repeat(100) + "\",\"" + "00".repeat(100) + "\",[\"" + "00".repeat(32)
            + "\"],\"20000000\",\"1b47c7ea\",\"66b2c3d4\",true]}\n";

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1,
            Thread.ofPlatform().name("rehearsal-", 0).daemon().factory(),
            Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    private final Channel listening;

    /** Listens on a free loopback port. */
    public Rehearsal() {
        listening = new ServerBootstrap()
                .group(loop)
                .channel(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        opened.pipeline().addLast(new LineBasedFrameDecoder(LINE_BYTES_MAX), new Answers());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    private static final class Answers extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf line) {
            String asked = line.toString(CharsetUtil.US_ASCII);
            String answer = asked.contains("\"mining.subscribe\"") ? SUBSCRIBED : AUTHORIZED;
            var _ = ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), answer), ctx.voidPromise());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            var _ = ctx.close();
        }
    }

    @Override
    public void close() {
        var _ = listening.close();
        var _ = loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
