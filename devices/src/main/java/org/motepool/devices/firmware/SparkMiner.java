package org.motepool.devices.firmware;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.motepool.devices.hash.FoundShare;
import org.motepool.devices.hash.MiningJob;
import org.motepool.devices.hash.Search;
import org.motepool.devices.hash.SearchOrder;
import org.motepool.devices.hash.ShareFilter;

/**
 * SparkMiner on an ESP32: throws a notify before the authorize reply away, and keeps a job in fields of fixed size that
 * cut in silence.
 */
public final class SparkMiner extends Firmware {
    private static final String AGENT = "SparkMiner/dev";
    /** Fields of 512 and 256 characters with their end. */
    private static final int COINBASE1_HEX_MAX = 510;

    private static final int COINBASE2_HEX_MAX = 254;
    private static final int BRANCHES_MAX = 16;
    private static final int JOB_ID_CHARACTERS_MAX = 15;
    private static final int EXTRANONCE1_HEX_MAX = 31;
    private static final int DOCUMENT_BYTES_MAX = 4_096;

    private static final int SUBSCRIBE_ID = 1;
    private static final int AUTHORIZE_ID = 3;
    private static final Duration REPLY_WITHIN = Duration.ofSeconds(10);
    private static final Duration SUGGEST_AFTER = Duration.ofMinutes(2);
    private static final Duration WITHOUT_NOTIFY_MAX = Duration.ofSeconds(700);
    private static final Duration WATCH_EVERY = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private boolean subscribed;
    private boolean authorized;
    private String extranonce1 = "";
    private @Nullable MiningJob job;
    private int nextId;
    private long lastSentNanos;
    private long lastNotifyNanos;

    public SparkMiner(Board board, String userName, String password) {
        super(board, userName, password);
    }

    @Override
    public void connected() {
        subscribed = false;
        authorized = false;
        job = null;
        nextId = 1;
        lastNotifyNanos = board.nanos();
        board.filter(ShareFilter.nothing());
        send("{\"id\":%d,\"method\":\"mining.subscribe\",\"params\":[\"%s\"]}".formatted(nextId++, AGENT));
        board.after(REPLY_WITHIN, () -> {
            if (!authorized) {
                board.drop("no authorize reply");
            }
        });
        board.after(WATCH_EVERY, this::watch);
    }

    private void send(String line) {
        lastSentNanos = board.nanos();
        board.send(line + "\n");
    }

    private void suggest() {
        send("{\"id\":%d,\"method\":\"mining.suggest_difficulty\",\"params\":[0.0014]}".formatted(nextId++));
    }

    private void watch() {
        if (board.nanos() - lastNotifyNanos > WITHOUT_NOTIFY_MAX.toNanos()) {
            board.drop("no notify for 700 s");
            return;
        }
        if (authorized && board.nanos() - lastSentNanos > SUGGEST_AFTER.toNanos()) {
            suggest();
        }
        board.after(WATCH_EVERY, this::watch);
    }

    @Override
    public void line(String text) {
        PoolLine line = PoolLine.parse(text);
        if (!line.isJson() || line.documentBytes() > DOCUMENT_BYTES_MAX) {
            return;
        }
        switch (line.method()) {
            case "mining.notify" -> {
                if (authorized) {
                    notify(line.params());
                }
            }
            case "mining.set_difficulty" -> {
                if (line.params().path(0).asDouble() > 0) {
                    board.filter(ShareFilter.of(line.params().path(0).asDouble(), 0));
                }
            }
            case "" -> reply(line);
            default -> {}
        }
    }

    private void reply(PoolLine line) {
        if (!line.hasNumericId()) {
            return;
        }
        if (line.id() == SUBSCRIBE_ID && !subscribed) {
            subscribeReply(line.result());
        } else if (line.id() == AUTHORIZE_ID && !authorized) {
            authorized = line.result().asBoolean() && !line.hasError();
            if (!authorized) {
                board.drop("authorize was not answered with true");
            }
        } else {
            settle(line);
        }
    }

    private void subscribeReply(JsonNode result) {
        if (!result.isArray() || result.size() < 3 || !result.path(1).isTextual()) {
            board.drop("no extranonce in the subscribe reply");
            return;
        }
        subscribed = true;
        extranonce1 = cut(result.path(1).asText(), EXTRANONCE1_HEX_MAX);
        suggest();
        send("{\"id\":%d,\"method\":\"mining.authorize\",\"params\":[\"%s\",\"%s\"]}"
                .formatted(nextId++, userName, password));
    }

    private static String cut(String text, int charactersMax) {
        return text.length() <= charactersMax ? text : text.substring(0, charactersMax);
    }

    /** The job as its fields hold it. */
    private static MiningJob kept(MiningJob job) {
        List<String> branches = job.branches();
        return new MiningJob(
                cut(job.id(), JOB_ID_CHARACTERS_MAX),
                job.prevHash(),
                cut(job.coinbase1(), COINBASE1_HEX_MAX),
                cut(job.coinbase2(), COINBASE2_HEX_MAX),
                branches.subList(0, Math.min(branches.size(), BRANCHES_MAX)),
                job.version(),
                job.nbits(),
                job.ntime(),
                job.clean());
    }

    private void notify(JsonNode params) {
        try {
            MiningJob next = kept(MiningJob.ofParams(params));
            String extranonce2 = "%08X".formatted(board.random().nextInt());
            board.search(new Search(
                    next,
                    extranonce1,
                    Integer.MAX_VALUE,
                    SearchOrder.upFrom(board.random().nextInt()),
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
        lastSentNanos = board.nanos();
        submit(
                id,
                "{\"id\":%d,\"method\":\"mining.submit\",\"params\":[\"%s\",\"%s\",\"%s\",\"%s\",\"%08x\"]}\n"
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
