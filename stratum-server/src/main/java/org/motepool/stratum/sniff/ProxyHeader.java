package org.motepool.stratum.sniff;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.ProtocolDetectionState;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.motepool.stratum.guard.CloseReason;
import org.motepool.stratum.guard.PeerAddress;

/** Takes the PROXY header, version 1 or 2, off a connection that a proxy brings, and the address in it for the peer's. */
final class ProxyHeader extends SimpleChannelInboundHandler<HAProxyMessage> {
    /** Extensions of version 2 behind the addresses; what proxies send is far shorter. */
    private static final int EXTENSION_BYTES_MAX = 2048;

    private @Nullable Future<?> deadline;

    static void addTo(ChannelPipeline pipeline) {
        PeerAddress.await(pipeline.channel());
        pipeline.addLast("proxy check", new Check());
        pipeline.addLast("proxy", new HAProxyMessageDecoder(EXTENSION_BYTES_MAX));
        pipeline.addLast("proxy header", new ProxyHeader());
    }

    /** The decoder waits for a header whatever comes; this ends what cannot become one. */
    private static final class Check extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof ByteBuf bytes
                    && HAProxyMessageDecoder.detectProtocol(bytes).state() == ProtocolDetectionState.INVALID) {
                bytes.release();
                ctx.fireUserEventTriggered(CloseReason.NO_PROXY_HEADER);
                return;
            }
            ctx.fireChannelRead(message);
            if (!ctx.isRemoved()) {
                ctx.pipeline().remove(this);
            }
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline = ctx.executor()
                .schedule(
                        () -> ctx.fireUserEventTriggered(CloseReason.NO_PROXY_HEADER),
                        Sniffer.PATIENCE.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HAProxyMessage header) {
        String source = header.sourceAddress();
        PeerAddress.setSocket(ctx.channel());
        // LOCAL is the proxy's own look at whether we live; UNKNOWN names nobody.
        if (header.command() == HAProxyCommand.PROXY && source != null && !source.isEmpty()) {
            try {
                PeerAddress.set(ctx.channel(), InetAddress.ofLiteral(source));
            } catch (IllegalArgumentException e) {
                // A socket's path, from a proxy on the same machine: the proxy stands for the peer.
            }
        }
        ctx.pipeline().remove(this);
    }
}
