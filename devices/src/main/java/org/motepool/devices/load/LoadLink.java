package org.motepool.devices.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.CharsetUtil;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection: logs in, then sends shares when told to. Used on the generator's event loop only. */
final class LoadLink extends SimpleChannelInboundHandler<ByteBuf> {
    /** As many replies as a pool keeps for one connection. */
    static final int OUTSTANDING_MAX = 64;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SUBSCRIBE = 1;
    private static final int AUTHORIZE = 2;
    /** Replies are shorter than this, notifies are longer; what else comes has a method. */
    private static final int REPLY_BYTES_MAX = 256;

    private static final ByteBuf METHOD = needle("\"method\"");
    private static final ByteBuf ID = needle("\"id\"");
    private static final ByteBuf TRUE = needle("true");
    private static final byte[] HEX = "0123456789abcdef".getBytes(CharsetUtil.US_ASCII);

    private final LoadGenerator owner;
    /** It authorizes, and shares are of these in turn. */
    private final List<String> users;

    private final String agent;
    private final long[] dueNanos = new long[OUTSTANDING_MAX];
    private @Nullable Channel channel;
    private @Nullable LoadJob job;
    /** Whether the two texts below are of the job; most jobs see no share of this connection. */
    private boolean isPrepared;

    private final byte[][] names;
    private byte[] beforeExtranonce = {};
    private byte[] afterExtranonce = {};
    private int extranonceBytes;
    private long extranonce;
    private int sent;
    private int answered;
    /** Names asked for. */
    private int asked;

    private boolean isAuthorized;
    private boolean isReady;

    LoadLink(LoadGenerator owner, List<String> users, String agent) {
        this.owner = owner;
        this.users = users;
        names = users.stream().map(user -> user.getBytes(CharsetUtil.UTF_8)).toArray(byte[][]::new);
        this.agent = agent;
    }

    private static ByteBuf needle(String text) {
        return Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(text, CharsetUtil.US_ASCII));
    }

    boolean canSend() {
        return isReady && sent - answered < OUTSTANDING_MAX;
    }

    int outstanding() {
        return sent - answered;
    }

    /** Sends one share, unlike any other of this connection; its time runs from {@code due}. */
    void send(long due, boolean flush) {
        Channel to = channel;
        LoadJob on = job;
        if (to == null || on == null) {
            return;
        }
        if (!isPrepared) {
            prepare(on);
        }
        dueNanos[sent % OUTSTANDING_MAX] = due;
        byte[] name = names[sent % names.length];
        ByteBuf line = to.alloc().buffer(name.length + beforeExtranonce.length + afterExtranonce.length + 80);
        line.writeBytes(ID_BEGINS);
        ByteBufUtil.writeAscii(line, Integer.toString(AUTHORIZE + 1 + sent++));
        line.writeBytes(BEFORE_NAME);
        line.writeBytes(name);
        line.writeBytes(beforeExtranonce);
        long counter = extranonce++;
        for (int shift = 8 * extranonceBytes - 4; shift >= 0; shift -= 4) {
            line.writeByte(HEX[shift >= Long.SIZE ? 0 : (int) (counter >>> shift) & 0xf]);
        }
        line.writeBytes(afterExtranonce);
        owner.sent(line.readableBytes());
        if (flush) {
            var _ = to.writeAndFlush(line, to.voidPromise());
        } else {
            var _ = to.write(line, to.voidPromise());
        }
    }

    private static final byte[] ID_BEGINS = "{\"id\":".getBytes(CharsetUtil.US_ASCII);
    private static final byte[] BEFORE_NAME =
            ",\"method\":\"mining.submit\",\"params\":[\"".getBytes(CharsetUtil.US_ASCII);

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        channel = ctx.channel();
        say("{\"id\":" + SUBSCRIBE + ",\"method\":\"mining.subscribe\",\"params\":[\"" + agent + "\"]}\n");
    }

    private void say(String line) {
        Channel to = channel;
        if (to != null) {
            ByteBuf bytes = ByteBufUtil.writeUtf8(to.alloc(), line);
            owner.sent(bytes.readableBytes());
            var _ = to.writeAndFlush(bytes, to.voidPromise());
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf line) throws IOException {
        owner.received(line.readableBytes() + 1);
        if (isReady && line.readableBytes() < REPLY_BYTES_MAX && ByteBufUtil.indexOf(METHOD, line) < 0) {
            onReply(line);
        } else {
            onOther(line);
        }
    }

    private void onReply(ByteBuf line) {
        int at = ByteBufUtil.indexOf(ID, line) + ID.readableBytes();
        int id = 0;
        for (; at < line.writerIndex(); at++) {
            int digit = line.getByte(at) - '0';
            if (digit >= 0 && digit <= 9) {
                id = 10 * id + digit;
            } else if (id > 0) {
                break;
            }
        }
        int number = id - AUTHORIZE - 1;
        if (number < Math.max(0, answered - OUTSTANDING_MAX) || number >= sent) {
            return;
        }
        answered++;
        owner.answered(this, dueNanos[number % OUTSTANDING_MAX], ByteBufUtil.indexOf(TRUE, line) >= 0);
    }

    private void onOther(ByteBuf line) throws IOException {
        LoadJob known = owner.newestJob();
        if (known != null && line.readableBytes() >= REPLY_BYTES_MAX && known.isIn(line)) {
            take(known);
            return;
        }
        JsonNode message = parse(line);
        if (message.path("method").asText().equals("mining.notify")) {
            LoadJob fresh = LoadJob.of(message.path("params"));
            owner.newJob(fresh);
            take(fresh);
        } else if (message.path("id").asInt() == SUBSCRIBE && !message.has("method")) {
            extranonceBytes = message.path("result").path(2).asInt();
            authorizeNext();
        } else if (message.path("id").asInt() == AUTHORIZE && !message.has("method")) {
            if (!message.path("result").asBoolean()) {
                throw new IOException(
                        "the pool does not authorize " + users.get(asked - 1) + ": " + message.path("error"));
            }
            if (asked < users.size()) {
                authorizeNext();
            } else {
                isAuthorized = true;
                readyOnce();
            }
        }
    }

    private void authorizeNext() {
        String user = users.get(asked++);
        say("{\"id\":" + AUTHORIZE + ",\"method\":\"mining.authorize\",\"params\":[\"" + user + "\",\"x\"]}\n");
    }

    private static JsonNode parse(ByteBuf line) throws JsonProcessingException {
        return JSON.readTree(line.toString(CharsetUtil.UTF_8));
    }

    private void take(LoadJob taken) {
        LoadJob before = job;
        job = taken;
        isPrepared = false;
        if (before == null || !before.prevHash().equals(taken.prevHash())) {
            owner.heardOfTip(taken.prevHash());
        }
        readyOnce();
    }

    private void prepare(LoadJob taken) {
        isPrepared = true;
        beforeExtranonce = ("\",\"" + taken.id() + "\",\"").getBytes(CharsetUtil.UTF_8);
        afterExtranonce = ("\",\"" + taken.ntime() + "\",\"00000000\"]}\n").getBytes(CharsetUtil.UTF_8);
    }

    private void readyOnce() {
        if (!isReady && isAuthorized && job != null) {
            isReady = true;
            owner.ready();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        isReady = false;
        owner.lost("closed by the pool");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        owner.remember(cause);
        var _ = ctx.close();
    }
}
