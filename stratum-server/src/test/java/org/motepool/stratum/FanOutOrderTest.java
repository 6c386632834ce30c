package org.motepool.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.motepool.core.hash.Sha256;
import org.motepool.core.work.Level;
import org.motepool.core.work.Nbits;
import org.motepool.stratum.vardiff.LevelControl;

/** Who hears first of a new tip. */
class FanOutOrderTest {
    private static final List<Integer> LEVELS = List.of(30, 20, 41, 30, 33);

    private final Queue<Integer> toGive = new ArrayDeque<>(LEVELS);
    private final List<Integer> told = new ArrayList<>();

    private final class Ear extends ChannelOutboundHandlerAdapter {
        private final int connection;

        Ear(int connection) {
            this.connection = connection;
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            if (message instanceof ByteBuf line
                    && line.toString(StandardCharsets.UTF_8).contains("mining.notify\",\"params")) {
                told.add(connection);
            }
            var _ = ctx.write(message, promise);
        }
    }

    @Test
    void theStrongestDoFirst() {
        List<EmbeddedChannel> others = new ArrayList<>();
        try (EmbeddedDesk desk = new EmbeddedDesk(
                ServerFixture.recordedJobs(), () -> new LevelControl.Fixed(Level.clamped(toGive.remove())))) {
            desk.channel.pipeline().addFirst(new Ear(0));
            desk.logIn("cgminer/4.12.1");
            for (int i = 1; i < LEVELS.size(); i++) {
                EmbeddedChannel other = desk.another();
                others.add(other);
                other.pipeline().addFirst(new Ear(i));
                String hello = "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"cgminer/4.12.1\"]}\n"
                        + "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"" + ServerFixture.USER
                        + "\",\"x\"]}\n";
                other.writeInbound(desk.memory.buffer().writeBytes(hello.getBytes(StandardCharsets.UTF_8)));
                other.runPendingTasks();
            }
            assertThat(told).as("each has its first job").hasSize(LEVELS.size());
            told.clear();
            desk.template(
                    ServerFixture.template(Sha256.twice(new byte[] {7}), Nbits.ofHex("17034219"), ServerFixture.SECOND),
                    true);
            others.forEach(EmbeddedChannel::runPendingTasks);
            // By level, and of the same level in the order in which they came.
            assertThat(told).containsExactly(2, 4, 0, 3, 1);
            others.forEach(EmbeddedChannel::finishAndReleaseAll);
        }
    }
}
