package org.motepool.stratum.sniff;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motepool.stratum.guard.CloseReason;
import org.motepool.stratum.guard.PeerAddress;

class ProxyHeaderTest {
    private static final String V2 = "0d0a0d0a000d0a515549540a";
    private static final String LINE = "{\"id\":1}\n";

    private final StringBuilder behind = new StringBuilder();
    private final List<Object> events = new ArrayList<>();

    private EmbeddedChannel channel() {
        behind.setLength(0);
        events.clear();
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        ProxyHeader.addTo(channel.pipeline());
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                ByteBuf bytes = (ByteBuf) message;
                behind.append(bytes.toString(StandardCharsets.ISO_8859_1));
                bytes.release();
            }

            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                events.add(event);
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                events.add(cause);
            }
        });
        return channel;
    }

    private static byte[] header(String text) {
        return text.startsWith("PROXY")
                ? (text + "\r\n").getBytes(StandardCharsets.US_ASCII)
                : HexFormat.of().parseHex(V2 + text);
    }

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 203.0.113.7 192.0.2.1 4711 3333, 203.0.113.7",
        "PROXY TCP6 2001:db8::7 2001:db8::1 4711 3333, 2001:db8::7",
        "PROXY UNKNOWN, none",
        "2111000ccb007108c0000201126d0d05, 203.0.113.8",
        "2121002420010db800000000000000000000000820010db8000000000000000000000001126d0d05, 2001:db8::8",
        "20000000, none",
        "2011000ccb007108c0000201126d0d05, none",
        "21110013cb007108c0000201126d0d0504000441424344, 203.0.113.8",
    })
    void takesTheHeadersAddressWhereverTheBytesAreSplit(String text, String expected) {
        Optional<InetAddress> address =
                expected.equals("none") ? Optional.empty() : Optional.of(InetAddress.ofLiteral(expected));
        byte[] header = header(text);
        for (int split = 0; split <= header.length; split++) {
            EmbeddedChannel channel = channel();
            channel.writeInbound(Unpooled.copiedBuffer(header, 0, split));
            channel.writeInbound(Unpooled.wrappedBuffer(
                    Unpooled.copiedBuffer(header, split, header.length - split),
                    Unpooled.copiedBuffer(LINE, StandardCharsets.US_ASCII)));
            assertThat(PeerAddress.of(channel)).as("split at %d", split).isEqualTo(address);
            assertThat(behind).hasToString(LINE);
            channel.advanceTimeBy(1, TimeUnit.HOURS);
            channel.runScheduledPendingTasks();
            assertThat(events).isEmpty();
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void endsWhatIsNoHeader() {
        EmbeddedChannel bare = channel();
        bare.writeInbound(Unpooled.copiedBuffer("{\"id\":1,\"method\":\"x\"}\n", StandardCharsets.US_ASCII));
        assertThat(events).containsExactly(CloseReason.NO_PROXY_HEADER);
        assertThat(behind).isEmpty();
        bare.finishAndReleaseAll();

        EmbeddedChannel bad = channel();
        bad.writeInbound(Unpooled.copiedBuffer("PROXY TCP4 nobody at home\r\n", StandardCharsets.US_ASCII));
        assertThat(events).isNotEmpty();
        assertThat(behind).isEmpty();
        bad.finishAndReleaseAll();
    }

    @Test
    void endsASilentProxysConnection() {
        EmbeddedChannel silent = channel();
        silent.advanceTimeBy(11, TimeUnit.SECONDS);
        silent.runScheduledPendingTasks();
        assertThat(events).containsExactly(CloseReason.NO_PROXY_HEADER);
        silent.finishAndReleaseAll();
    }
}
