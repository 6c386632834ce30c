package org.motepool.stratum.v1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts the stream into lines without their newline, blank ones left out; a last line without newline is nothing. Hands
 * them on one by one, each as the buffer that holds it, with its bounds for the call alone: a reader copies what it wants
 * to keep, since an object for every line would be the most that a share takes of the heap. Stops while reading is off, so what waits is bounded by one read. A line that is too long, and a
 * first byte that no Stratum line has, are told as a {@link Trouble} event, once; all after it is thrown away.
 */
public final class LineFramer extends ByteToMessageDecoder {
    /** No known client sends a line of 1 KiB. */
    public static final int LINE_BYTES_MAX = 4096;

    private boolean first = true;
    private boolean deaf;
    private int scanned;
    private long lines;

    /** What cannot be framed. */
    public enum Trouble {
        LINE_TOO_LONG,
        NOT_STRATUM
    }

    /** Goes on with lines that waited while reading was off; event loop only. */
    public static void resume(ChannelHandlerContext framer) throws Exception {
        ((LineFramer) framer.handler()).channelRead(framer, Unpooled.EMPTY_BUFFER);
    }

    /** Lines that have ended so far. */
    public long lines() {
        return lines;
    }

    /** Whether a line has begun and its end has not come. */
    public boolean hasBegun() {
        return scanned > 0;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (deaf) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (!ctx.channel().config().isAutoRead()) {
            return;
        }
        if (first && !startsLikeALine(in)) {
            fail(ctx, in, Trouble.NOT_STRATUM);
            return;
        }
        int from = in.readerIndex() + scanned;
        int newline = in.indexOf(from, in.writerIndex(), (byte) '\n');
        int length = (newline < 0 ? in.writerIndex() : newline) - in.readerIndex();
        if (length > LINE_BYTES_MAX) {
            fail(ctx, in, Trouble.LINE_TOO_LONG);
        } else if (newline < 0) {
            scanned = length;
        } else {
            scanned = 0;
            lines++;
            handOn(ctx, in, newline);
        }
    }

    private static void handOn(ChannelHandlerContext ctx, ByteBuf in, int newline) {
        int end = in.writerIndex();
        in.writerIndex(newline);
        try {
            if (!isBlank(in)) {
                ctx.fireChannelRead(in.retain());
            }
        } finally {
            in.setIndex(newline + 1, end);
        }
    }

    /** What it inherits would read on where nothing was decoded, though reading is off. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        discardSomeReadBytes();
        ctx.fireChannelReadComplete();
    }

    /** A JSON object, or a capital that may begin an HTTP request, which deserves an answer. */
    private boolean startsLikeALine(ByteBuf in) {
        for (int i = in.readerIndex(); i < in.writerIndex(); i++) {
            byte b = in.getByte(i);
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                first = false;
                return b == '{' || b >= 'A' && b <= 'Z';
            }
        }
        return true;
    }

    private static boolean isBlank(ByteBuf line) {
        return line.forEachByte(b -> b == ' ' || b == '\t' || b == '\r') < 0;
    }

    private void fail(ChannelHandlerContext ctx, ByteBuf in, Trouble trouble) {
        deaf = true;
        in.skipBytes(in.readableBytes());
        ctx.fireUserEventTriggered(trouble);
    }
}
