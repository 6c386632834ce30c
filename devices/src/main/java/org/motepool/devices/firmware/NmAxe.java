package org.motepool.devices.firmware;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.motepool.devices.hash.FoundShare;
import org.motepool.devices.hash.MiningJob;

/**
 * NMAxe v2.0: a pause inside a line cuts it, a share waits for the reply to the one before, and its shift of a
 * 64-bit counter goes wrong when the extranonce2 has eight bytes.
 */
public final class NmAxe extends Firmware {
    private static final String AGENT = "NMAxe/v2.0";
    private static final double DEFAULT_SUGGESTION = 32;
    private static final int LINE_CHARACTERS_MAX = 4_095;
    private static final int FIRST_SHARE_ID = 5;
    private static final int SUGGEST_ID = 4;
    private static final int WAITING_SHARES_MAX = 16;
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(100);
    private static final Duration PAUSE_IN_SUBSCRIBE_REPLY_MAX = Duration.ofMillis(100);
    private static final Duration PAUSE_IN_LINE_MAX = Duration.ofSeconds(1);
    private static final Duration SHARE_REPLY_WITHIN = Duration.ofSeconds(20);
    private static final Duration SUGGEST_AFTER_QUIET = Duration.ofMinutes(2);
    private static final Duration SILENCE_MAX = Duration.ofMinutes(5);
    private static final Duration WATCH_EVERY = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final AsicChip chip;
    private final AtomicLong extranonce2 = new AtomicLong(1);
    private final Deque<FoundShare> waiting = new ArrayDeque<>();

    private boolean subscribed;
    private boolean suggesting;
    private int versionMask;
    private String extranonce1 = "";
    private int extranonce2Bytes = 4;
    private double difficulty;
    private @Nullable MiningJob job;
    private int nextId;
    private boolean busy;
    private long lastWriteNanos;
    private long lastReadNanos;

    public NmAxe(Board board, String userName, String password) {
        super(board, userName, password);
        chip = new AsicChip(board);
        difficulty = chip.scaled(DEFAULT_SUGGESTION);
    }

    @Override
    public void connected() {
        subscribed = false;
        suggesting = true;
        busy = false;
        versionMask = 0;
        extranonce1 = "";
        job = null;
        nextId = FIRST_SHARE_ID;
        lastReadNanos = board.nanos();
        send("{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"" + AGENT + "\"]}");
        board.after(WATCH_EVERY, this::watch);
    }

    private void send(String text) {
        lastWriteNanos = board.nanos();
        board.send(text + "\n");
    }

    private void suggest() {
        send("{\"id\": %d, \"method\": \"mining.suggest_difficulty\", \"params\": [%s]}"
                .formatted(SUGGEST_ID, String.format(Locale.ROOT, "%.4f", chip.scaled(DEFAULT_SUGGESTION))));
    }

    private void watch() {
        if (board.nanos() - lastReadNanos > SILENCE_MAX.toNanos()) {
            board.drop("silence for 300 s");
            return;
        }
        if (subscribed && suggesting && board.nanos() - lastWriteNanos > SUGGEST_AFTER_QUIET.toNanos()) {
            suggest();
        }
        board.after(WATCH_EVERY, this::watch);
    }

    @Override
    protected Duration pauseInLineMax() {
        return subscribed ? PAUSE_IN_LINE_MAX : PAUSE_IN_SUBSCRIBE_REPLY_MAX;
    }

    @Override
    public void line(String text) {
        lastReadNanos = board.nanos();
        if (text.length() > LINE_CHARACTERS_MAX) {
            return;
        }
        PoolLine line = PoolLine.parse(text);
        if (!subscribed) {
            subscribeReply(line);
            return;
        }
        switch (line.method()) {
            case "mining.notify" -> notify(line.params());
            case "mining.set_difficulty" -> setDifficulty(line.params().path(0).asDouble());
            case "mining.set_version_mask" ->
                versionMask = AsicChip.mask(line.params().path(0).asText());
            case "mining.set_extranonce" ->
                setExtranonce(line.params().path(0), line.params().path(1));
            case "" -> reply(line);
            default -> {}
        }
    }

    private void subscribeReply(PoolLine line) {
        JsonNode result = line.result();
        if (!result.isArray() || result.size() < 3) {
            board.drop("no subscribe reply");
            return;
        }
        subscribed = true;
        setExtranonce(result.path(1), result.path(2));
        board.after(
                BETWEEN_REQUESTS,
                () -> send("{\"id\": 2, \"method\": \"mining.authorize\", \"params\": [\"%s\", \"%s\"]}"
                        .formatted(userName, password)));
        board.after(
                BETWEEN_REQUESTS.multipliedBy(2),
                () -> send("{\"id\": 3, \"method\": \"mining.configure\", \"params\": "
                        + "[[\"version-rolling\"], {\"version-rolling.mask\": \"ffffffff\"}]}"));
        board.after(BETWEEN_REQUESTS.multipliedBy(3), this::suggest);
    }

    private void setExtranonce(JsonNode text, JsonNode size) {
        extranonce1 = text.asText();
        extranonce2Bytes = Math.clamp(size.asInt(4), 1, 16);
    }

    private void reply(PoolLine line) {
        if (line.result().has("version-rolling.mask")) {
            versionMask =
                    AsicChip.mask(line.result().path("version-rolling.mask").asText());
        } else if (line.id() == SUGGEST_ID && line.hasError()) {
            suggesting = false;
        } else if (settle(line)) {
            next();
        }
    }

    private void setDifficulty(double value) {
        if (value > 0) {
            difficulty = value;
        }
    }

    /** In C a shift by 64 leaves the counter as it is, so with eight bytes the text is that of no counter. */
    private String extranonce2() {
        long counter = extranonce2.getAndIncrement();
        return extranonce2Bytes >= Long.BYTES
                ? "00".repeat(extranonce2Bytes - 1)
                : Extranonce2.bigEndian(counter, extranonce2Bytes);
    }

    private void notify(JsonNode params) {
        try {
            MiningJob next = MiningJob.ofParams(params);
            chip.search(next, extranonce1, versionMask, _ -> extranonce2());
            chip.difficulty(difficulty);
            job = next;
        } catch (IllegalArgumentException noJob) {
            // The one before goes on.
        }
    }

    @Override
    public void found(FoundShare share) {
        if (!isOf(job, share)) {
            return;
        }
        if (waiting.size() < WAITING_SHARES_MAX) {
            waiting.addLast(share);
        }
        if (!busy) {
            next();
        }
    }

    /** Sends the next share, one at a time. */
    private void next() {
        busy = !waiting.isEmpty();
        if (!busy) {
            return;
        }
        FoundShare share = waiting.removeFirst();
        int id = nextId++;
        lastWriteNanos = board.nanos();
        submit(
                id,
                "{\"id\": %d, \"method\": \"mining.submit\", \"params\": [\"%s\", \"%s\", \"%s\", \"%s\", \"%08x\", \"%08x\"]}\n"
                        .formatted(
                                id,
                                userName,
                                share.jobId(),
                                share.extranonce2(),
                                share.ntime(),
                                share.nonce(),
                                share.versionBits()));
        board.after(SHARE_REPLY_WITHIN, () -> {
            if (busy && nextId == id + 1) {
                next();
            }
        });
    }

    @Override
    public void disconnected() {
        super.disconnected();
        waiting.clear();
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
