package org.motepool.stratum.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.motepool.stratum.guard.CloseReason;
import org.motepool.stratum.v1.LineFramer;

/** Turns an upgrade to WebSocket into a connection of lines; answers every other request with 400 and closes. */
public final class HttpEntrance extends SimpleChannelInboundHandler<HttpObject> {
    /** The sub-protocol's name; a client that names none gets none. */
    public static final String SUBPROTOCOL = "stratum";

    private static final int REQUEST_LINE_BYTES_MAX = 4096;
    private static final int HEADER_BYTES_MAX = 8192;
    private static final int BODY_CHUNK_BYTES_MAX = 1024;
    private static final long HANDSHAKE_MILLIS_MAX = 10_000;
    /** Shorter than any proxy takes for silence. */
    private static final int PING_AFTER_SECONDS = 30;

    private final OriginPolicy origins;
    private boolean answered;

    private HttpEntrance(OriginPolicy origins) {
        super(HttpObject.class, false);
        this.origins = origins;
    }

    /** Puts HTTP behind the handler that found it, before the session. */
    public static void addAfter(ChannelHandlerContext sniffer, OriginPolicy origins) {
        ChannelPipeline pipeline = sniffer.pipeline();
        pipeline.addAfter(
                sniffer.name(),
                "http",
                new HttpServerCodec(REQUEST_LINE_BYTES_MAX, HEADER_BYTES_MAX, BODY_CHUNK_BYTES_MAX));
        pipeline.addAfter("http", "http entrance", new HttpEntrance(origins));
    }

    /** Whether the connection's lines are frames, so that no answer of HTTP can be written any more. */
    public static boolean isUpgraded(ChannelPipeline pipeline) {
        return pipeline.get(LineFrames.class) != null;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        if (answered || !(message instanceof HttpRequest request)) {
            // The rest of a request that was answered.
            ReferenceCountUtil.release(message);
            return;
        }
        if (!isUpgrade(request)) {
            refuse(ctx, request, HttpResponseStatus.BAD_REQUEST, HttpRefusal.TEXT);
            return;
        }
        if (!isCurrent(request)) {
            refuse(ctx, request, HttpResponseStatus.UPGRADE_REQUIRED, "WebSocket of version 13 is spoken here.\n");
            return;
        }
        Optional<String> origin = Optional.ofNullable(origin(request));
        if (!origins.allows(origin)) {
            refuse(ctx, request, HttpResponseStatus.FORBIDDEN, "Pages of this site may not mine here.\n");
            return;
        }
        upgrade(ctx);
        ctx.fireChannelRead(request);
        ctx.pipeline().remove(this);
    }

    private static @Nullable String origin(HttpRequest request) {
        return request.headers().get(HttpHeaderNames.ORIGIN);
    }

    /** RFC 6455; what came before it was never final. */
    private static boolean isCurrent(HttpRequest request) {
        return request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13", true)
                && request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    }

    private static boolean isUpgrade(HttpRequest request) {
        return request.decoderResult().isSuccess()
                && request.method().equals(HttpMethod.GET)
                && request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && request.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
    }

    private void refuse(ChannelHandlerContext ctx, HttpRequest request, HttpResponseStatus status, String text) {
        ReferenceCountUtil.release(request);
        answered = true;
        CloseReason.HTTP.noteOn(ctx.channel());
        HttpRefusal.answer(ctx, status, text);
    }

    private static void upgrade(ChannelHandlerContext ctx) {
        ChannelPipeline pipeline = ctx.pipeline();
        String after = ctx.name();
        pipeline.addAfter(after, "lines", new LineFramer());
        pipeline.addAfter(after, "frames", new LineFrames());
        pipeline.addAfter(after, "pings", new IdleStateHandler(0, PING_AFTER_SECONDS, 0, TimeUnit.SECONDS));
        pipeline.addAfter(after, "whole frames", new WebSocketFrameAggregator(LineFramer.LINE_BYTES_MAX));
        pipeline.addAfter(after, "websocket", new WebSocketServerProtocolHandler(config()));
    }

    private static WebSocketServerProtocolConfig config() {
        return WebSocketServerProtocolConfig.newBuilder()
                .websocketPath("/")
                .checkStartsWith(true)
                .subprotocols(SUBPROTOCOL)
                .handshakeTimeoutMillis(HANDSHAKE_MILLIS_MAX)
                .sendCloseFrame(null)
                .handleCloseFrames(true)
                .dropPongFrames(true)
                .decoderConfig(WebSocketDecoderConfig.newBuilder()
                        .allowExtensions(false)
                        // LineFrames says it, once.
                        .closeOnProtocolViolation(false)
                        .maxFramePayloadLength(LineFramer.LINE_BYTES_MAX)
                        .withUTF8Validator(true)
                        .build())
                .build();
    }
}
