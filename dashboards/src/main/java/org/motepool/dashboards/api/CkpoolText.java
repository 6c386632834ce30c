package org.motepool.dashboards.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import org.motepool.dashboards.html.OutsideText;
import org.motepool.dashboards.view.AccountView;
import org.motepool.dashboards.view.PoolView;
import org.motepool.dashboards.view.Rates;
import org.motepool.dashboards.view.Views;
import org.motepool.dashboards.view.Worker;
import org.motepool.store.History.Subject;
import org.motepool.store.LiveStats;

/**
 * Ckpool's answers from our views: rates as short texts, work in whole difficulties, times in seconds. The rates of one
 * and five minutes are the one of the sliding window, which tells a micro device's rate better than a minute of its shares
 * does. Pure functions.
 */
public final class CkpoolText {
    private static final String[] UNITS = {"", "K", "M", "G", "T", "P", "E"};
    /** 2^16 work units make 2^32 hashes, which is difficulty one. */
    private static final int WORK_UNITS_SHIFT = 16;

    private static final long MILLIS = 1_000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private CkpoolText() {}

    /** {@code /pool/pool.status}: three objects, a line each. */
    public static String pool(PoolView pool, Rates rates) {
        long started = pool.startedAt() == 0 ? pool.readAt() : pool.startedAt();
        double seconds = Math.max(1, (pool.readAt() - started) / (double) MILLIS);
        ObjectNode first = JSON.objectNode();
        first.put("runtime", (pool.readAt() - started) / MILLIS);
        first.put("lastupdate", pool.readAt() / MILLIS);
        first.put("Users", pool.accounts());
        first.put("Workers", pool.workers());
        first.put("Idle", 0);
        first.put("Disconnected", 0);
        ArrayNode agents = first.putArray("UserAgents");
        for (LiveStats.FamilyReport family : pool.families()) {
            agents.addObject()
                    .put("ua", family.family())
                    .put("devices", family.workers())
                    .put("hashrate5m", rate(family.hashRate()))
                    .put("bestshare", Math.round(family.best()));
        }
        ObjectNode second = JSON.objectNode();
        second.put("hashrate1m", rate(pool.hashRate()));
        second.put("hashrate5m", rate(pool.hashRate()));
        second.put("hashrate15m", rate(rates.minutes15()));
        second.put("hashrate1hr", rate(rates.hour()));
        second.put("hashrate6hr", rate(rates.hours6()));
        second.put("hashrate1d", rate(rates.day()));
        second.put("hashrate7d", rate(rates.days7()));
        return JsonText.of(first) + '\n' + JsonText.of(second) + '\n' + JsonText.of(work(pool, seconds)) + '\n';
    }

    private static ObjectNode work(PoolView pool, double seconds) {
        double meanDifficulty = pool.accepted() == 0
                ? 0
                : pool.hashRate() * seconds / PoolView.HASHES_OF_DIFFICULTY_ONE / pool.accepted();
        double windowed = pool.nodes().stream()
                .mapToDouble(
                        node -> node.windowSeconds() <= 0 ? 0 : node.windowShares() / (double) node.windowSeconds())
                .sum();
        ObjectNode third = JSON.objectNode();
        third.put("diff", percentSinceLastBlock(pool));
        third.put("accepted", Math.round(meanDifficulty * pool.accepted()));
        third.put("rejected", Math.round(meanDifficulty * pool.rejected()));
        third.put("bestshare", Math.round(pool.best()));
        third.put("SPS1m", rounded(windowed));
        third.put("SPS5m", rounded(windowed));
        third.put("SPS15m", rounded(windowed));
        third.put("SPS1h", rounded(pool.accepted() / seconds));
        third.put("netdiff", rounded(pool.networkDifficulty()));
        third.put("accepted_count", pool.accepted());
        third.put("rejected_count", pool.rejected());
        return third;
    }

    /** Expected hashes since the last block at the present rate, in percent of those that make one. */
    private static BigDecimal percentSinceLastBlock(PoolView pool) {
        double needed = pool.networkDifficulty() * PoolView.HASHES_OF_DIFFICULTY_ONE;
        long since = pool.blocks().isEmpty()
                ? pool.startedAt()
                : pool.blocks().getFirst().foundAt();
        if (needed <= 0 || since == 0) {
            return new BigDecimal("0.0");
        }
        return rounded(100 * pool.hashRate() * Math.max(0, pool.readAt() - since) / MILLIS / needed);
    }

    /** {@code /users/ADDR} for programs. */
    public static String user(AccountView account, Map<Subject, Rates> rates, Subject subject) {
        long work = account.workers().stream().mapToLong(Worker::acceptedWork).sum();
        long first = account.workers().stream()
                .mapToLong(Worker::firstSeen)
                .filter(at -> at > 0)
                .min()
                .orElse(0);
        ObjectNode out = JSON.objectNode();
        rates(out, account.hashRate(), rates.getOrDefault(subject, Rates.NONE));
        out.put("lastshare", account.lastShare() / MILLIS);
        out.put("workers", account.online().size());
        out.put("shares", work >> WORK_UNITS_SHIFT);
        out.put("bestshare", rounded(account.best()));
        out.put("bestever", Math.round(account.best()));
        out.put("authorised", first / MILLIS);
        ArrayNode workers = out.putArray("worker");
        account.workers().stream().limit(Views.RATED_WORKERS_MAX).forEach(worker -> {
            ObjectNode each = workers.addObject();
            each.put("workername", account.address() + "." + OutsideText.plain(worker.name()));
            Subject own = new Subject(subject.account(), worker.name());
            rates(each, worker.hashRate(), rates.getOrDefault(own, Rates.NONE));
            each.put("lastshare", worker.lastShare() / MILLIS);
            each.put("shares", worker.acceptedWork() >> WORK_UNITS_SHIFT);
            each.put("bestshare", rounded(worker.best()));
            each.put("bestever", Math.round(worker.best()));
            each.put("started", worker.firstSeen() / MILLIS);
            each.put("useragent", OutsideText.plain(worker.userAgent()));
        });
        return JsonText.of(out) + '\n';
    }

    private static void rates(ObjectNode out, double now, Rates rates) {
        out.put("hashrate1m", rate(now));
        out.put("hashrate5m", rate(now));
        out.put("hashrate1hr", rate(rates.hour()));
        out.put("hashrate1d", rate(rates.day()));
        out.put("hashrate7d", rate(rates.days7()));
    }

    /** Three significant digits and a bare unit letter. */
    static String rate(double hashesPerSecond) {
        if (!(hashesPerSecond > 0) || Double.isInfinite(hashesPerSecond)) {
            return "0";
        }
        BigDecimal value = new BigDecimal(hashesPerSecond).round(new MathContext(3, RoundingMode.HALF_UP));
        int unit = Math.clamp(Math.floorDiv(value.precision() - value.scale() - 1, 3), 0, UNITS.length - 1);
        BigDecimal scaled = value.movePointLeft(3 * unit).stripTrailingZeros();
        return (scaled.scale() < 0 ? scaled.setScale(0) : scaled).toPlainString() + UNITS[unit];
    }

    private static BigDecimal rounded(double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            return BigDecimal.ZERO.setScale(1);
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal short3 = exact.compareTo(BigDecimal.ONE) < 0
                ? exact.round(new MathContext(3, RoundingMode.HALF_UP))
                : exact.setScale(2, RoundingMode.HALF_UP);
        return short3.scale() < 1 ? short3.setScale(1) : short3;
    }
}
