package org.motepool.stratum.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Writes lines, each with a flush of its own; for firmware that reads one line per segment, with a pause between them.
 * Owned by the event loop. What waits here is bounded: replies by the session's pending limit, and no notification is
 * added while {@link #ready()} is false.
 */
final class LineWriter {
    private final Channel channel;
    private final Runnable onReady;
    private final Deque<ByteBuf> waiting = new ArrayDeque<>();
    private long spacingNanos;
    private boolean pausing;
    private int unsent;

    /** @param onReady called when what waited has gone out */
    LineWriter(Channel channel, Runnable onReady) {
        this.channel = channel;
        this.onReady = onReady;
    }

    void spacing(Duration spacing) {
        spacingNanos = spacing.toNanos();
    }

    /** Nothing waits and the system has taken all of it: a notification may go out. */
    boolean ready() {
        return waiting.isEmpty() && unsent == 0 && channel.isWritable();
    }

    /** Lines that wait for their pause to end. */
    int waiting() {
        return waiting.size();
    }

    /** Takes the line over. */
    void write(ByteBuf line) {
        if (spacingNanos == 0) {
            send(line);
        } else if (pausing) {
            waiting.addLast(line);
        } else {
            sendAndPause(line);
        }
    }

    private void sendAndPause(ByteBuf line) {
        send(line);
        pausing = true;
        var _ = channel.eventLoop().schedule(this::pauseEnded, spacingNanos, TimeUnit.NANOSECONDS);
    }

    private void pauseEnded() {
        pausing = false;
        ByteBuf next = waiting.pollFirst();
        if (next != null) {
            sendAndPause(next);
            if (waiting.isEmpty()) {
                onReady.run();
            }
        }
    }

    private void send(ByteBuf line) {
        if (unsent > 0) {
            ChannelPromise sent = channel.newPromise();
            await(sent);
            var _ = channel.writeAndFlush(line, sent);
            return;
        }
        // A future for each line would be garbage; all but few lines are gone at once.
        var _ = channel.writeAndFlush(line, channel.voidPromise());
        if (isBehind()) {
            mark();
        }
    }

    /** Whether the system has not taken all. Says yes while a write's own listener runs: Netty lowers the sum behind it. */
    private boolean isBehind() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer != null && buffer.totalPendingWriteBytes() > 0;
    }

    /** Waits for the line that has just been written without a promise. */
    private void mark() {
        ChannelPromise mark = channel.newPromise();
        await(mark);
        // To the socket itself: on its way through TLS or WebSocket it would become a message of nothing.
        channel.unsafe().write(Unpooled.EMPTY_BUFFER, mark);
        channel.unsafe().flush();
    }

    private void await(ChannelPromise sent) {
        unsent++;
        var _ = sent.addListener(done -> {
            unsent--;
            if (unsent == 0 && done.isSuccess()) {
                onReady.run();
            }
        });
    }

    /** The node closes: what waits goes out without pauses. */
    void hurry() {
        spacingNanos = 0;
        waiting.forEach(this::send);
        waiting.clear();
    }

    /** The connection is gone. */
    void discard() {
        waiting.forEach(ByteBuf::release);
        waiting.clear();
    }
}
