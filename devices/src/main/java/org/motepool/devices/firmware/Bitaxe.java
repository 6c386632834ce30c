package org.motepool.devices.firmware;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.motepool.devices.hash.FoundShare;
import org.motepool.devices.hash.MiningJob;
import org.motepool.devices.hash.Search;
import org.motepool.devices.hash.SearchOrder;
import org.motepool.devices.hash.ShareFilter;

/**
 * ESP-Miner v2.14.2 on a Bitaxe. Its chip's own filter stands at difficulty 256 on a real board of 0.5 TH/s and more;
 * twins are 2 GH/s, so here it stands at 1, and the suggestion of 1,000 shrinks with the rate.
 */
public final class Bitaxe extends Firmware {
    private static final String AGENT = "bitaxe/BM1370/v2.14.2";
    /** Difficulty 1: the chip reports nothing below. */
    private static final int ZERO_BITS = 32;

    private static final long DEFAULT_SUGGESTION = 1_000;
    private static final double RATE_OF_DEFAULT_SUGGESTION = 1e12;
    /** Real hashes between two values of the version bits. */
    private static final int HASHES_PER_VERSION = 16;

    private static final int EXTRANONCE2_BYTES_MAX = 8;
    private static final int FIRST_SHARE_ID = 6;
    private static final Duration RESTART = Duration.ofSeconds(5);

    private final int firstNonce;
    private final double secondsPerExtranonce2;
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
        firstNonce = board.random().nextInt();
        secondsPerExtranonce2 = board.random().nextDouble(0.5, 2.0);
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

    /** What this board's owner would have set. */
    private long suggestion() {
        double scaled = DEFAULT_SUGGESTION * board.nominalHashesPerSecond() / RATE_OF_DEFAULT_SUGGESTION;
        return Math.clamp(Math.round(scaled), 1, DEFAULT_SUGGESTION);
    }

    @Override
    public void line(String text) {
        PoolLine line = PoolLine.parse(text);
        switch (line.method()) {
            case "mining.notify" -> notify(line.params());
            case "mining.set_difficulty" -> difficulty = line.params().path(0).asDouble(difficulty);
            case "mining.set_version_mask" -> versionMask = mask(line.params().path(0));
            case "mining.set_extranonce" ->
                setExtranonce(line.params().path(0), line.params().path(1));
            case "client.reconnect" -> board.drop("asked to reconnect");
            case "mining.ping" -> board.send("{\"id\":%d,\"method\":\"pong\",\"params\":[]}\n".formatted(line.id()));
            case "" -> reply(line);
            default -> {}
        }
    }

    /** Replies are known by their shape, not by their id. */
    private void reply(PoolLine line) {
        JsonNode result = line.result();
        if (result.isArray() && result.size() >= 3) {
            setExtranonce(result.path(1), result.path(2));
        } else if (result.isObject() && result.has("version-rolling")) {
            versionMask = mask(result.path("version-rolling.mask"));
        } else if (line.id() == 3 && !authorized && result.asBoolean()) {
            authorized = true;
            board.send("{\"id\":4,\"method\":\"mining.suggest_difficulty\",\"params\":[%d]}\n".formatted(suggestion()));
            board.send("{\"id\":5,\"method\":\"mining.extranonce.subscribe\",\"params\":[]}\n");
        } else {
            settle(line);
        }
    }

    private void setExtranonce(JsonNode text, JsonNode size) {
        extranonce1 = text.asText();
        extranonce2Bytes = Math.clamp(size.asInt(4), 1, EXTRANONCE2_BYTES_MAX);
    }

    private static int mask(JsonNode text) {
        try {
            return HexFormat.fromHexDigits(text.asText("0"));
        } catch (IllegalArgumentException notHex) {
            return 0;
        }
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
            double hashesPerSecond =
                    Math.scalb(board.nominalHashesPerSecond(), -board.powShift().bits());
            SearchOrder order = new SearchOrder(
                    firstNonce,
                    1,
                    Math.max(1, (long) (hashesPerSecond * secondsPerExtranonce2)),
                    versionMask,
                    HASHES_PER_VERSION);
            int bytes = extranonce2Bytes;
            board.search(new Search(
                    next, extranonce1, Integer.MAX_VALUE, order, n -> littleEndian(n, bytes), board.powShift()));
            // A new difficulty acts with the next job.
            board.filter(ShareFilter.of(difficulty, ZERO_BITS));
            job = next;
        } catch (IllegalArgumentException noJob) {
            // The one before goes on.
        }
    }

    static String littleEndian(long counter, int bytes) {
        byte[] value = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            value[i] = (byte) (counter >>> 8 * i);
        }
        return HexFormat.of().formatHex(value);
    }

    @Override
    public void found(FoundShare share) {
        if (job == null || !job.id().equals(share.jobId())) {
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
