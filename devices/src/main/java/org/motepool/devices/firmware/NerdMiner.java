package org.motepool.devices.firmware;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.motepool.devices.hash.FoundShare;
import org.motepool.devices.hash.MiningJob;
import org.motepool.devices.hash.Search;
import org.motepool.devices.hash.SearchOrder;
import org.motepool.devices.hash.ShareFilter;

/** NerdMiner V2 V1.8.3 on an ESP32. */
public final class NerdMiner extends Firmware {
    /** It reports the best share of each piece of work that it hands to its hasher, nominal hashes. */
    public static final int HASHES_PER_REPORT = 4_096;

    private static final String AGENT = "NerdMinerV2/V1.8.3";
    private static final int FIRST_NONCE = 0xda54e700;
    private static final double DEFAULT_DIFFICULTY = 0.00015;
    /** Its hasher drops hashes without 16 leading zero bits before any other test. */
    private static final int ZERO_BITS = 16;
    /** A 512-char text buffer; what is over is cut in silence. */
    private static final int COINBASE_BYTES_MAX = 255;
    /** Its JSON document; a line that needs more is dropped in silence. */
    private static final int DOCUMENT_BYTES_MAX = 4_096;

    private static final Duration SUBSCRIBE_REPLY_WITHIN = Duration.ofMillis(1_200);
    private static final Duration SUGGEST_AFTER = Duration.ofMillis(200);
    private static final Duration WATCH_EVERY = Duration.ofSeconds(5);
    private static final Duration QUIET_MAX = Duration.ofSeconds(30);
    private static final Duration WITHOUT_HASHING_MAX = Duration.ofMinutes(1);
    private static final Duration WITHOUT_NOTIFY_MAX = Duration.ofMinutes(10);
    /** It dials at once; a board still needs this long for it. */
    private static final Duration AT_ONCE = Duration.ofMillis(50);

    private static final Duration RESTART = Duration.ofSeconds(5);

    private double difficulty = DEFAULT_DIFFICULTY;
    private String extranonce1 = "";
    private String extranonce2 = "00000001";
    private @Nullable MiningJob job;
    private boolean subscribed;
    private boolean crashed;
    private int nextId;
    private long lastTrafficNanos;
    private long lastNotifyNanos;

    public NerdMiner(Board board, String userName, String password) {
        super(board, userName, password);
    }

    @Override
    public void connected() {
        subscribed = false;
        job = null;
        nextId = 1;
        send("{\"id\": %d, \"method\": \"mining.subscribe\", \"params\": [\"%s\"]}\n".formatted(nextId++, AGENT));
        board.after(SUBSCRIBE_REPLY_WITHIN, () -> {
            if (!subscribed) {
                board.drop("no subscribe reply");
            }
        });
    }

    @Override
    public void line(String text) {
        PoolLine line = PoolLine.parse(text);
        if (!subscribed) {
            subscribeReply(line);
            return;
        }
        if (!line.isJson() || line.documentBytes() > DOCUMENT_BYTES_MAX) {
            return;
        }
        if (line.json().has("method") && line.json().path("method").isNull()) {
            crashed = true;
            board.drop("crashed by a null method");
            return;
        }
        switch (line.method()) {
            case "mining.notify" -> notify(line.params());
            case "mining.set_difficulty" -> setDifficulty(line.params().path(0).asDouble());
            default -> settle(line);
        }
    }

    private void subscribeReply(PoolLine line) {
        JsonNode result = line.result();
        if (!result.isArray() || result.size() < 3 || !result.path(1).isTextual()) {
            board.drop("the first line was no subscribe reply");
            return;
        }
        subscribed = true;
        extranonce1 = result.path(1).asText();
        int size = result.path(2).asInt();
        extranonce2 = size == 2 ? "0001" : size == 8 ? "0000000000000001" : "00000001";
        board.filter(ShareFilter.of(difficulty, ZERO_BITS));
        lastNotifyNanos = board.nanos();
        send("{\"params\": [\"%s\", \"%s\"], \"id\": %d, \"method\": \"mining.authorize\"}\n"
                .formatted(userName, password, nextId++));
        board.after(SUGGEST_AFTER, () -> suggest(difficulty));
        board.after(WATCH_EVERY, this::watch);
    }

    private void suggest(double value) {
        send("{\"id\":%d,\"method\":\"mining.suggest_difficulty\",\"params\":[%s]}\n"
                .formatted(nextId++, CNumber.general(value, 10)));
    }

    private void notify(JsonNode params) {
        try {
            MiningJob next = MiningJob.ofParams(params);
            board.search(new Search(
                    next,
                    extranonce1,
                    COINBASE_BYTES_MAX,
                    SearchOrder.upFrom(FIRST_NONCE),
                    n -> extranonce2,
                    board.powShift()));
            job = next;
            lastNotifyNanos = board.nanos();
            lastTrafficNanos = board.nanos();
        } catch (IllegalArgumentException notHex) {
            // Such a notify gives no job; the one before goes on.
        }
    }

    /** Acts at once, also on work that is running. */
    private void setDifficulty(double value) {
        if (value > 0) {
            difficulty = value;
            board.filter(ShareFilter.of(value, ZERO_BITS));
        }
    }

    private void watch() {
        long now = board.nanos();
        long sinceNotify = now - lastNotifyNanos;
        if (sinceNotify > WITHOUT_NOTIFY_MAX.toNanos()) {
            board.drop("no notify for 600 s");
            return;
        }
        if (job == null && sinceNotify > WITHOUT_HASHING_MAX.toNanos()) {
            board.drop("nothing to hash for 60 s");
            return;
        }
        if (now - lastTrafficNanos >= QUIET_MAX.toNanos()) {
            suggest(DEFAULT_DIFFICULTY);
        }
        board.after(WATCH_EVERY, this::watch);
    }

    private void send(String text) {
        lastTrafficNanos = board.nanos();
        board.send(text);
    }

    @Override
    public void found(FoundShare share) {
        if (!isOf(job, share)) {
            return;
        }
        int id = nextId++;
        lastTrafficNanos = board.nanos();
        submit(
                id,
                "{\"id\":%d,\"method\":\"mining.submit\",\"params\":[\"%s\",\"%s\",\"%s\",\"%s\",\"%x\"]}\n"
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
        Duration pause = crashed ? RESTART : AT_ONCE;
        crashed = false;
        return pause;
    }

    @Override
    public Duration pauseAfterRefusal() {
        return randomPause(Duration.ofSeconds(1), Duration.ofMinutes(1));
    }
}
