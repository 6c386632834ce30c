package org.motepool.stratum.sniff;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.motepool.stratum.sniff.FirstBytes.State;

class SnifferTest {
    private final List<State> taken = new ArrayList<>();
    private final StringBuilder behind = new StringBuilder();

    private EmbeddedChannel channel() {
        taken.clear();
        behind.setLength(0);
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        channel.pipeline()
                .addLast(new Sniffer((state, sniffer) -> taken.add(state)), new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object message) {
                        ByteBuf bytes = (ByteBuf) message;
                        behind.append(bytes.toString(StandardCharsets.ISO_8859_1));
                        bytes.release();
                    }
                });
        return channel;
    }

    private static void send(EmbeddedChannel channel, String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    @Test
    void decidesTheSameAndLosesNothingWhereverTheBytesAreSplit() {
        String[] beginnings = {
            "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}\n{\"id\":2}\n",
            "{\"id\":9}\n",
            "\r\n {\"id\":9}\n",
            "GET /mine HTTP/1.1\r\nHost: x\r\n\r\n",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc"
        };
        State[] expected = {State.V1, State.V1, State.V1, State.HTTP, State.TLS};
        for (int i = 0; i < beginnings.length; i++) {
            String all = beginnings[i];
            for (int split = 0; split <= all.length(); split++) {
                EmbeddedChannel channel = channel();
                send(channel, all.substring(0, split));
                send(channel, all.substring(split));
                assertThat(taken).as("%s split at %d", all, split).containsExactly(expected[i]);
                assertThat(behind).as("%s split at %d", all, split).hasToString(all);
                assertThat(channel.pipeline().get(Sniffer.class)).isNull();
                channel.finishAndReleaseAll();
            }
            EmbeddedChannel channel = channel();
            for (int at = 0; at < all.length(); at++) {
                send(channel, all.substring(at, at + 1));
            }
            assertThat(taken).containsExactly(expected[i]);
            assertThat(behind).hasToString(all);
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void letsASilentPeerWaitButNotAnUndecidedOne() {
        EmbeddedChannel channel = channel();
        pass(channel, 3600);
        assertThat(taken).isEmpty();
        send(channel, "{\"id\"");
        pass(channel, 9);
        assertThat(taken).isEmpty();
        send(channel, ":1");
        pass(channel, 2);
        assertThat(taken).containsExactly(State.V1);
        assertThat(behind).hasToString("{\"id\":1");
        channel.finishAndReleaseAll();
    }

    @Test
    void givesUpOnTextThatIsNothing() {
        EmbeddedChannel channel = channel();
        send(channel, "HELO\r\n");
        pass(channel, 11);
        assertThat(taken).containsExactly(State.JUNK);
        send(channel, "x".repeat(10_000));
        assertThat(behind).as("of what is refused nothing passes").isEmpty();
        channel.finishAndReleaseAll();
    }

    @Test
    void forgetsItsDeadlineWhenThePeerIsGone() {
        EmbeddedChannel channel = channel();
        send(channel, "{");
        var _ = channel.close();
        pass(channel, 11);
        assertThat(taken).isEmpty();
        channel.finishAndReleaseAll();
    }

    private static void pass(EmbeddedChannel channel, int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }
}
