package org.motepool.stratum.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.motepool.stratum.guard.CloseReason;

/**
 * Between frames and lines: a text frame in is its bytes and a newline, so that the line framer and all behind it work as
 * over TCP; a line out is a text frame without its newline. Pings where the pool has said nothing for long, and says by
 * the code of its close frame why it closes.
 */
final class LineFrames extends ChannelDuplexHandler {
    private boolean open;
    private @Nullable WebSocketCloseStatus violation;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof TextWebSocketFrame frame) {
            ByteBuf content = frame.content();
            // One buffer, so that a frame is one read of the framer, whatever is in it.
            ctx.fireChannelRead(ctx.alloc()
                    .buffer(content.readableBytes() + 1)
                    .writeBytes(content)
                    .writeByte('\n'));
            frame.release();
        } else if (message instanceof BinaryWebSocketFrame frame) {
            frame.release();
            ctx.fireUserEventTriggered(CloseReason.BINARY_FRAME);
        } else {
            // The rest of the request that upgraded.
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf line) {
            int length = line.readableBytes();
            boolean ended = length > 0 && line.getByte(line.writerIndex() - 1) == '\n';
            var _ = ctx.write(new TextWebSocketFrame(ended ? line.writerIndex(line.writerIndex() - 1) : line), promise);
        } else {
            var _ = ctx.write(message, promise);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
            open = true;
        }
        if (!(event instanceof IdleStateEvent)) {
            ctx.fireUserEventTriggered(event);
        } else if (open && ctx.channel().isWritable()) {
            var _ = ctx.writeAndFlush(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Throwable deepest = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        if (deepest instanceof CorruptedWebSocketFrameException corrupt) {
            violation = corrupt.closeStatus();
        } else if (deepest instanceof TooLongFrameException) {
            violation = WebSocketCloseStatus.MESSAGE_TOO_BIG;
        }
        ctx.fireExceptionCaught(cause);
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (open && ctx.channel().isActive()) {
            open = false;
            WebSocketCloseStatus status = violation != null ? violation : status(CloseReason.of(ctx.channel()));
            var _ = ctx.writeAndFlush(new CloseWebSocketFrame(status));
        }
        var _ = ctx.close(promise);
    }

    private static WebSocketCloseStatus status(@Nullable CloseReason reason) {
        if (reason == null) {
            return WebSocketCloseStatus.NORMAL_CLOSURE;
        }
        return switch (reason) {
            case PEER, HTTP -> WebSocketCloseStatus.NORMAL_CLOSURE;
            case SHUTDOWN -> WebSocketCloseStatus.ENDPOINT_UNAVAILABLE;
            case LINE_TOO_LONG -> WebSocketCloseStatus.MESSAGE_TOO_BIG;
            case BINARY_FRAME -> WebSocketCloseStatus.INVALID_MESSAGE_TYPE;
            case BAD_FRAME -> WebSocketCloseStatus.PROTOCOL_ERROR;
            case INTERNAL -> WebSocketCloseStatus.INTERNAL_SERVER_ERROR;
            default -> WebSocketCloseStatus.POLICY_VIOLATION;
        };
    }
}
