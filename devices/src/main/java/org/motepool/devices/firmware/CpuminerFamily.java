package org.motepool.devices.firmware;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.motepool.devices.hash.FoundShare;
import org.motepool.devices.hash.MiningJob;
import org.motepool.devices.hash.Search;
import org.motepool.devices.hash.SearchOrder;
import org.motepool.devices.hash.ShareFilter;

/** The descendants of cpuminer, four threads: one handshake, one way to misread a pool. */
abstract sealed class CpuminerFamily extends Firmware permits Minerd, CpuminerOpt {
    /** Every share has this id. */
    protected static final int SHARE_ID = 4;

    private static final int THREADS = 4;
    private static final long NONCES = 1L << 32;
    private static final int EXTRANONCE2_BYTES_MIN = 2;
    private static final int EXTRANONCE2_BYTES_MAX = 16;
    private static final Duration SUBSCRIBE_REPLY_WITHIN = Duration.ofSeconds(30);
    private static final Duration WATCH_EVERY = Duration.ofSeconds(1);
    private static final Duration AT_ONCE = Duration.ofMillis(50);

    private enum State {
        SUBSCRIBING,
        SUBSCRIBING_AGAIN,
        AUTHORIZING,
        MINING
    }

    private final String agent;
    private final Duration silenceMax;
    private final Duration failPause;

    private State state = State.SUBSCRIBING;
    private String sessionId = "";
    private String extranonce1 = "";
    private int extranonce2Bytes = 4;
    private double nextDifficulty = 1;
    private @Nullable MiningJob job;
    private boolean setUpFailed;
    private boolean nextLineCorrupt;
    private long lastLineNanos;

    CpuminerFamily(
            Board board, String userName, String password, String agent, Duration silenceMax, Duration failPause) {
        super(board, userName, password);
        this.agent = agent;
        this.silenceMax = silenceMax;
        this.failPause = failPause;
    }

    /** It is authorized and begins to mine. */
    protected void started() {}

    /** A share was sent. */
    protected void sent() {}

    /** About once a second while it mines. */
    protected void tick() {}

    /** Methods that only some of the family know; false for a line that it does not. */
    protected boolean ownMethod(PoolLine line) {
        return false;
    }

    /** A line that is no method, while mining. */
    protected abstract void response(PoolLine line);

    protected final double difficulty() {
        return nextDifficulty;
    }

    protected final void setExtranonce(String text, int bytes) {
        extranonce1 = text;
        extranonce2Bytes = bytes;
    }

    protected static boolean isExtranonce2Size(int bytes) {
        return bytes >= EXTRANONCE2_BYTES_MIN && bytes <= EXTRANONCE2_BYTES_MAX;
    }

    @Override
    public void connected() {
        job = null;
        nextLineCorrupt = false;
        lastLineNanos = board.nanos();
        subscribe(State.SUBSCRIBING);
    }

    private void subscribe(State next) {
        state = next;
        String params = next == State.SUBSCRIBING_AGAIN
                ? ""
                : "\"" + agent + "\"" + (sessionId.isEmpty() ? "" : ", \"" + sessionId + "\"");
        board.send("{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [" + params + "]}\n");
        board.after(SUBSCRIBE_REPLY_WITHIN, () -> {
            if (state == next) {
                fail("no subscribe reply");
            }
        });
    }

    private void fail(String why) {
        setUpFailed = true;
        board.drop(why);
    }

    @Override
    public void line(String text) {
        lastLineNanos = board.nanos();
        if (text.isEmpty() || nextLineCorrupt) {
            // A blank line shifts its read buffer by one byte, and the line behind it is lost.
            nextLineCorrupt = text.isEmpty();
            return;
        }
        PoolLine line = PoolLine.parse(text);
        switch (state) {
            case SUBSCRIBING, SUBSCRIBING_AGAIN -> subscribeReply(line);
            case AUTHORIZING -> authorizeReply(line);
            case MINING -> {
                if (!method(line)) {
                    response(line);
                }
            }
        }
    }

    private void subscribeReply(PoolLine line) {
        JsonNode result = line.result();
        int size = result.path(2).asInt();
        if (!result.isArray() || result.size() < 3 || !result.path(1).isTextual() || !isExtranonce2Size(size)) {
            if (state == State.SUBSCRIBING) {
                subscribe(State.SUBSCRIBING_AGAIN);
            } else {
                fail("the first line was no subscribe reply");
            }
            return;
        }
        sessionId = sessionIn(result.path(0));
        setExtranonce(result.path(1).asText(), size);
        nextDifficulty = 1;
        state = State.AUTHORIZING;
        board.send("{\"id\": 2, \"method\": \"mining.authorize\", \"params\": [\"%s\", \"%s\"]}\n"
                .formatted(userName, password));
    }

    private static String sessionIn(JsonNode pairs) {
        for (JsonNode pair : pairs) {
            if ("mining.notify".equals(pair.path(0).asText())) {
                return pair.path(1).asText();
            }
        }
        return "";
    }

    /** The first line that is no method it knows is taken as the answer, whatever it is. */
    private void authorizeReply(PoolLine line) {
        if (method(line)) {
            return;
        }
        if (line.hasError() || !line.result().asBoolean()) {
            fail("authentication failed");
            return;
        }
        state = State.MINING;
        started();
        watch();
    }

    private boolean method(PoolLine line) {
        return switch (line.method()) {
            case "mining.notify" -> notify(line.params());
            case "mining.set_difficulty" -> {
                double difficulty = line.params().path(0).asDouble();
                if (difficulty > 0) {
                    nextDifficulty = difficulty;
                }
                yield difficulty > 0;
            }
            case "client.reconnect" -> reconnect(line.params());
            case "client.get_version" -> {
                board.send("{\"id\": %d, \"error\": null, \"result\": \"%s\"}\n".formatted(line.id(), agent));
                yield true;
            }
            case "client.show_message" -> true;
            default -> ownMethod(line);
        };
    }

    /** Goes where it is told; without a host and a port that is no method. */
    private boolean reconnect(JsonNode params) {
        String host = params.path(0).asText("");
        int port = params.path(1).asInt();
        if (host.isEmpty() || port < 1 || port > 65_535) {
            return false;
        }
        board.redial(host, port);
        return true;
    }

    private boolean notify(JsonNode params) {
        MiningJob next;
        try {
            next = MiningJob.ofParams(params);
        } catch (IllegalArgumentException noJob) {
            return false;
        }
        if (!next.isWellFormed()) {
            return false;
        }
        if (job == null || !job.id().equals(next.id())) {
            int bytes = extranonce2Bytes;
            SearchOrder order = SearchOrder.upFrom(0)
                    .withLanes(THREADS)
                    .withExtranonce2Every(
                            Math.max(1, NONCES >>> board.powShift().bits()));
            board.search(new Search(
                    next,
                    extranonce1,
                    Integer.MAX_VALUE,
                    order,
                    n -> Extranonce2.littleEndian(n, bytes),
                    board.powShift()));
        }
        job = next;
        // A new difficulty acts with the next job.
        board.filter(ShareFilter.of(nextDifficulty, 0));
        return true;
    }

    private void watch() {
        if (board.nanos() - lastLineNanos > silenceMax.toNanos()) {
            board.drop("silence for " + silenceMax.toSeconds() + " s");
            return;
        }
        tick();
        board.after(WATCH_EVERY, this::watch);
    }

    @Override
    public void found(FoundShare share) {
        if (state != State.MINING || !isOf(job, share)) {
            return;
        }
        sent();
        submit(
                SHARE_ID,
                "{\"method\": \"mining.submit\", \"params\": [\"%s\", \"%s\", \"%s\", \"%s\", \"%08x\"], \"id\":%d}\n"
                        .formatted(
                                userName, share.jobId(), share.extranonce2(), share.ntime(), share.nonce(), SHARE_ID));
    }

    @Override
    public void disconnected() {
        super.disconnected();
        job = null;
        board.idle();
    }

    @Override
    public Duration pauseAfterLoss() {
        Duration pause = setUpFailed || state != State.MINING ? failPause : AT_ONCE;
        setUpFailed = false;
        return pause;
    }

    @Override
    public Duration pauseAfterRefusal() {
        return failPause;
    }
}
