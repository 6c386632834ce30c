package org.motepool.stratum.sniff;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.motepool.stratum.guard.CloseReason;
import org.motepool.stratum.sniff.FirstBytes.State;
import org.motepool.stratum.stats.StratumMetrics;
import org.motepool.stratum.v1.LineFramer;
import org.motepool.stratum.websocket.HttpEntrance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the pipelines of one listener. At its end is always the session, which reads lines and writes lines:
 *
 * <pre>
 * PROXY header (from proxies alone) → sniffer ─┬─────────────────────────────── lines → session
 *                                              ├─ HTTP → WebSocket frames ───── lines → session
 *                                              └─ TLS → sniffer, for one of the two above
 * </pre>
 *
 * <p>Stratum V2 has its seat here: it is recognized, counted and closed until it is built. Thread-safe.
 */
public final class FrontDoor {
    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

    private final String listener;
    private final Entrance entrance;
    private final StratumMetrics metrics;
    private final AtomicBoolean tlsMissed = new AtomicBoolean();
    private final AtomicBoolean v2Missed = new AtomicBoolean();

    public FrontDoor(String listener, Entrance entrance, StratumMetrics metrics) {
        this.listener = listener;
        this.entrance = entrance;
        this.metrics = metrics;
    }

    /** Puts the handlers of a new connection in, the session last. */
    public void open(Channel channel, ChannelHandler session) {
        ChannelPipeline pipeline = channel.pipeline();
        if (channel.remoteAddress() instanceof InetSocketAddress source
                && source.getAddress() != null
                && entrance.isProxy(source.getAddress())) {
            ProxyHeader.addTo(pipeline);
        }
        pipeline.addLast("sniffer", new Sniffer(this::plain));
        pipeline.addLast("session", session);
    }

    private void plain(State decided, ChannelHandlerContext sniffer) {
        count(decided.name());
        switch (decided) {
            case TLS -> tls(sniffer);
            case V1, HTTP -> {
                if (entrance.tlsOnly()) {
                    close(sniffer, CloseReason.NOT_TLS);
                } else {
                    lines(decided, sniffer);
                }
            }
            case V2 -> noV2(sniffer);
            case BLANK, OBJECT, TEXT, METHOD, RECORD, JUNK -> close(sniffer, CloseReason.NOT_STRATUM);
        }
    }

    private void insideTls(State decided, ChannelHandlerContext sniffer) {
        count("TLS_" + decided.name());
        switch (decided) {
            case V1, HTTP -> lines(decided, sniffer);
            // V2 has a cipher of its own: inside TLS these bytes are nothing.
            case V2, TLS, BLANK, OBJECT, TEXT, METHOD, RECORD, JUNK -> close(sniffer, CloseReason.NOT_STRATUM);
        }
    }

    private void count(String protocol) {
        metrics.protocols.labels(listener, protocol.toLowerCase(Locale.ROOT)).inc();
    }

    private void lines(State decided, ChannelHandlerContext sniffer) {
        if (decided == State.HTTP) {
            HttpEntrance.addAfter(sniffer, entrance.origins());
        } else {
            sniffer.pipeline().addAfter(sniffer.name(), "lines", new LineFramer());
        }
    }

    private void tls(ChannelHandlerContext sniffer) {
        if (entrance.tls().isEmpty()) {
            if (tlsMissed.compareAndSet(false, true)) {
                LOG.warn(
                        "a device tried TLS on listener {}, which has no certificate: set tls.certificate and tls.key",
                        listener);
            }
            close(sniffer, CloseReason.NO_CERTIFICATE);
            return;
        }
        ChannelPipeline pipeline = sniffer.pipeline();
        pipeline.addAfter(sniffer.name(), "tls", entrance.tls().get().handler(sniffer.alloc()));
        pipeline.addAfter("tls", "sniffer in tls", new Sniffer(this::insideTls));
    }

    private void noV2(ChannelHandlerContext sniffer) {
        if (v2Missed.compareAndSet(false, true)) {
            LOG.info(
                    "something on listener {} speaks Stratum V2, or nothing that is known: V2 is not served, it is closed"
                            + " and counted",
                    listener);
        }
        close(sniffer, CloseReason.STRATUM_V2);
    }

    private static void close(ChannelHandlerContext sniffer, CloseReason reason) {
        sniffer.fireUserEventTriggered(reason);
    }
}
