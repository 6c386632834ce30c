package org.motepool.dashboards.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;
import org.motepool.core.work.Nbits;
import org.motepool.dashboards.format.Quantities;
import org.motepool.dashboards.format.ShortAddress;
import org.motepool.dashboards.format.Times;
import org.motepool.dashboards.html.OutsideText;
import org.motepool.dashboards.view.AccountView;
import org.motepool.dashboards.view.PoolView;
import org.motepool.dashboards.view.Worker;
import org.motepool.store.Blocks.BlockView;
import org.motepool.store.ChainStatus;

/** Public-pool's answers from our views. Pure functions; never a {@code null} in them. */
public final class PublicPoolJson {
    /** A worker goes so long after its last connection closed. */
    private static final long GONE_AFTER_MILLIS = 5 * 60_000;
    /** Callers know session ids of 8 hex digits. */
    private static final int SESSION_ID_BYTES = 4;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private PublicPoolJson() {}

    /** {@code /api/client/ADDR}; an account never seen has zeros. */
    public static ObjectNode client(AccountView account) {
        List<Worker> listed = account.workers().stream()
                .filter(worker -> worker.online() || account.readAt() - worker.lastSeen() <= GONE_AFTER_MILLIS)
                .toList();
        ObjectNode out = JSON.objectNode();
        out.put("bestDifficulty", difficulty(account.best()));
        out.put("workersCount", listed.size());
        ArrayNode workers = out.putArray("workers");
        listed.forEach(worker -> workers.add(worker(account.address(), worker)));
        return out;
    }

    /** {@code /api/pool}. */
    public static ObjectNode pool(PoolView pool) {
        ObjectNode out = JSON.objectNode();
        out.put("totalHashRate", Math.round(pool.hashRate()));
        out.put("blockHeight", pool.chain().map(ChainStatus.View::height).orElse(0));
        out.put("totalMiners", pool.workers());
        out.set("blocksFound", blocks(pool));
        out.put(
                "fee",
                pool.chain()
                        .map(chain -> Quantities.percentNumber(chain.feeBasisPoints()))
                        .orElse(BigDecimal.ZERO));
        return out;
    }

    /**
     * {@code /api/info}. Without a list of all devices in the store there are no user agents to count; the one high score
     * is the best share of all nodes, of a device that is not told.
     */
    public static ObjectNode info(PoolView pool, long startedAt) {
        ObjectNode out = JSON.objectNode();
        out.set("blockData", blocks(pool));
        out.putArray("userAgents");
        ArrayNode scores = out.putArray("highScores");
        if (pool.best() > 0) {
            scores.addObject()
                    .put("updatedAt", Times.iso(pool.readAt()))
                    .put("bestDifficulty", difficulty(pool.best()))
                    .put("bestDifficultyUserAgent", "unknown");
        }
        out.put("uptime", Times.iso(pool.startedAt() == 0 ? startedAt : pool.startedAt()));
        return out;
    }

    /** {@code /api/network}; what is not known is left out, which callers read as 0. */
    public static ObjectNode network(PoolView pool) {
        ObjectNode out = JSON.objectNode();
        pool.chain().ifPresent(chain -> {
            double difficulty = networkDifficulty(chain.nbits());
            out.put("blocks", chain.height());
            out.put("currentblocktx", chain.transactions());
            out.put("difficulty", difficulty(difficulty));
            out.put("chain", chain.network());
            out.put("warnings", "");
        });
        return out;
    }

    /** An error in the shape that callers of this API know. */
    public static ObjectNode problem(int status, String message) {
        return JSON.objectNode().put("statusCode", status).put("message", message);
    }

    private static ObjectNode worker(String address, Worker worker) {
        boolean online = worker.online();
        ObjectNode out = JSON.objectNode();
        out.put("sessionId", online ? worker.sessions().getFirst().id() : closedSessionId(address, worker.name()));
        out.put("name", OutsideText.plain(worker.name()));
        out.put(
                "bestDifficulty",
                decimal(worker.best()).setScale(2, RoundingMode.HALF_UP).toPlainString());
        out.put("hashRate", Math.round(worker.hashRate()));
        out.put("startTime", Times.iso(online ? worker.sessions().getFirst().connectedAt() : worker.firstSeen()));
        out.put("lastSeen", Times.iso(worker.lastSeen()));
        return out;
    }

    /** Stays the same while the worker is away, and is no connection's. */
    private static String closedSessionId(String address, String worker) {
        byte[] text = (address + '.' + worker).getBytes(StandardCharsets.UTF_8);
        return Sha256.once(Bytes.copyOf(text)).slice(0, SESSION_ID_BYTES).toHex();
    }

    private static ArrayNode blocks(PoolView pool) {
        ArrayNode out = JSON.arrayNode();
        for (BlockView block : pool.blocks()) {
            out.addObject()
                    .put("height", block.height())
                    .put("minerAddress", ShortAddress.of(block.finder()))
                    .put("worker", OutsideText.plain(block.worker()))
                    // The connection that found it is long gone; the block's own hash tells blocks apart.
                    .put(
                            "sessionId",
                            block.hash().substring(Math.max(0, block.hash().length() - 2 * SESSION_ID_BYTES)));
        }
        return out;
    }

    private static double networkDifficulty(String nbits) {
        try {
            return Nbits.ofHex(nbits).displayDifficulty();
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    /** 2 decimals; below 1, where micro devices live, 3 significant digits. */
    private static BigDecimal difficulty(double value) {
        BigDecimal exact = decimal(value);
        BigDecimal rounded = exact.compareTo(BigDecimal.ONE) < 0
                ? exact.round(new MathContext(3, RoundingMode.HALF_UP))
                : exact.setScale(2, RoundingMode.HALF_UP);
        BigDecimal plain = rounded.stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0, RoundingMode.UNNECESSARY) : plain;
    }

    /** Whatever a report says: not a number, infinite and negative become 0. */
    private static BigDecimal decimal(double value) {
        return value > 0 && !Double.isInfinite(value) ? new BigDecimal(value) : BigDecimal.ZERO;
    }
}
