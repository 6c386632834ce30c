package org.motepool.devices.firmware;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.motepool.devices.hash.FoundShare;
import org.motepool.devices.hash.MiningJob;
import org.motepool.devices.hash.Search;
import org.motepool.devices.hash.SearchOrder;
import org.motepool.devices.hash.ShareFilter;

/** minerd of pooler's cpuminer 2.5.1, four threads. */
public final class Cpuminer extends Firmware {
    private static final String AGENT = "cpuminer/2.5.1";
    /** Every share has this id. */
    private static final int SHARE_ID = 4;

    private static final int THREADS = 4;
    private static final long NONCES = 1L << 32;
    private static final Duration SUBSCRIBE_REPLY_WITHIN = Duration.ofSeconds(30);
    private static final Duration SILENCE_MAX = Duration.ofMinutes(2);
    private static final Duration WATCH_EVERY = Duration.ofSeconds(10);
    private static final Duration FAIL_PAUSE = Duration.ofSeconds(30);
    private static final Duration AT_ONCE = Duration.ofMillis(50);

    private enum State {
        SUBSCRIBING,
        SUBSCRIBING_AGAIN,
        AUTHORIZING,
        MINING
    }

    private State state = State.SUBSCRIBING;
    private String sessionId = "";
    private String extranonce1 = "";
    private int extranonce2Bytes = 4;
    private double nextDifficulty = 1;
    private @Nullable MiningJob job;
    private boolean setUpFailed;
    private boolean nextLineCorrupt;
    private long lastLineNanos;

    public Cpuminer(Board board, String userName, String password) {
        super(board, userName, password);
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
                : "\"" + AGENT + "\"" + (sessionId.isEmpty() ? "" : ", \"" + sessionId + "\"");
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
                    settle(line);
                }
            }
        }
    }

    private void subscribeReply(PoolLine line) {
        JsonNode result = line.result();
        int size = result.path(2).asInt();
        if (!result.isArray() || result.size() < 3 || !result.path(1).isTextual() || size < 2 || size > 16) {
            if (state == State.SUBSCRIBING) {
                subscribe(State.SUBSCRIBING_AGAIN);
            } else {
                fail("the first line was no subscribe reply");
            }
            return;
        }
        sessionId = sessionIn(result.path(0));
        extranonce1 = result.path(1).asText();
        extranonce2Bytes = size;
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
        boolean refused = !line.error().isMissingNode() && !line.error().isNull();
        if (refused || !line.result().asBoolean()) {
            fail("authentication failed");
            return;
        }
        state = State.MINING;
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
            case "client.reconnect" -> {
                board.drop("asked to reconnect");
                yield true;
            }
            case "client.get_version" -> {
                board.send("{\"id\": %d, \"error\": null, \"result\": \"%s\"}\n".formatted(line.id(), AGENT));
                yield true;
            }
            case "client.show_message" -> true;
            default -> false;
        };
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
            long perExtranonce2 = Math.max(1, NONCES >>> board.powShift().bits());
            board.search(new Search(
                    next,
                    extranonce1,
                    Integer.MAX_VALUE,
                    new SearchOrder(0, THREADS, perExtranonce2, 0, 1),
                    n -> Bitaxe.littleEndian(n, bytes),
                    board.powShift()));
        }
        job = next;
        // A new difficulty acts with the next job.
        board.filter(ShareFilter.of(nextDifficulty, 0));
        return true;
    }

    private void watch() {
        if (board.nanos() - lastLineNanos > SILENCE_MAX.toNanos()) {
            board.drop("silence for 120 s");
            return;
        }
        board.after(WATCH_EVERY, this::watch);
    }

    @Override
    public void found(FoundShare share) {
        if (state != State.MINING || job == null || !job.id().equals(share.jobId())) {
            return;
        }
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
        Duration pause = setUpFailed || state != State.MINING ? FAIL_PAUSE : AT_ONCE;
        setUpFailed = false;
        return pause;
    }

    @Override
    public Duration pauseAfterRefusal() {
        return FAIL_PAUSE;
    }
}
