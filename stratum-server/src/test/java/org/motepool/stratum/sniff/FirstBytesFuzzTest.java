package org.motepool.stratum.sniff;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.motepool.stratum.sniff.FirstBytes.State;

/** Any beginning, cut anywhere: one verdict, by what was said alone, in time, and what passes passes whole. */
class FirstBytesFuzzTest {
    /** The first byte says how long the pieces are. */
    @FuzzTest
    void takesABeginningForOneThing(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] beginning = Arrays.copyOfRange(input, 1, input.length);
        FirstBytes seen = verdict(beginning);
        List<State> taken = new ArrayList<>();
        ByteArrayOutputStream behind = new ByteArrayOutputStream();
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        channel.pipeline().addLast(new Sniffer((state, sniffer) -> taken.add(state)), new Collector(behind));
        int piece = 1 + (input[0] & 31);
        for (int from = 0; from < beginning.length; from += piece) {
            channel.writeInbound(Unpooled.copiedBuffer(beginning, from, Math.min(piece, beginning.length - from)));
        }
        if (seen.isDecided()) {
            assertThat(taken).containsExactly(seen.state());
        } else {
            assertThat(taken).as("not before it must").isEmpty();
            channel.advanceTimeBy(Sniffer.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
            assertThat(taken).hasSize(beginning.length == 0 ? 0 : 1).allMatch(state -> state == seen.atDeadline());
        }
        boolean passes = !taken.isEmpty() && taken.getFirst() != State.V2 && taken.getFirst() != State.JUNK;
        assertThat(behind.toByteArray()).isEqualTo(passes ? beginning : new byte[0]);
        channel.finishAndReleaseAll();
    }

    /** By the bytes one by one; each verdict held against what it claims of them. */
    private static FirstBytes verdict(byte[] bytes) {
        FirstBytes seen = FirstBytes.NONE;
        int at = 0;
        while (at < bytes.length && !seen.isDecided()) {
            seen = seen.next(bytes[at++] & 0xff);
        }
        assertThat(seen.isDecided() || bytes.length < FirstBytes.TEXT_BYTES)
                .as("in time")
                .isTrue();
        boolean text = true;
        for (int i = 0; i < at; i++) {
            int b = bytes[i] & 0xff;
            text &= b >= 0x20 && b <= 0x7e || b == '\t' || b == '\r' || b == '\n';
        }
        assertThat(text)
                .as("%s of %s", seen, Arrays.toString(bytes))
                .isEqualTo(
                        switch (seen.state()) {
                            case V1, HTTP, JUNK, BLANK, OBJECT, TEXT, METHOD -> true;
                            case V2, TLS, RECORD -> false;
                        });
        if (seen.state() == State.TLS) {
            assertThat(bytes).startsWith(0x16, 3);
            assertThat(bytes[5]).isEqualTo((byte) 1);
        }
        return seen;
    }

    private static final class Collector extends ChannelInboundHandlerAdapter {
        private final ByteArrayOutputStream into;

        Collector(ByteArrayOutputStream into) {
            this.into = into;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            into.writeBytes(ByteBufUtil.getBytes(bytes));
            bytes.release();
        }
    }
}
