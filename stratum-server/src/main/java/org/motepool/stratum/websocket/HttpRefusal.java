package org.motepool.stratum.websocket;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Answers what is HTTP and no miner, and ends the connection so that the answer is read. Stateless. */
public final class HttpRefusal {
    public static final String TEXT = "This port speaks Stratum. Point a miner at it, no browser.\n";

    /** A closing HTTP client gets so long to read its answer. */
    private static final int LINGER_SECONDS = 2;

    private HttpRefusal() {}

    static void answer(ChannelHandlerContext ctx, HttpResponseStatus status, String text) {
        var content = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
        int length = content.readableBytes();
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain")
                .set(HttpHeaderNames.CONTENT_LENGTH, length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
            response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
        }
        var _ = ctx.writeAndFlush(response).addListener((ChannelFuture sent) -> linger(sent, ctx));
    }

    /** The same on a connection of lines, which has no HTTP in its pipeline. */
    public static void answerRaw(ChannelHandlerContext ctx) {
        String answer = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: " + TEXT.length()
                + "\r\nConnection: close\r\n\r\n" + TEXT;
        var _ = ctx.writeAndFlush(Unpooled.copiedBuffer(answer, StandardCharsets.US_ASCII))
                .addListener((ChannelFuture sent) -> linger(sent, ctx));
    }

    /** Closing at once with unread input would reset the connection and lose the answer. */
    private static void linger(ChannelFuture sent, ChannelHandlerContext ctx) {
        if (sent.isSuccess() && ctx.channel() instanceof SocketChannel socket) {
            SslHandler tls = ctx.pipeline().get(SslHandler.class);
            if (tls == null) {
                var _ = socket.shutdownOutput();
            } else {
                var _ = tls.closeOutbound();
            }
            var _ = ctx.executor()
                    .schedule(
                            () -> {
                                var _ = socket.close();
                            },
                            LINGER_SECONDS,
                            TimeUnit.SECONDS);
        } else {
            var _ = ctx.close();
        }
    }
}
