package org.motepool.devices.firmware;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.motepool.devices.hash.FoundShare;
import org.motepool.devices.hash.MiningJob;

/** ESP-Miner v2.14.2 on a Bitaxe: knows replies by their shape, reads difficulties as whole numbers. */
public final class Bitaxe extends Firmware {
    private static final String AGENT = "bitaxe/BM1370/v2.14.2";
    private static final double DEFAULT_SUGGESTION = 1_000;
    private static final int EXTRANONCE2_BYTES_MAX = 8;
    private static final int FIRST_SHARE_ID = 6;
    private static final Duration RESTART = Duration.ofSeconds(5);

    private final AsicChip chip;
    private int versionMask;
    private String extranonce1 = "";
    private int extranonce2Bytes = 4;
    private double difficulty;
    private @Nullable MiningJob job;
    private boolean authorized;
    private boolean crashed;
    private int nextId;

    public Bitaxe(Board board, String userName, String password) {
        super(board, userName, password);
        chip = new AsicChip(board);
    }

    @Override
    public void connected() {
        versionMask = 0;
        extranonce1 = "";
        job = null;
        authorized = false;
        difficulty = DEFAULT_SUGGESTION;
        nextId = FIRST_SHARE_ID;
        board.send("{\"id\":1,\"method\":\"mining.configure\",\"params\":"
                + "[[\"version-rolling\"],{\"version-rolling.mask\":\"ffffffff\"}]}\n");
        board.send("{\"id\":2,\"method\":\"mining.subscribe\",\"params\":[\"" + AGENT + "\"]}\n");
        board.send("{\"id\":3,\"method\":\"mining.authorize\",\"params\":[\"%s\",\"%s\"]}\n"
                .formatted(userName, password));
    }

    @Override
    public void line(String text) {
        PoolLine line = PoolLine.parse(text);
        switch (line.method()) {
            case "mining.notify" -> notify(line.params());
            case "mining.set_difficulty" ->
                // Cut to a whole number: 0.5 becomes 0, and everything that the chip reports is sent.
                difficulty = Math.floor(line.params().path(0).asDouble(difficulty));
            case "mining.set_version_mask" ->
                versionMask = AsicChip.mask(line.params().path(0).asText());
            case "mining.set_extranonce" ->
                setExtranonce(line.params().path(0), line.params().path(1));
            case "client.reconnect" -> board.redial();
            case "mining.ping" -> board.send("{\"id\":%d,\"method\":\"pong\",\"params\":[]}\n".formatted(line.id()));
            case "client.get_version" -> answer(line, AGENT);
            case "" -> reply(line);
            default -> {}
        }
    }

    private void reply(PoolLine line) {
        JsonNode result = line.result();
        if (result.isArray() && result.size() >= 3) {
            setExtranonce(result.path(1), result.path(2));
        } else if (result.isObject() && result.has("version-rolling")) {
            versionMask = AsicChip.mask(result.path("version-rolling.mask").asText("0"));
        } else if (line.id() == 3 && !authorized && result.asBoolean()) {
            authorized = true;
            board.send("{\"id\":4,\"method\":\"mining.suggest_difficulty\",\"params\":[%d]}\n"
                    .formatted(Math.round(chip.scaled(DEFAULT_SUGGESTION))));
            board.send("{\"id\":5,\"method\":\"mining.extranonce.subscribe\",\"params\":[]}\n");
        } else {
            settle(line);
        }
    }

    private void setExtranonce(JsonNode text, JsonNode size) {
        extranonce1 = text.asText();
        extranonce2Bytes = Math.clamp(size.asInt(4), 1, EXTRANONCE2_BYTES_MAX);
    }

    private void notify(JsonNode params) {
        for (int i = 0; i < 4; i++) {
            if (!params.path(i).isTextual()) {
                crashed = true;
                board.drop("crashed by a notify param that is no string");
                return;
            }
        }
        if (job != null && job.id().equals(params.path(0).asText())) {
            return;
        }
        try {
            MiningJob next = MiningJob.ofParams(params);
            int bytes = extranonce2Bytes;
            chip.search(next, extranonce1, versionMask, n -> Extranonce2.littleEndian(n, bytes));
            // A new difficulty acts with the next job.
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
                "{\"id\":%d,\"method\":\"mining.submit\",\"params\":[\"%s\",\"%s\",\"%s\",\"%s\",\"%08x\",\"%08x\"]}\n"
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
        if (crashed) {
            crashed = false;
            return RESTART;
        }
        return randomPause(Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    @Override
    public Duration pauseAfterRefusal() {
        return randomPause(Duration.ofSeconds(1), Duration.ofSeconds(5));
    }
}
