package org.motepool.devices.firmware;

import java.time.Duration;
import java.util.Locale;

/**
 * cpuminer-opt 26.1 with {@code --stratum-keepalive}: asks for half the difficulty after 150 s without a share, and for a
 * new link after 240 s.
 */
public final class CpuminerOpt extends CpuminerFamily {
    private static final Duration ASK_FOR_LESS_AFTER = Duration.ofSeconds(150);
    private static final Duration RESET_AFTER = Duration.ofMinutes(4);

    private long lastShareNanos;
    private long lastAskNanos;

    public CpuminerOpt(Board board, String userName, String password) {
        super(board, userName, password, "cpuminer-opt-26.1-x64L", Duration.ofMinutes(5), Duration.ofSeconds(10));
    }

    @Override
    protected void started() {
        sent();
        board.send("{\"id\": 3, \"method\": \"mining.extranonce.subscribe\", \"params\": []}\n");
    }

    @Override
    protected void sent() {
        lastShareNanos = board.nanos();
        lastAskNanos = lastShareNanos;
    }

    @Override
    protected void tick() {
        long now = board.nanos();
        if (now - lastShareNanos > RESET_AFTER.toNanos()) {
            board.drop("no share for 240 s");
        } else if (now - lastAskNanos > ASK_FOR_LESS_AFTER.toNanos()) {
            lastAskNanos = now;
            board.send("{\"id\": 1, \"method\": \"mining.suggest_difficulty\", \"params\": [\"%s\"]}\n"
                    .formatted(String.format(Locale.ROOT, "%f", difficulty() / 2)));
        }
    }

    @Override
    protected boolean ownMethod(PoolLine line) {
        return switch (line.method()) {
            case "mining.ping" -> {
                answer(line, "pong");
                yield true;
            }
            case "mining.set_extranonce" -> {
                int bytes = line.params().path(1).asInt();
                boolean valid = line.params().path(0).isTextual() && isExtranonce2Size(bytes);
                if (valid) {
                    setExtranonce(line.params().path(0).asText(), bytes);
                }
                yield valid;
            }
            default -> false;
        };
    }

    @Override
    protected void response(PoolLine line) {
        if (line.hasNumericId() && line.id() >= SHARE_ID) {
            settle(line);
        }
    }
}
