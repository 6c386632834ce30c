package org.motepool.pool.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.motepool.core.address.AddressException;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.dashboards.management.AdminAction;
import org.motepool.dashboards.management.AdminAction.Refusal;
import org.motepool.store.Blocks.BlockView;
import org.motepool.store.LiveStats.SessionReport;
import org.motepool.store.LiveStats.WorkerReport;
import org.motepool.store.Store;
import org.motepool.store.StoreException;
import org.motepool.stratum.StratumServer;

/** What operators ask to see: who mines, and the blocks that were found. Thread-safe. */
final class Overviews {
    private static final int LINES_DEFAULT = 20;

    /** Such an answer stays well below the megabyte that a client reads. */
    private static final int LINES_MAX = 1_000;

    private final Network network;
    private final Store store;
    private final StratumServer stratum;

    Overviews(Network network, Store store, StratumServer stratum) {
        this.network = network;
        this.store = store;
        this.stratum = stratum;
    }

    List<AdminAction> actions() {
        return List.of(AdminAction.reading("workers", this::workers), AdminAction.reading("blocks", this::blocks));
    }

    /** The strongest of this node, or all of an account on all nodes. */
    private JsonNode workers(Map<String, String> parameters) throws Refusal, StoreException {
        int max = lines(parameters);
        String address = parameters.getOrDefault("address", "").strip();
        List<WorkerReport> reports = address.isEmpty()
                ? stratum.strongestWorkers(max)
                : store.liveStats().workers(account(address));
        ArrayNode out = JsonNodeFactory.instance.arrayNode();
        reports.stream()
                .sorted(Comparator.comparingDouble(WorkerReport::hashRate).reversed())
                .limit(max)
                .forEach(report -> out.add(json(report)));
        return out;
    }

    private org.motepool.core.account.AccountId account(String address) throws Refusal {
        try {
            return PayoutAddress.parse(address, network).accountId();
        } catch (AddressException e) {
            throw new Refusal(String.valueOf(e.getMessage()));
        }
    }

    private JsonNode blocks(Map<String, String> parameters) throws Refusal, StoreException {
        ArrayNode out = JsonNodeFactory.instance.arrayNode();
        store.blocks().recent(lines(parameters)).forEach(block -> out.add(json(block)));
        return out;
    }

    private static int lines(Map<String, String> parameters) throws Refusal {
        String text = parameters.getOrDefault("max", "");
        if (text.isEmpty()) {
            return LINES_DEFAULT;
        }
        if (!text.matches("[1-9][0-9]{0,3}") || Integer.parseInt(text) > LINES_MAX) {
            throw new Refusal("so many lines are a whole number from 1 to " + LINES_MAX);
        }
        return Integer.parseInt(text);
    }

    private static ObjectNode json(WorkerReport report) {
        List<SessionReport> sessions = report.sessions();
        return JsonNodeFactory.instance
                .objectNode()
                .put("address", report.address())
                .put("worker", report.worker())
                .put("node", report.nodeId())
                .put("device", sessions.isEmpty() ? "" : sessions.getFirst().userAgent())
                .put("class", sessions.isEmpty() ? "" : sessions.getFirst().deviceClass())
                .put("level", sessions.isEmpty() ? 0 : sessions.getFirst().level())
                .put("connections", sessions.size())
                .put("hash_rate", Math.round(report.hashRate()))
                .put("accepted", report.accepted())
                .put(
                        "rejected",
                        report.rejected().values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                .put("last_share", time(report.lastShare()));
    }

    private static ObjectNode json(BlockView block) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("height", block.height())
                .put("hash", block.hash())
                .put("state", block.state().name().toLowerCase(java.util.Locale.ROOT))
                .put("confirmations", block.confirmations())
                .put("scheme", block.scheme())
                .put("finder", block.finder())
                .put("worker", block.worker())
                .put("reward_satoshis", block.reward().toString())
                .put("found", time(block.foundAt()));
    }

    private static String time(long epochMillis) {
        return epochMillis == 0 ? "" : Instant.ofEpochMilli(epochMillis).toString();
    }
}
