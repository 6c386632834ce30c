package org.motepool.dashboards.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;
import org.motepool.dashboards.format.Quantities;
import org.motepool.dashboards.format.ShortAddress;
import org.motepool.dashboards.format.Times;
import org.motepool.dashboards.html.OutsideText;
import org.motepool.dashboards.view.AccountView;
import org.motepool.dashboards.view.PoolView;
import org.motepool.dashboards.view.Series;
import org.motepool.dashboards.view.Worker;
import org.motepool.store.Blocks.BlockView;
import org.motepool.store.ChainStatus;
import org.motepool.store.History;
import org.motepool.store.LiveStats;

/** Public-pool's answers from our views. Pure functions; never a {@code null} in them. */
public final class PublicPoolJson {
    /** A worker goes so long after its last connection closed. */
    private static final long GONE_AFTER_MILLIS = 5 * 60_000;
    /** Callers know session ids of 8 hex digits. */
    private static final int SESSION_ID_BYTES = 4;

    /** On the device port; what an ESP32 keeps of it in memory. */
    private static final int FOLDED_WORKERS_MAX = 30;

    private static final int FOLDED_BYTES_MAX = 6_144;
    private static final int HIGH_SCORES_MAX = 10;

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

    /**
     * The same for a listener whose readers hold the whole answer in a few kilobytes: beyond 30 workers, or beyond what
     * fits, the rest is one entry with the sum of their rates. The count stays the true one.
     */
    public static String clientFolded(AccountView account) {
        ObjectNode all = client(account);
        ArrayNode workers = (ArrayNode) all.get("workers");
        String text = JsonText.of(all);
        int kept = Math.min(workers.size(), FOLDED_WORKERS_MAX);
        while (kept > 0 && (workers.size() > kept + 1 || text.length() > FOLDED_BYTES_MAX)) {
            text = JsonText.of(folded(all, workers, kept));
            if (text.length() <= FOLDED_BYTES_MAX) {
                return text;
            }
            kept--;
        }
        return text;
    }

    private static ObjectNode folded(ObjectNode all, ArrayNode workers, int kept) {
        ObjectNode out = all.deepCopy();
        ArrayNode listed = out.putArray("workers");
        long rest = 0;
        ObjectNode others = JSON.objectNode();
        for (int i = 0; i < workers.size(); i++) {
            if (i < kept) {
                listed.add(workers.get(i));
            } else {
                rest += workers.get(i).get("hashRate").longValue();
                others = workers.get(i).deepCopy();
            }
        }
        listed.add(others.put("name", "others").put("hashRate", rest));
        return out;
    }

    /** {@code …/chart}: closed slots of ten minutes, oldest first; a slot in which nobody reported is left out. */
    public static ArrayNode chart(Series series) {
        ArrayNode out = JSON.arrayNode();
        for (History.Point point : series.points()) {
            out.addObject()
                    .put("label", Times.iso(point.start()))
                    .put("data", Math.round(point.hashRate(series.resolution())));
        }
        return out;
    }

    /** {@code /api/client/ADDR/WORKER}; a worker never seen has zeros. */
    public static ObjectNode worker(String name, Optional<Worker> worker, Series series) {
        ObjectNode out = JSON.objectNode();
        out.put("name", OutsideText.plain(name));
        out.put("bestDifficulty", worker.map(one -> (long) one.best()).orElse(0L));
        out.set("chartData", chart(series));
        return out;
    }

    /** {@code /api/client/ADDR/WORKER/SESSION}. */
    public static ObjectNode session(Worker worker, LiveStats.SessionReport session, Series series) {
        ObjectNode out = JSON.objectNode();
        out.put("sessionId", session.id());
        out.put("name", OutsideText.plain(worker.name()));
        out.put("bestDifficulty", (long) worker.best());
        out.set("chartData", chart(series));
        out.put("startTime", Times.iso(session.connectedAt()));
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
        ArrayNode agents = out.putArray("userAgents");
        pool.families()
                .forEach(family -> agents.addObject()
                        .put("userAgent", family.family())
                        .put("count", family.workers())
                        .put("bestDifficulty", difficulty(family.best()))
                        .put("totalHashRate", Math.round(family.hashRate())));
        ArrayNode scores = out.putArray("highScores");
        pool.families().stream()
                .filter(family -> family.best() > 0)
                .sorted(Comparator.comparingDouble(LiveStats.FamilyReport::best).reversed())
                .limit(HIGH_SCORES_MAX)
                .forEach(family -> scores.addObject()
                        .put("updatedAt", Times.iso(pool.readAt()))
                        .put("bestDifficulty", difficulty(family.best()))
                        .put("bestDifficultyUserAgent", family.family()));
        out.put("uptime", Times.iso(pool.startedAt() == 0 ? startedAt : pool.startedAt()));
        return out;
    }

    /** {@code /api/network}; what is not known is left out, which callers read as 0. */
    public static ObjectNode network(PoolView pool) {
        ObjectNode out = JSON.objectNode();
        pool.chain().ifPresent(chain -> {
            out.put("blocks", chain.height());
            out.put("currentblocktx", chain.transactions());
            out.put("difficulty", difficulty(pool.networkDifficulty()));
            out.put("networkhashps", decimal(Math.rint(pool.networkHashRate())));
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

    /** 2 decimals; below 1, where micro devices live, 3 significant digits. */
    static BigDecimal difficulty(double value) {
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
