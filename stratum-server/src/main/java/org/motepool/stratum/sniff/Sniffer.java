package org.motepool.stratum.sniff;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.motepool.stratum.sniff.FirstBytes.State;

/**
 * Looks at what the peer sends first, puts in the handlers for it and leaves the pipeline, handing on what it has read. A
 * peer that is silent may be so for as long as the session lets it; one that began is decided by within {@link #PATIENCE}.
 */
final class Sniffer extends ByteToMessageDecoder {
    /** From the first byte to the decision at the latest: slow lines are given 64 bytes in so long. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Fork fork;
    private FirstBytes seen = FirstBytes.NONE;
    private @Nullable Future<?> deadline;
    private boolean left;

    /** Where the ways part. */
    @FunctionalInterface
    interface Fork {
        /**
         * Puts the handlers for that protocol behind the sniffer, or has the connection closed.
         *
         * @param sniffer at its place in the pipeline
         */
        void take(State decided, ChannelHandlerContext sniffer);
    }

    Sniffer(Fork fork) {
        this.fork = fork;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (left) {
            // What was refused is not looked at again.
            in.skipBytes(in.readableBytes());
            return;
        }
        for (int i = in.readerIndex() + seen.at(); i < in.writerIndex() && !seen.isDecided(); i++) {
            seen = seen.next(in.getUnsignedByte(i));
        }
        if (seen.isDecided()) {
            leave(ctx, seen.state());
        } else if (deadline == null && in.isReadable()) {
            deadline = ctx.executor()
                    .schedule(() -> leave(ctx, seen.atDeadline()), PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void leave(ChannelHandlerContext ctx, State decided) {
        if (left || ctx.isRemoved() || !ctx.channel().isActive()) {
            return;
        }
        left = true;
        if (deadline != null) {
            deadline.cancel(false);
        }
        fork.take(decided, ctx);
        if (decided != State.V2 && decided != State.JUNK) {
            ctx.pipeline().remove(this);
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }
}
