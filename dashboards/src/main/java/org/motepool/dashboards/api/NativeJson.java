package org.motepool.dashboards.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.motepool.dashboards.format.ShortAddress;
import org.motepool.dashboards.format.Times;
import org.motepool.dashboards.html.OutsideText;
import org.motepool.dashboards.view.AccountView;
import org.motepool.dashboards.view.PoolView;
import org.motepool.dashboards.view.Series;
import org.motepool.dashboards.view.Worker;
import org.motepool.store.Balances;
import org.motepool.store.Blocks.BlockView;
import org.motepool.store.History.Point;
import org.motepool.store.ReadModels;

/**
 * Our own API: amounts are texts of satoshis with 12 decimals, rates are hashes a second beside the number of equal shares
 * that would tell them as well, times are ISO 8601. {@code openapi.json} describes it and a test holds the two together.
 * Pure functions; never a {@code null} in them.
 */
public final class NativeJson {
    /** Workers in one answer. */
    private static final int WORKERS_MAX = 1_000;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private NativeJson() {}

    /** {@code /api/v1/pool}. */
    public static ObjectNode pool(String name, PoolView pool) {
        ObjectNode out = JSON.objectNode();
        out.put("name", OutsideText.plain(name));
        out.put("at", Times.iso(pool.readAt()));
        ArrayNode troubles = out.putArray("troubles");
        pool.troubles().forEach(trouble -> troubles.add(trouble.name().toLowerCase(Locale.ROOT)));
        out.put("devices", pool.workers());
        out.put("accounts", pool.accounts());
        rate(out, pool.hashRate(), pool.windowShares());
        out.put("acceptedShares", pool.accepted());
        out.put("rejectedShares", pool.rejected());
        out.put("bestDifficulty", number(pool.best()));
        out.put("bestDifficultyToday", number(pool.bestToday()));
        pool.chain()
                .ifPresent(chain -> out.putObject("chain")
                        .put("network", chain.network())
                        .put("height", chain.height())
                        .put("tip", chain.tip())
                        .put("nbits", chain.nbits())
                        .put("difficulty", number(pool.networkDifficulty()))
                        .put("powShift", chain.powShift())
                        .put("blockSeconds", chain.blockSeconds())
                        .put("workAt", Times.iso(chain.templateAt()))
                        .put("nodeUp", chain.nodeUp()));
        pool.chain()
                .ifPresent(chain -> out.putObject("terms")
                        .put("scheme", chain.scheme())
                        .put("feeBasisPoints", chain.feeBasisPoints())
                        .put("minimumPayoutSatoshis", chain.minimumPayout())
                        .put("coinbaseMaturity", chain.coinbaseMaturity()));
        out.putObject("blocks")
                .put("found", pool.counts().found())
                .put("immature", pool.counts().immature())
                .put("mature", pool.counts().mature())
                .put("orphaned", pool.counts().orphaned())
                .put("refused", pool.counts().refused());
        out.set("balances", balance(pool.totals().miners()));
        ArrayNode families = out.putArray("families");
        pool.kinds().forEach(family -> {
            ObjectNode each = families.addObject()
                    .put("family", family.family())
                    .put("class", OutsideText.plain(family.deviceClass()))
                    .put("devices", family.workers());
            rate(each, family.hashRate(), family.windowShares());
            each.put("bestDifficulty", number(family.best()));
        });
        return out;
    }

    /** {@code /api/v1/blocks}. */
    public static ObjectNode blocks(PoolView pool) {
        ObjectNode out = JSON.objectNode();
        ArrayNode blocks = out.putArray("blocks");
        pool.blocks().forEach(block -> blocks.add(block(block)));
        return out;
    }

    /** {@code /api/v1/blocks/HASH}. */
    public static ObjectNode block(BlockView block, Optional<ReadModels.Plan> plan) {
        ObjectNode out = block(block);
        plan.ifPresent(known -> {
            ObjectNode shared = out.putObject("plan")
                    .put("gross", known.gross().toString())
                    .put("feeBasisPoints", known.feeBasisPoints())
                    .put("fee", known.fee().toString())
                    .put("windowBlocks", known.windowBlocks())
                    .put("firstSlice", known.firstSlice())
                    .put("lastSlice", known.lastSlice())
                    .put("totalWeight", known.totalWeight())
                    .put("accounts", known.accounts());
            ArrayNode largest = shared.putArray("largest");
            known.largest()
                    .forEach(part -> largest.addObject()
                            .put("account", ShortAddress.of(part.address()))
                            .put("weight", part.weight())
                            .put("credit", part.amount().toString()));
        });
        return out;
    }

    private static ObjectNode block(BlockView block) {
        return JSON.objectNode()
                .put("height", block.height())
                .put("hash", block.hash())
                .put("state", block.state().name().toLowerCase(Locale.ROOT))
                .put("scheme", block.scheme())
                .put("finder", ShortAddress.of(block.finder()))
                .put("worker", OutsideText.plain(block.worker()))
                .put("reward", block.reward().toString())
                .put("fee", block.fee().toString())
                .put("nbits", block.nbits())
                .put("foundAt", Times.iso(block.foundAt()))
                .put("confirmations", block.confirmations());
    }

    /** {@code /api/v1/accounts/ADDR}; an account never seen has zeros. */
    public static ObjectNode account(AccountView account) {
        ObjectNode out = JSON.objectNode();
        out.put("address", account.address());
        out.put("at", Times.iso(account.readAt()));
        out.put("seen", account.seen());
        out.put("state", account.state().name().toLowerCase(Locale.ROOT));
        rate(out, account.hashRate(), account.windowShares());
        out.put("acceptedShares", account.accepted());
        out.put("rejectedShares", account.rejected());
        out.put("bestDifficulty", number(account.best()));
        out.put("bestDifficultyToday", number(account.bestToday()));
        out.set("balance", balance(account.balance()));
        ArrayNode workers = out.putArray("workers");
        account.workers().stream().limit(WORKERS_MAX).forEach(worker -> workers.add(worker(worker)));
        ArrayNode credits = out.putArray("credits");
        account.credits()
                .forEach(credit -> credits.addObject()
                        .put("block", credit.blockHash())
                        .put("height", credit.height())
                        .put("amount", credit.amount().toString())
                        .put("weight", credit.weight())
                        .put("totalWeight", credit.totalWeight())
                        .put("at", Times.iso(credit.at())));
        out.set("payouts", PaymentsJson.parts(account.payments()));
        return out;
    }

    private static ObjectNode worker(Worker worker) {
        ObjectNode out = JSON.objectNode();
        out.put("name", OutsideText.plain(worker.name()));
        out.put("state", worker.state().name().toLowerCase(Locale.ROOT));
        rate(out, worker.hashRate(), worker.windowShares());
        out.put("acceptedShares", worker.accepted());
        ObjectNode rejected = out.putObject("rejectedShares");
        worker.rejected().forEach(rejected::put);
        out.put("bestDifficulty", number(worker.best()));
        out.put("bestDifficultyToday", number(worker.bestToday()));
        if (worker.lastShare() > 0) {
            out.put("lastShareAt", Times.iso(worker.lastShare()));
        }
        out.put("firstSeenAt", Times.iso(worker.firstSeen()));
        out.put("lastSeenAt", Times.iso(worker.lastSeen()));
        ArrayNode sessions = out.putArray("sessions");
        worker.sessions()
                .forEach(session -> sessions.addObject()
                        .put("id", session.id())
                        .put("userAgent", OutsideText.plain(session.userAgent()))
                        .put("class", OutsideText.plain(session.deviceClass()))
                        .put("level", session.level())
                        .put("connectedAt", Times.iso(session.connectedAt())));
        return out;
    }

    private static ObjectNode balance(Balances.Balance balance) {
        return JSON.objectNode()
                .put("immature", balance.immature().toString())
                .put("available", balance.available().toString())
                .put("paying", balance.paying().toString())
                .put("paid", balance.paid().toString());
    }

    private static void rate(ObjectNode out, double hashRate, long windowShares) {
        out.put("hashRate", number(Math.rint(hashRate)));
        out.put("rateShares", windowShares);
    }

    private static BigDecimal number(double value) {
        return PublicPoolJson.difficulty(value);
    }

    /** {@code …/history}: closed slots, oldest first; a slot in which nobody reported is missing. */
    public static ObjectNode history(Series series) {
        ObjectNode out = JSON.objectNode();
        out.put("slotSeconds", series.resolution().millis() / 1_000);
        out.put("from", Times.iso(series.from()));
        out.put("to", Times.iso(series.to()));
        ArrayNode slots = out.putArray("slots");
        for (Point point : series.points()) {
            slots.addObject()
                    .put("at", Times.iso(point.start()))
                    .put("workUnits", point.work())
                    .put("shares", point.shares())
                    .put("hashRate", number(Math.rint(point.hashRate(series.resolution()))));
        }
        return out;
    }

    /** The same for a spreadsheet; every slot has a line, a gap has empty fields. */
    public static String csv(Series series) {
        StringBuilder out = new StringBuilder("at,work_units,shares,hashes_per_second\r\n");
        List<Point> points = series.points();
        int next = 0;
        for (long at = series.from();
                at < series.to();
                at += series.resolution().millis()) {
            out.append(Times.iso(at));
            if (next < points.size() && points.get(next).start() == at) {
                Point point = points.get(next++);
                out.append(',')
                        .append(point.work())
                        .append(',')
                        .append(point.shares())
                        .append(',');
                out.append(
                        number(Math.rint(point.hashRate(series.resolution()))).toPlainString());
            } else {
                out.append(",,,");
            }
            out.append("\r\n");
        }
        return out.toString();
    }
}
