package org.motepool.devices.firmware;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.motepool.devices.hash.FoundShare;
import org.motepool.devices.hash.MiningJob;
import org.motepool.devices.hash.Search;
import org.motepool.devices.hash.SearchOrder;
import org.motepool.devices.hash.ShareFilter;

/** BitsyMiner of the tree that reports QMiner/1.1.0, on an ESP32: throws the first line after authorize away unread. */
public final class BitsyMiner extends Firmware {
    private static final String AGENT = "QMiner/1.1.0";
    private static final int ZERO_BITS = 16;
    /** Its JSON document; a line that needs more is dropped. */
    private static final int DOCUMENT_BYTES_MAX = 4_096;

    private static final int HALVES = 2;
    private static final Duration SUBSCRIBE_REPLY_WITHIN = Duration.ofSeconds(3);
    private static final Duration SUGGEST_AFTER = Duration.ofMinutes(2);
    private static final Duration WITHOUT_NOTIFY_MAX = Duration.ofSeconds(700);
    private static final Duration WATCH_EVERY = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private enum State {
        SUBSCRIBING,
        SWALLOWING,
        MINING
    }

    private State state = State.SUBSCRIBING;
    private String extranonce1 = "";
    private @Nullable MiningJob job;
    private int nextId;
    private long lastSubmitNanos;
    private long lastNotifyNanos;

    public BitsyMiner(Board board, String userName, String password) {
        super(board, userName, password);
    }

    @Override
    public void connected() {
        state = State.SUBSCRIBING;
        job = null;
        nextId = 1;
        lastSubmitNanos = board.nanos();
        lastNotifyNanos = board.nanos();
        if (password.isEmpty()) {
            board.drop("an empty password, which it refuses itself");
            return;
        }
        board.filter(ShareFilter.nothing());
        board.send("{\"id\": %d, \"method\": \"mining.subscribe\", \"params\": [\"%s\"]}\n".formatted(nextId++, AGENT));
        board.after(SUBSCRIBE_REPLY_WITHIN, () -> {
            if (state == State.SUBSCRIBING) {
                board.drop("no subscribe reply");
            }
        });
        board.after(WATCH_EVERY, this::watch);
    }

    private void watch() {
        long now = board.nanos();
        if (now - lastNotifyNanos > WITHOUT_NOTIFY_MAX.toNanos()) {
            board.drop("no notify for 700 s");
            return;
        }
        if (state == State.MINING && now - lastSubmitNanos > SUGGEST_AFTER.toNanos()) {
            lastSubmitNanos = now;
            board.send("{\"id\": %d, \"method\": \"mining.suggest_difficulty\", \"params\": [0.0014]}\n"
                    .formatted(nextId++));
        }
        board.after(WATCH_EVERY, this::watch);
    }

    @Override
    public void line(String text) {
        switch (state) {
            case SUBSCRIBING -> subscribeReply(PoolLine.parse(text));
            case SWALLOWING -> state = State.MINING;
            case MINING -> understand(PoolLine.parse(text));
        }
    }

    private void subscribeReply(PoolLine line) {
        JsonNode result = line.result();
        if (!result.isArray() || result.size() < 3 || !result.path(1).isTextual()) {
            board.drop("the first line was no subscribe reply");
            return;
        }
        extranonce1 = result.path(1).asText();
        state = State.SWALLOWING;
        board.send("{\"id\": %d, \"method\": \"mining.authorize\", \"params\": [\"%s\", \"%s\"]}\n"
                .formatted(nextId++, userName, password));
    }

    private void understand(PoolLine line) {
        if (!line.isJson() || line.documentBytes() > DOCUMENT_BYTES_MAX) {
            return;
        }
        switch (line.method()) {
            case "mining.notify" -> notify(line.params());
            case "mining.set_difficulty" -> {
                if (line.params().path(0).asDouble() > 0) {
                    board.filter(ShareFilter.of(line.params().path(0).asDouble(), ZERO_BITS));
                }
            }
            default -> settle(line);
        }
    }

    private void notify(JsonNode params) {
        try {
            MiningJob next = MiningJob.ofParams(params);
            String extranonce2 = "%08X".formatted(board.random().nextInt());
            board.search(new Search(
                    next,
                    extranonce1,
                    Integer.MAX_VALUE,
                    SearchOrder.upFrom(board.random().nextInt()).withLanes(HALVES),
                    _ -> extranonce2,
                    board.powShift()));
            job = next;
            lastNotifyNanos = board.nanos();
        } catch (IllegalArgumentException notHex) {
            // Such a notify gives no job; the one before goes on.
        }
    }

    @Override
    public void found(FoundShare share) {
        if (!isOf(job, share)) {
            return;
        }
        int id = nextId++;
        lastSubmitNanos = board.nanos();
        submit(
                id,
                "{\"id\": %d, \"method\": \"mining.submit\", \"params\": [\"%s\", \"%s\", \"%s\", \"%s\", \"%08x\", \"00000000\"]}\n"
                        .formatted(id, userName, share.jobId(), share.extranonce2(), share.ntime(), share.nonce()));
    }

    @Override
    public void disconnected() {
        super.disconnected();
        job = null;
        board.idle();
    }

    @Override
    public Duration pauseAfterLoss() {
        return PAUSE;
    }

    @Override
    public Duration pauseAfterRefusal() {
        return PAUSE;
    }
}
