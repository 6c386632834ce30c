package org.motepool.stratum.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.motepool.stratum.guard.CloseReason;
import org.motepool.stratum.v1.LineFramer;
import org.motepool.stratum.v1.MinerMessage;
import org.motepool.stratum.v1.V1Decoder;
import org.motepool.stratum.websocket.HttpEntrance;
import org.motepool.stratum.websocket.HttpRefusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between the pipeline and the session: decodes lines, turns reading on and off, ends what is not Stratum. */
public final class SessionHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(SessionHandler.class);

    private final SessionLoop loop;
    private final NodeContext node;
    private final ListenerProfile listener;
    private @Nullable Session session;
    /** Of the last submit. */
    private String user = "";

    public SessionHandler(SessionLoop loop, NodeContext node, ListenerProfile listener) {
        this.loop = loop;
        this.node = node;
        this.listener = listener;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            open(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        open(ctx);
        ctx.fireChannelActive();
    }

    private void open(ChannelHandlerContext ctx) {
        if (session != null) {
            return;
        }
        Session opened = new Session(loop, node, listener, ctx.channel(), () -> regulate(ctx));
        session = opened;
        node.gate().opened();
        loop.add(opened);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            Session open = session;
            if (open != null && !open.isClosing() && message instanceof ByteBuf line) {
                read(ctx, open, line);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(ChannelHandlerContext ctx, Session open, ByteBuf line) {
        if (isHttp(line) && !HttpEntrance.isUpgraded(ctx.pipeline())) {
            answerHttp(ctx, open);
            return;
        }
        MinerMessage message = V1Decoder.decode(line, node.difficulties(), user);
        if (message instanceof MinerMessage.Submit submit) {
            user = submit.user();
        }
        if (message instanceof MinerMessage.Malformed && !open.hasSubscribed() && !startsAsObject(line)) {
            open.close(CloseReason.NOT_STRATUM);
            return;
        }
        open.on(message);
    }

    private static boolean startsAsObject(ByteBuf line) {
        int start = line.forEachByte(b -> b == ' ' || b == '\t' || b == '\r');
        return start >= 0 && line.getByte(start) == '{';
    }

    private static boolean isHttp(ByteBuf line) {
        byte first = line.getByte(line.readerIndex());
        if (first < 'A' || first > 'Z') {
            return false;
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.contains(" HTTP/1") || text.startsWith("GET ");
    }

    private void answerHttp(ChannelHandlerContext ctx, Session open) {
        open.onTurnEnd();
        open.closingFor(CloseReason.HTTP);
        HttpRefusal.answerRaw(ctx);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        Session open = session;
        if (open != null && !open.isClosing()) {
            open.onTurnEnd();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        Session open = session;
        if (open != null && event instanceof LineFramer.Trouble trouble) {
            open.close(
                    switch (trouble) {
                        case LINE_TOO_LONG -> CloseReason.LINE_TOO_LONG;
                        case NOT_STRATUM -> CloseReason.NOT_STRATUM;
                    });
        } else if (open != null && event instanceof CloseReason reason) {
            open.close(reason);
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        Session open = session;
        if (open != null && !open.isClosing()) {
            if (ctx.channel().isWritable()) {
                open.onReady();
            } else {
                regulate(ctx);
            }
        }
        ctx.fireChannelWritabilityChanged();
    }

    /** The peer's fault, by which protocol it broke. */
    private static Optional<CloseReason> blame(Throwable cause) {
        Throwable deepest = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        return switch (deepest) {
            case SSLException _ -> Optional.of(CloseReason.BAD_TLS);
            case HAProxyProtocolException _ -> Optional.of(CloseReason.NO_PROXY_HEADER);
            case CorruptedWebSocketFrameException _, WebSocketHandshakeException _, TooLongFrameException _ ->
                Optional.of(CloseReason.BAD_FRAME);
            // It left in the middle of a message.
            case PrematureChannelClosureException _ -> Optional.of(CloseReason.PEER);
            default -> Optional.empty();
        };
    }

    private void regulate(ChannelHandlerContext ctx) {
        Session open = session;
        if (open == null || open.isClosing()) {
            return;
        }
        boolean read = open.mayRead();
        if (ctx.channel().config().isAutoRead() != read) {
            ctx.channel().config().setAutoRead(read);
            if (read) {
                // Not now: this may be the framer's own call.
                ctx.executor().execute(() -> resume(ctx));
            }
        }
    }

    private static void resume(ChannelHandlerContext ctx) {
        ChannelHandlerContext framer = ctx.pipeline().context(LineFramer.class);
        if (framer == null) {
            return;
        }
        try {
            LineFramer.resume(framer);
            ctx.pipeline().fireChannelReadComplete();
        } catch (Exception e) {
            ctx.fireExceptionCaught(e);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        Session open = session;
        if (open != null) {
            session = null;
            loop.remove(open);
            open.onClosed();
            node.gate().closed();
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Session open = session;
        if (open == null) {
            var _ = ctx.close();
            return;
        }
        Optional<CloseReason> blamed = blame(cause);
        if (blamed.isPresent()) {
            LOG.debug("a connection is closed, {}", blamed.get(), cause);
            open.close(blamed.get());
        } else if (cause instanceof IOException) {
            open.close(CloseReason.PEER);
        } else {
            LOG.error("a connection failed and is closed", cause);
            open.close(CloseReason.INTERNAL);
        }
    }
}
