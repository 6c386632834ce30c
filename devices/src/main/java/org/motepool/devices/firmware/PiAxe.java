package org.motepool.devices.firmware;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.motepool.devices.hash.FoundShare;
import org.motepool.devices.hash.MiningJob;

/** piaxe-miner 0.1 on a Raspberry Pi with a BM1366: rolls 16 version bits without having asked for it. */
public final class PiAxe extends Firmware {
    private static final String AGENT = "PiAxe/0.1";
    /** It never lets a difficulty be lower. */
    private static final double DIFFICULTY_MIN = 256;

    private static final double SUGGESTION = 1_000;
    private static final int ROLLED_BITS = 0xffff << 13;
    /** Odd, so that no extranonce2 of a job comes twice; the board draws each at random. */
    private static final long SCATTER = 0x9e3779b1L;

    private static final int NOTIFY_PARAMS = 9;
    private static final int FIRST_SHARE_ID = 3;
    private static final Duration REPLY_WITHIN = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private enum State {
        SUBSCRIBING,
        AUTHORIZING,
        MINING
    }

    private final AsicChip chip;
    private State state = State.SUBSCRIBING;
    private String extranonce1 = "";
    private int extranonce2Bytes = 4;
    private @Nullable MiningJob job;
    private int nextId;

    public PiAxe(Board board, String userName, String password) {
        super(board, userName, password);
        chip = new AsicChip(board);
    }

    @Override
    public void connected() {
        job = null;
        nextId = FIRST_SHARE_ID;
        chip.difficulty(chip.scaled(DIFFICULTY_MIN));
        enter(State.SUBSCRIBING);
        board.send("{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"" + AGENT + "\"]}\n");
    }

    private void enter(State next) {
        state = next;
        board.after(REPLY_WITHIN, () -> {
            if (state == next && next != State.MINING) {
                board.drop("no reply");
            }
        });
    }

    @Override
    public void line(String text) {
        PoolLine line = PoolLine.parse(text);
        switch (line.method()) {
            case "mining.notify" -> notify(line.params());
            case "mining.set_difficulty" -> setDifficulty(line.params());
            case "" -> reply(line);
            default -> {}
        }
    }

    private void reply(PoolLine line) {
        if (line.id() == 1 && state == State.SUBSCRIBING) {
            subscribeReply(line.result());
        } else if (line.id() == 2 && state == State.AUTHORIZING) {
            if (line.result().asBoolean()) {
                enter(State.MINING);
                suggest();
            } else {
                board.drop("authorize was refused");
            }
        } else {
            settle(line);
        }
    }

    /** Only if its owner set one. */
    private void suggest() {
        if (chip.isSmall()) {
            board.send("{\"id\": %d, \"method\": \"mining.suggest_difficulty\", \"params\": [%d]}\n"
                    .formatted(nextId++, Math.round(chip.scaled(SUGGESTION))));
        }
    }

    private void subscribeReply(JsonNode result) {
        boolean pair = false;
        for (JsonNode entry : result.path(0)) {
            pair |= "mining.notify".equals(entry.path(0).asText());
        }
        if (!pair) {
            board.drop("no mining.notify in the subscribe reply");
            return;
        }
        extranonce1 = result.path(1).asText();
        extranonce2Bytes = Math.clamp(result.path(2).asInt(4), 1, 8);
        enter(State.AUTHORIZING);
        board.send("{\"id\": 2, \"method\": \"mining.authorize\", \"params\": [\"%s\", \"%s\"]}\n"
                .formatted(userName, password));
    }

    private void setDifficulty(JsonNode params) {
        if (params.size() == 1) {
            chip.difficulty(Math.max(Math.floor(params.path(0).asDouble()), chip.scaled(DIFFICULTY_MIN)));
        }
    }

    private void notify(JsonNode params) {
        if (params.size() != NOTIFY_PARAMS) {
            return;
        }
        try {
            MiningJob next = MiningJob.ofParams(params);
            int bytes = extranonce2Bytes;
            long first = board.random().nextInt();
            chip.search(next, extranonce1, ROLLED_BITS, n -> Extranonce2.bigEndian(first + n * SCATTER, bytes));
            job = next;
        } catch (IllegalArgumentException noJob) {
            // The one before goes on.
        }
    }

    @Override
    public void found(FoundShare share) {
        if (state != State.MINING || !isOf(job, share)) {
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
