package org.motepool.dashboards.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.motepool.dashboards.format.Quantities;
import org.motepool.dashboards.html.OutsideText;
import org.motepool.dashboards.view.AccountView;
import org.motepool.dashboards.view.PoolView;
import org.motepool.dashboards.view.Worker;
import org.motepool.store.ChainStatus;

/** The small answers: a display's, a home server's, a badge's. Pure functions. */
public final class SmallJson {
    private static final int RETARGET_BLOCKS = 2_016;
    private static final int PERCENT = 100;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SmallJson() {}

    /** {@code /api/device/ADDR}: flat, below a kilobyte, texts in plain ASCII for a small display. */
    public static ObjectNode device(String poolName, PoolView pool, AccountView account) {
        ObjectNode out = JSON.objectNode();
        pool.chain().ifPresent(chain -> {
            out.put("block_height", chain.height());
            out.put("network_hashrate", ascii(pool.networkHashRate(), "H/s"));
            out.put("network_difficulty", shortest(pool.networkDifficulty()));
        });
        out.put("workers", account.online().size());
        out.put("pool_name", OutsideText.plain(poolName));
        out.put("pool_hashrate", ascii(pool.hashRate(), "H/s"));
        out.put("worker_hashrate", ascii(account.hashRate(), "H/s"));
        out.put("address_best_diff", shortest(account.best()));
        pool.chain().filter(SmallJson::retargetsLikeBitcoin).ifPresent(chain -> {
            int done = chain.height() % RETARGET_BLOCKS;
            out.put("difficulty_progress", Math.round(10.0 * PERCENT * done / RETARGET_BLOCKS) / 10.0);
            out.put("difficulty_retarget_blocks", RETARGET_BLOCKS - done);
        });
        out.put("failovers", 0);
        return out;
    }

    private static boolean retargetsLikeBitcoin(ChainStatus.View chain) {
        return !chain.network().equals("devnet");
    }

    /** {@code /widgets/pool}: four texts. */
    public static ObjectNode umbrel(PoolView pool) {
        String[] rate = ascii(pool.hashRate(), "H/s").split(" ", -1);
        ObjectNode out = JSON.objectNode();
        out.put("type", "four-stats").put("refresh", "5s").put("link", "");
        ArrayNode items = out.putArray("items");
        items.addObject().put("title", "Hash Rate").put("text", rate[0]).put("subtext", rate[1]);
        items.addObject().put("title", "Miners").put("text", Long.toString(pool.workers()));
        items.addObject()
                .put("title", "Blocks Found")
                .put("text", Long.toString(pool.counts().found()));
        items.addObject()
                .put("title", "Block Height")
                .put(
                        "text",
                        Integer.toString(
                                pool.chain().map(ChainStatus.View::height).orElse(0)));
        return out;
    }

    /** {@code /api/badge/X.json} as Shields reads it. */
    public static ObjectNode badge(String message, boolean alive) {
        return JSON.objectNode()
                .put("schemaVersion", 1)
                .put("label", "hash rate")
                .put("message", message)
                .put("color", alive ? "orange" : "lightgrey");
    }

    /** What a badge says of a rate: no band fits there, so no more digits than the band leaves. */
    public static String badgeText(double hashRate, long windowShares) {
        return windowShares < Quantities.SHARES_FOR_A_RATE_MIN || hashRate <= 0
                ? "no data yet"
                : Quantities.hashRate(hashRate, windowShares).replace('\u00a0', ' ');
    }

    /** A worker of an account by the name that stands in a path. */
    public static Optional<Worker> worker(AccountView account, String name) {
        return account.workers().stream()
                .filter(worker -> worker.name().equals(name))
                .findFirst();
    }

    /** A user name as devices send it, {@code ADDRESS.worker} or {@code ADDRESS_worker}, up to its address. */
    public static String addressPart(String typed) {
        String text = typed.strip();
        int end = 0;
        while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '_') {
            end++;
        }
        return text.substring(0, end);
    }

    private static String ascii(double value, String unit) {
        String shown = Quantities.scaled(value, 3, unit).replace('\u00a0', ' ');
        return shown.replace(" k", " K");
    }

    private static String shortest(double difficulty) {
        return Quantities.difficulty(difficulty).replace("\u00a0", "").replace('k', 'K');
    }
}
