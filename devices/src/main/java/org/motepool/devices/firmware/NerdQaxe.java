package org.motepool.devices.firmware;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.motepool.devices.hash.FoundShare;
import org.motepool.devices.hash.MiningJob;

/** NerdQAxe++ v1.0.36: all five requests at once, replies known by their ids, a line that is no JSON ends the link. */
public final class NerdQaxe extends Firmware {
    private static final String AGENT = "NerdQAxe++/BM1370/v1.0.36";
    private static final double DEFAULT_SUGGESTION = 1_000;
    private static final double UINT32_MAX = 4_294_967_295.0;
    private static final int LINE_CHARACTERS_MAX = 16_384;
    private static final int EXTRANONCE2_BYTES_MAX = 8;
    private static final int FIRST_SHARE_ID = 6;
    private static final Duration WITHOUT_REPLY_MAX = Duration.ofHours(1);
    private static final Duration WATCH_EVERY = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final AsicChip chip;
    /** Never begins anew; the hashing thread counts on. */
    private final AtomicLong extranonce2 = new AtomicLong();

    private int versionMask;
    private String extranonce1 = "";
    private int extranonce2Bytes = 4;
    private double difficulty;
    private @Nullable MiningJob job;
    private int nextId;
    private long lastReplyNanos;

    public NerdQaxe(Board board, String userName, String password) {
        super(board, userName, password);
        chip = new AsicChip(board);
        lastReplyNanos = board.nanos();
    }

    @Override
    public void connected() {
        versionMask = 0;
        extranonce1 = "";
        job = null;
        difficulty = DEFAULT_SUGGESTION;
        nextId = FIRST_SHARE_ID;
        send("{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"" + AGENT + "\"]}");
        send("{\"id\": 2, \"method\": \"mining.configure\", \"params\": "
                + "[[\"version-rolling\"], {\"version-rolling.mask\": \"1fffe000\"}]}");
        send("{\"id\": 3, \"method\": \"mining.authorize\", \"params\": [\"%s\", \"%s\"]}"
                .formatted(userName, password));
        send("{\"id\": 4, \"method\": \"mining.suggest_difficulty\", \"params\": [%d]}"
                .formatted(Math.round(chip.scaled(DEFAULT_SUGGESTION))));
        send("{\"id\": 5, \"method\": \"mining.extranonce.subscribe\", \"params\": []}");
        board.after(WATCH_EVERY, this::watch);
    }

    private void send(String line) {
        board.send(line + "\n");
    }

    private void watch() {
        if (board.nanos() - lastReplyNanos >= WITHOUT_REPLY_MAX.toNanos()) {
            lastReplyNanos = board.nanos();
            board.drop("no share reply for an hour");
            return;
        }
        board.after(WATCH_EVERY, this::watch);
    }

    @Override
    public void line(String text) {
        PoolLine line = PoolLine.parse(text);
        if (!line.isJson() || text.length() > LINE_CHARACTERS_MAX) {
            board.drop("a line that is no JSON, or longer than its buffer");
            return;
        }
        switch (line.method()) {
            case "mining.notify" -> notify(line.params());
            case "mining.set_difficulty" ->
                // A uint32: 0.5 becomes 0.
                difficulty = Math.clamp(Math.floor(line.params().path(0).asDouble()), 0, UINT32_MAX);
            case "mining.set_version_mask" ->
                versionMask = AsicChip.mask(line.params().path(0).asText());
            case "mining.set_extranonce" ->
                setExtranonce(line.params().path(0), line.params().path(1));
            case "" -> reply(line);
            default -> {}
        }
    }

    private void reply(PoolLine line) {
        if (!line.hasNumericId()) {
            return;
        }
        JsonNode result = line.result();
        switch (line.id()) {
            case 1 -> setExtranonce(result.path(1), result.path(2));
            case 2 ->
                versionMask = AsicChip.mask(result.path("version-rolling.mask").asText("0"));
            case 3, 4, 5 -> {}
            default -> {
                if (settle(line)) {
                    lastReplyNanos = board.nanos();
                }
            }
        }
    }

    private void setExtranonce(JsonNode text, JsonNode size) {
        extranonce1 = text.asText();
        extranonce2Bytes = Math.clamp(size.asInt(4), 1, EXTRANONCE2_BYTES_MAX);
    }

    private void notify(JsonNode params) {
        try {
            MiningJob next = MiningJob.ofParams(params);
            int bytes = extranonce2Bytes;
            chip.search(
                    next, extranonce1, versionMask, _ -> Extranonce2.bigEndian(extranonce2.getAndIncrement(), bytes));
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
        int id = nextId++;
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
