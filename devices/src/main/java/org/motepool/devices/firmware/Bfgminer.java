package org.motepool.devices.firmware;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.motepool.devices.hash.FoundShare;
import org.motepool.devices.hash.MiningJob;

/**
 * bfgminer 5.5.0 with a USB stick and a target of its own: the line after subscribe must be its reply, although a
 * request without an id goes before it.
 */
public final class Bfgminer extends Firmware {
    private static final String AGENT = "bfgminer/5.5.0";
    private static final String TARGET = "00000000ffff0000000000000000000000000000000000000000000000000000";
    /** A whole difficulty is measured by {@code 2^224}, a fraction by {@code 0xffff << 208}. */
    private static final double WHOLE_DIFFICULTY = 65_535.0 / 65_536.0;

    private static final int[] NO_VERSIONS = {0};
    private static final int NTIME_SECONDS_MAX = 60;
    private static final int EXTRANONCE2_BYTES_MAX = 16;
    private static final Duration REPLY_WITHIN = Duration.ofMinutes(1);
    private static final Duration SILENCE_MAX = Duration.ofMinutes(2);
    private static final Duration WATCH_EVERY = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final AsicChip chip;
    private final AtomicLong extranonce2 = new AtomicLong();

    private boolean subscribed;
    private boolean authorized;
    private String sessionId = "";
    private String extranonce1 = "";
    private int extranonce2Bytes = 4;
    private double difficulty = 1;
    private @Nullable MiningJob job;
    private int nextId;
    private long lastLineNanos;

    public Bfgminer(Board board, String userName, String password) {
        super(board, userName, password);
        chip = new AsicChip(board);
    }

    @Override
    public void connected() {
        subscribed = false;
        authorized = false;
        job = null;
        difficulty = 1;
        nextId = 0;
        lastLineNanos = board.nanos();
        send("{\"id\": null, \"method\": \"mining.suggest_target\", \"params\": [\"" + TARGET + "\"]}");
        send("{\"id\": %d, \"method\": \"mining.subscribe\", \"params\": [\"%s\"%s]}"
                .formatted(nextId++, AGENT, sessionId.isEmpty() ? "" : ", \"" + sessionId + "\""));
        board.after(REPLY_WITHIN, () -> {
            if (!authorized) {
                board.drop("no authorize reply");
            }
        });
        board.after(WATCH_EVERY, this::watch);
    }

    private void send(String line) {
        board.send(line + "\n");
    }

    private void watch() {
        if (board.nanos() - lastLineNanos > SILENCE_MAX.toNanos()) {
            board.drop("silence for 120 s");
            return;
        }
        board.after(WATCH_EVERY, this::watch);
    }

    @Override
    public void line(String text) {
        lastLineNanos = board.nanos();
        PoolLine line = PoolLine.parse(text);
        if (!subscribed) {
            subscribeReply(line.result());
        } else if (!method(line)) {
            reply(line);
        }
    }

    private void subscribeReply(JsonNode result) {
        int bytes = result.path(2).asInt();
        if (!result.isArray() || !result.path(1).isTextual() || bytes < 1 || bytes > EXTRANONCE2_BYTES_MAX) {
            sessionId = "";
            board.drop("the line after subscribe was not its reply");
            return;
        }
        subscribed = true;
        sessionId = result.path(0).path(0).path(1).asText("");
        extranonce1 = result.path(1).asText();
        extranonce2Bytes = bytes;
        send("{\"id\": \"auth\", \"method\": \"mining.authorize\", \"params\": [\"%s\", \"%s\"]}"
                .formatted(userName, password));
    }

    private void reply(PoolLine line) {
        if ("auth".equals(line.json().path("id").asText())) {
            authorized = line.result().asBoolean() && !line.hasError();
            if (!authorized) {
                board.drop("authorize was refused");
                return;
            }
            send("{\"id\": \"xnsub\", \"method\": \"mining.extranonce.subscribe\", \"params\": []}");
        } else {
            settle(line);
        }
    }

    private boolean method(PoolLine line) {
        JsonNode params = line.params();
        boolean known = true;
        switch (line.method()) {
            case "mining.notify" -> notify(params);
            case "mining.set_difficulty" -> setDifficulty(params.path(0));
            case "mining.set_extranonce" -> {
                extranonce1 = params.path(0).asText();
                extranonce2Bytes = Math.clamp(params.path(1).asInt(4), 1, EXTRANONCE2_BYTES_MAX);
            }
            case "client.reconnect" -> reconnect(params);
            case "client.get_version" -> answer(line, AGENT);
            case "client.show_message" -> {}
            default -> known = false;
        }
        return known;
    }

    private void setDifficulty(JsonNode value) {
        if (value.asDouble() > 0) {
            difficulty = value.isIntegralNumber() ? value.asDouble() * WHOLE_DIFFICULTY : value.asDouble();
        }
    }

    private void reconnect(JsonNode params) {
        String host = params.path(0).asText("");
        int port = params.path(1).asInt();
        if (host.isEmpty() || port < 1 || port > 65_535) {
            board.redial();
        } else {
            board.redial(host, port);
        }
    }

    private void notify(JsonNode params) {
        MiningJob next;
        try {
            next = MiningJob.ofParams(params);
        } catch (IllegalArgumentException noJob) {
            return;
        }
        if (!next.isWellFormed()) {
            return;
        }
        int bytes = extranonce2Bytes;
        chip.search(
                next,
                extranonce1,
                NO_VERSIONS,
                NTIME_SECONDS_MAX,
                _ -> Extranonce2.littleEndian(extranonce2.getAndIncrement(), bytes));
        chip.difficulty(difficulty);
        job = next;
        send("{\"params\": [\"%s\"], \"id\": \"txlist%s\", \"method\": \"mining.get_transactions\"}"
                .formatted(next.id(), next.id()));
    }

    @Override
    public void found(FoundShare share) {
        if (!authorized || !isOf(job, share)) {
            return;
        }
        int id = nextId++;
        submit(
                id,
                "{\"params\": [\"%s\", \"%s\", \"%s\", \"%s\", \"%08x\"], \"id\": %d, \"method\": \"mining.submit\"}\n"
                        .formatted(userName, share.jobId(), share.extranonce2(), share.ntime(), share.nonce(), id));
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
