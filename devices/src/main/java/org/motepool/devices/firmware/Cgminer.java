package org.motepool.devices.firmware;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.motepool.devices.hash.FoundShare;
import org.motepool.devices.hash.MiningJob;

/**
 * cgminer 4.11.1 with a USB stick: one request at a time, the next line must be its reply; without version rolling and a
 * mask it cannot connect. Of two difficulties before one notify the second waits for the notify after it.
 */
public final class Cgminer extends Firmware {
    private static final String AGENT = "cgminer/4.11.1";
    private static final int MASK = 0x1fffe000;
    /** What it puts in a header, whole groups of bits only. */
    private static final int[] VERSIONS = {MASK, 0x1fff0000, 0x0000e000, 0};

    private static final double SUGGESTION = 1_000;
    private static final int[] NO_VERSIONS = {0};
    private static final int NTIME_SECONDS_MAX = 60;
    private static final int EXTRANONCE2_BYTES_MIN = 2;
    private static final int EXTRANONCE2_BYTES_MAX = 16;
    /** It takes longer ones and then submits nothing. */
    private static final int EXTRANONCE2_BYTES_SUBMITTED_MAX = 8;

    private static final int DIFFICULTIES_MAX = 16;
    private static final int UNANSWERED_MAX = 64;
    private static final Duration RESUBMIT_WITHIN = Duration.ofMinutes(2);
    private static final Duration REPLY_WITHIN = Duration.ofMinutes(1);
    private static final Duration SILENCE_MAX = Duration.ofSeconds(90);
    private static final Duration WATCH_EVERY = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private enum State {
        CONFIGURING,
        SUBSCRIBING,
        AUTHORIZING,
        MINING
    }

    /** A share whose reply is due. */
    private record Unanswered(int id, FoundShare share, String extranonce1, long sinceNanos) {}

    private final AsicChip chip;
    private final Deque<Double> difficulties = new ArrayDeque<>();
    private final Deque<Unanswered> unanswered = new ArrayDeque<>();
    /** The hashing thread counts on, from job to job. */
    private final AtomicLong extranonce2 = new AtomicLong();

    private State state = State.CONFIGURING;
    private boolean rolling;
    private String sessionId = "";
    private String extranonce1 = "";
    private int extranonce2Bytes = 4;
    private double difficulty = 1;
    private @Nullable MiningJob job;
    private int nextId;
    private long lastLineNanos;

    public Cgminer(Board board, String userName, String password) {
        super(board, userName, password);
        chip = new AsicChip(board);
    }

    @Override
    public void connected() {
        job = null;
        difficulties.clear();
        difficulty = 1;
        nextId = 0;
        lastLineNanos = board.nanos();
        ask(
                State.CONFIGURING,
                "{\"id\": %d, \"method\": \"mining.configure\", \"params\": [[\"version-rolling\"], {\"version-rolling.mask\": \"ffffffff\"}]}"
                        .formatted(nextId++));
    }

    private void ask(State next, String line) {
        state = next;
        board.send(line + "\n");
        board.after(REPLY_WITHIN, () -> {
            if (state == next && next != State.MINING) {
                board.drop("no reply while " + next);
            }
        });
    }

    @Override
    public void line(String text) {
        lastLineNanos = board.nanos();
        PoolLine line = PoolLine.parse(text);
        switch (state) {
            case CONFIGURING -> configureReply(line.result());
            case SUBSCRIBING -> subscribeReply(line.result());
            case AUTHORIZING -> {
                if (!method(line)) {
                    authorizeReply(line);
                }
            }
            case MINING -> {
                if (!method(line)) {
                    answered(line);
                }
            }
        }
    }

    private void configureReply(JsonNode result) {
        rolling = result.path("version-rolling").asBoolean()
                && AsicChip.mask(result.path("version-rolling.mask").asText("0")) != 0;
        if (!rolling) {
            board.drop("no version rolling in the line after configure");
            return;
        }
        ask(
                State.SUBSCRIBING,
                "{\"id\": %d, \"method\": \"mining.subscribe\", \"params\": [\"%s\"%s]}"
                        .formatted(nextId++, AGENT, sessionId.isEmpty() ? "" : ", \"" + sessionId + "\""));
    }

    private void subscribeReply(JsonNode result) {
        int bytes = result.path(2).asInt();
        if (!result.isArray()
                || !result.path(1).isTextual()
                || bytes < EXTRANONCE2_BYTES_MIN
                || bytes > EXTRANONCE2_BYTES_MAX) {
            sessionId = "";
            board.drop("the line after subscribe was not its reply");
            return;
        }
        sessionId = result.path(0).path(0).path(1).asText("");
        extranonce1 = result.path(1).asText();
        extranonce2Bytes = bytes;
        ask(
                State.AUTHORIZING,
                "{\"id\": %d, \"method\": \"mining.authorize\", \"params\": [\"%s\", \"%s\"]}"
                        .formatted(nextId++, userName, password));
    }

    private void authorizeReply(PoolLine line) {
        if (line.hasError() || !line.result().asBoolean()) {
            board.drop("authorize was refused");
            return;
        }
        state = State.MINING;
        suggest();
        resubmit();
        watch();
    }

    /** Only with {@code --suggest-diff}, which owners of small sticks set. */
    private void suggest() {
        if (chip.isSmall()) {
            board.send("{\"id\": %d, \"method\": \"mining.suggest_difficulty\", \"params\": [%d]}\n"
                    .formatted(nextId++, Math.round(chip.scaled(SUGGESTION))));
        }
    }

    private void watch() {
        if (board.nanos() - lastLineNanos > SILENCE_MAX.toNanos()) {
            board.drop("silence for 90 s");
            return;
        }
        board.after(WATCH_EVERY, this::watch);
    }

    private boolean method(PoolLine line) {
        boolean known = true;
        switch (line.method()) {
            case "mining.notify" -> notify(line.params());
            case "mining.set_difficulty" -> setDifficulty(line.params().path(0).asDouble());
            case "mining.set_version_mask" ->
                rolling = AsicChip.mask(line.params().path(0).asText()) != 0;
            case "client.reconnect" -> board.redial();
            case "client.get_version" -> answer(line, AGENT);
            case "mining.ping" -> answer(line, "pong");
            case "client.show_message" -> {}
            default -> known = false;
        }
        return known;
    }

    private void setDifficulty(double value) {
        if (value > 0 && difficulties.size() < DIFFICULTIES_MAX) {
            difficulties.addLast(value);
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
        Double queued = difficulties.pollFirst();
        difficulty = queued == null ? difficulty : queued;
        int bytes = extranonce2Bytes;
        chip.search(
                next,
                extranonce1,
                rolling ? VERSIONS : NO_VERSIONS,
                NTIME_SECONDS_MAX,
                _ -> Extranonce2.littleEndian(extranonce2.getAndIncrement(), bytes));
        chip.difficulty(difficulty);
        job = next;
    }

    @Override
    public void found(FoundShare share) {
        if (state == State.MINING && isOf(job, share) && extranonce2Bytes <= EXTRANONCE2_BYTES_SUBMITTED_MAX) {
            send(share);
        }
    }

    private void send(FoundShare share) {
        int id = nextId++;
        if (unanswered.size() >= UNANSWERED_MAX) {
            unanswered.removeFirst();
        }
        unanswered.addLast(new Unanswered(id, share, extranonce1, board.nanos()));
        submit(
                id,
                "{\"params\": [\"%s\", \"%s\", \"%s\", \"%s\", \"%08x\"%s], \"id\": %d, \"method\": \"mining.submit\"}\n"
                        .formatted(
                                userName,
                                share.jobId(),
                                share.extranonce2(),
                                share.ntime(),
                                share.nonce(),
                                rolling ? ", \"%08x\"".formatted(share.versionBits()) : "",
                                id));
    }

    private void answered(PoolLine line) {
        if (settle(line)) {
            unanswered.removeIf(sent -> sent.id() == line.id());
        }
    }

    /** What the old link took along is sent again, if the pool gave the same extranonce1. */
    private void resubmit() {
        Deque<Unanswered> old = new ArrayDeque<>(unanswered);
        unanswered.clear();
        for (Unanswered sent : old) {
            boolean fresh = board.nanos() - sent.sinceNanos() <= RESUBMIT_WITHIN.toNanos();
            if (fresh && sent.extranonce1().equals(extranonce1)) {
                send(sent.share());
            }
        }
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
