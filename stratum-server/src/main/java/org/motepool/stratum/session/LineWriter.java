package org.motepool.stratum.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
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
        ChannelFuture sent = channel.writeAndFlush(line);
        if (!sent.isDone()) {
            unsent++;
            var _ = sent.addListener(done -> {
                unsent--;
                if (unsent == 0 && done.isSuccess()) {
                    onReady.run();
                }
            });
        }
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
