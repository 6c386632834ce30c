package org.motepool.devices.firmware;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.motepool.devices.hash.FoundShare;
import org.motepool.devices.hash.MiningJob;
import org.motepool.devices.hash.Search;
import org.motepool.devices.hash.SearchOrder;
import org.motepool.devices.hash.ShareFilter;

/**
 * LeafMiner. The ESP8266 of 0.0.17 reads its socket only at boot, right after a share, and while it has no job; the
 * ESP32 of 0.0.17 starts again when no reply to a share came for 200 s. Both dial again after a lost link but do not
 * subscribe again. The later master on an ESP32 understands one line per TCP segment and never dials again.
 */
public final class LeafMiner extends Firmware {
    /** Two cores of an ESP32 count up one nonce without a lock: one share in so many is found by both. */
    static final int FOUND_TWICE_IN = 500;

    private static final String AGENT = "LeafMiner/0.0.17";
    private static final double NO_DIFFICULTY_YET = 4_294_967_295.0;
    private static final int ZERO_BITS = 16;
    /** The read buffer; the rest of a longer line is lost, and with it the JSON. */
    private static final int LINE_CHARS_MAX = 2_047;

    private static final int STALE = 21;
    /** The buffer of a submit line; the rest is not sent, its newline least of all. */
    private static final int SUBMIT_CHARS_MAX = 255;

    private static final Duration READING_GAP = Duration.ofSeconds(1);
    private static final Duration READING_MAX = Duration.ofSeconds(5);
    private static final Duration WITHOUT_REPLY_MAX = Duration.ofSeconds(200);
    private static final Duration DIAL_AGAIN = Duration.ofSeconds(2);
    private static final Duration BOOT = Duration.ofSeconds(3);

    /** Which board, and which state of the program. */
    public enum Variant {
        ESP8266,
        ESP32,
        ESP32_MASTER
    }

    private final Variant variant;
    private final boolean esp8266;
    private double difficulty = NO_DIFFICULTY_YET;
    private String extranonce1 = "";
    private @Nullable MiningJob job;
    private boolean booted;
    private boolean started;
    private int nextId = 1;
    private int jobsId;
    private int readings;
    private int boots;
    private long readingSinceNanos;
    private long lastReplyNanos;

    public LeafMiner(Board board, String userName, String password, Variant variant) {
        super(board, userName, password);
        this.variant = variant;
        this.esp8266 = variant == Variant.ESP8266;
    }

    @Override
    public void connected() {
        if (!booted) {
            boot();
        } else {
            watchReplies();
        }
        read();
    }

    private void boot() {
        booted = true;
        boots++;
        started = !esp8266;
        difficulty = NO_DIFFICULTY_YET;
        board.filter(ShareFilter.of(difficulty, ZERO_BITS));
        job = null;
        nextId = 1;
        jobsId = 0;
        lastReplyNanos = board.nanos();
        board.send("{\"id\":%d,\"method\":\"mining.subscribe\",\"params\":[\"%s\", null]}\n".formatted(nextId++, AGENT)
                + "{\"id\":%d,\"method\":\"mining.authorize\",\"params\":[\"%s\",\"%s\"]}\n"
                        .formatted(nextId++, userName, password)
                + "{\"id\":%d,\"method\":\"mining.suggest_difficulty\",\"params\":[0.000100]}\n".formatted(nextId++));
        watchReplies();
    }

    private void crash(String why) {
        booted = false;
        board.idle();
        board.drop(why);
    }

    private void watchReplies() {
        if (variant != Variant.ESP32) {
            return;
        }
        int boot = boots;
        long left = WITHOUT_REPLY_MAX.toNanos() - (board.nanos() - lastReplyNanos);
        board.after(Duration.ofNanos(Math.max(left, 1)), () -> {
            if (boot != boots) {
                return;
            }
            if (board.nanos() - lastReplyNanos >= WITHOUT_REPLY_MAX.toNanos()) {
                crash("no share reply for 200 s");
            } else {
                watchReplies();
            }
        });
    }

    /** Begins to read; on an ESP8266 it ends at the first gap. */
    private void read() {
        readingSinceNanos = board.nanos();
        board.listen(true);
        readOn();
    }

    private void readOn() {
        if (!esp8266) {
            return;
        }
        int reading = ++readings;
        long left = READING_MAX.toNanos() - (board.nanos() - readingSinceNanos);
        board.after(Duration.ofNanos(Math.clamp(left, 1, READING_GAP.toNanos())), () -> {
            if (reading == readings) {
                readingEnded();
            }
        });
    }

    private void readingEnded() {
        if (!started) {
            if (job == null || difficulty == NO_DIFFICULTY_YET) {
                crash("no job or difficulty when boot was over");
                return;
            }
            started = true;
            startSearch();
        }
        if (job != null) {
            board.listen(false);
        }
    }

    /** The master takes the first JSON value of each segment; the rest of it is lost. */
    @Override
    protected void line(String text, boolean wholeAndFirst) {
        if (variant != Variant.ESP32_MASTER || wholeAndFirst) {
            line(text);
        } else {
            // For the accounts only: the board knows nothing of it.
            settle(PoolLine.parse(text));
        }
    }

    @Override
    public void line(String text) {
        readOn();
        if (text.length() > LINE_CHARS_MAX) {
            return;
        }
        PoolLine line = PoolLine.parse(text);
        switch (line.method()) {
            case "mining.notify" -> notify(line.params());
            case "mining.set_difficulty" -> setDifficulty(line.params());
            case "" -> reply(line);
            default -> {}
        }
    }

    private void reply(PoolLine line) {
        JsonNode result = line.result();
        if (line.id() == 1 && result.isArray()) {
            JsonNode pairs = result.path(0);
            if (pairs.isArray()
                    && pairs.path(0).isArray()
                    && pairs.path(0).path(1).isTextual()) {
                extranonce1 = result.path(1).asText();
            }
            return;
        }
        boolean understood = line.hasNumericId() && line.json().has("result");
        if (settle(line) && understood) {
            lastReplyNanos = board.nanos();
            // A share of before the newest notify is known to be late, and the job stays.
            if (line.errorCode() == STALE && line.id() >= jobsId) {
                job = null;
                board.idle();
            }
        }
    }

    private void notify(JsonNode params) {
        if (params.size() != 9 || job != null && job.id().equals(params.path(0).asText())) {
            return;
        }
        try {
            MiningJob next = MiningJob.ofParams(params);
            if (next.isWellFormed() && !extranonce1.isEmpty()) {
                job = next;
                // Each job takes an id off the same counter as the requests.
                jobsId = nextId++;
                startSearch();
            }
        } catch (IllegalArgumentException noJob) {
            // The one before goes on.
        }
    }

    private void startSearch() {
        MiningJob current = job;
        if (current == null || !started) {
            return;
        }
        String extranonce2 = "%08X".formatted(board.random().nextInt());
        board.search(new Search(
                current, extranonce1, Integer.MAX_VALUE, SearchOrder.upFrom(0), n -> extranonce2, board.powShift()));
    }

    private void setDifficulty(JsonNode params) {
        if (params.size() == 1 && params.path(0).isNumber()) {
            difficulty = params.path(0).asDouble();
            board.filter(ShareFilter.of(difficulty, ZERO_BITS));
        }
    }

    @Override
    public void found(FoundShare share) {
        if (!isOf(job, share)) {
            return;
        }
        int id = nextId++;
        submit(id, submitLine(id, share));
        if (!esp8266 && board.random().nextInt(FOUND_TWICE_IN) == 0) {
            int second = nextId++;
            submitAgain(second, submitLine(second, share));
        }
        read();
    }

    private String submitLine(int id, FoundShare share) {
        String line = "{\"id\":%d,\"method\":\"mining.submit\",\"params\":[\"%s\",\"%s\",\"%s\",\"%s\",\"%08x\"]}\n"
                .formatted(id, userName, share.jobId(), share.extranonce2(), share.ntime(), share.nonce());
        return line.length() <= SUBMIT_CHARS_MAX ? line : line.substring(0, SUBMIT_CHARS_MAX);
    }

    @Override
    public Duration pauseAfterLoss() {
        if (!booted) {
            return BOOT;
        }
        return variant == Variant.ESP32_MASTER ? NEVER : DIAL_AGAIN;
    }

    @Override
    public Duration pauseAfterRefusal() {
        return DIAL_AGAIN;
    }
}
