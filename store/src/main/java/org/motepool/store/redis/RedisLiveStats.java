package org.motepool.store.redis;

import io.lettuce.core.KeyValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.motepool.core.account.AccountId;
import org.motepool.core.time.PoolClock;
import org.motepool.store.LiveStats;
import org.motepool.store.StoreException;
import org.motepool.store.redis.Calls.ScriptCall;

/**
 * Node reports that expire in seconds, and a hash of worker reports for each account that forgets them after a day. What
 * a worker did last stays to be seen when its node is gone, but not as if it still did it: no session, no rate.
 */
final class RedisLiveStats implements LiveStats {
    /** A node reports every few seconds; one that is silent for so long is gone. */
    static final Duration NODE_LIFE = Duration.ofSeconds(30);

    /** How long a page shows a worker that stopped. */
    static final Duration WORKER_LIFE = Duration.ofHours(24);

    /** Workers of one account with a line of their own; the rest of each node share one, see {@link OtherWorkers}. */
    static final int WORKERS_MAX = 1_000;

    /** Open connections that are listed with a worker. */
    static final int SESSIONS_MAX = 8;

    private static final int NODES_MAX = 1_000;

    private final PoolClock clock;
    private static final byte[] NOTHING = {};

    private final Calls calls;
    private final OtherWorkers others = new OtherWorkers();

    RedisLiveStats(RedisLink link) {
        clock = link.clock();
        calls = link.calls("live");
    }

    @Override
    public void publish(NodeReport node, List<WorkerReport> changed) throws StoreException {
        long now = clock.epochMillis();
        calls.run(ScriptCall.ofStatus(
                Script.NODE_PUT,
                List.of(Keys.node(node.nodeId()), Keys.NODES),
                List.of(
                        Script.arg(node.nodeId()),
                        Json.write(node),
                        Script.arg(now),
                        Script.arg(now - NODE_LIFE.toMillis()),
                        Script.arg(NODE_LIFE.toMillis()),
                        Script.arg(NODES_MAX))));
        Map<AccountId, Map<String, WorkerReport>> byAccount = new LinkedHashMap<>();
        for (WorkerReport report : changed) {
            byAccount
                    .computeIfAbsent(report.account(), account -> new LinkedHashMap<>())
                    .put(report.nodeId() + "/" + report.worker(), bounded(report));
        }
        Map<AccountId, Map<String, WorkerReport>> over = put(now, byAccount);
        others.forget(byAccount, over);
        if (!over.isEmpty()) {
            put(now, others.merged(over));
        }
    }

    /** Writes what has room and returns the rest. */
    private Map<AccountId, Map<String, WorkerReport>> put(long now, Map<AccountId, Map<String, WorkerReport>> reports)
            throws StoreException {
        List<AccountId> accounts = List.copyOf(reports.keySet());
        List<ScriptCall<List<byte[]>>> scripts = new ArrayList<>(accounts.size());
        for (AccountId account : accounts) {
            List<byte[]> args = new ArrayList<>(List.of(
                    Script.arg(now),
                    Script.arg(now - WORKER_LIFE.toMillis()),
                    Script.arg(WORKERS_MAX),
                    Script.arg(WORKER_LIFE.toMillis())));
            of(reports, account).forEach((field, report) -> {
                args.add(Script.arg(field));
                args.add(isGone(report) ? NOTHING : Json.write(report));
            });
            scripts.add(ScriptCall.ofList(
                    Script.WORKERS_PUT, List.of(Keys.workers(account), Keys.workersSeen(account)), args));
        }
        List<List<byte[]>> answers = calls.runAll(scripts);
        Map<AccountId, Map<String, WorkerReport>> over = new LinkedHashMap<>();
        for (int i = 0; i < accounts.size(); i++) {
            Map<String, WorkerReport> all = of(reports, accounts.get(i));
            Map<String, WorkerReport> rest = new LinkedHashMap<>();
            for (byte[] field : answers.get(i)) {
                WorkerReport report = all.get(Script.text(field));
                if (report != null) {
                    rest.put(Script.text(field), report);
                }
            }
            if (!rest.isEmpty()) {
                over.put(accounts.get(i), rest);
            }
        }
        return over;
    }

    /** Names are free: one without an accepted share is there only while it is connected. */
    private static boolean isGone(WorkerReport report) {
        return report.sessions().isEmpty() && report.accepted() == 0;
    }

    private static Map<String, WorkerReport> of(Map<AccountId, Map<String, WorkerReport>> reports, AccountId account) {
        return reports.getOrDefault(account, Map.of());
    }

    @Override
    public void withdraw(String nodeId) throws StoreException {
        calls.get(Keys.node(nodeId), c -> c.del(Keys.node(nodeId)));
        calls.get(Keys.NODES, c -> c.zrem(Keys.NODES, Script.arg(nodeId)));
    }

    @Override
    public List<WorkerReport> workers(AccountId account) throws StoreException {
        String key = Keys.workers(account);
        Map<String, byte[]> fields = calls.get(key, c -> c.hgetall(key));
        long oldest = clock.epochMillis() - WORKER_LIFE.toMillis();
        List<WorkerReport> reports = new ArrayList<>(fields.size());
        Set<String> nodeIds = new HashSet<>();
        for (Map.Entry<String, byte[]> field : fields.entrySet()) {
            WorkerReport report = Json.read(key + " " + field.getKey(), field.getValue(), WorkerReport.class);
            if (report.lastSeen() >= oldest) {
                reports.add(bounded(report));
                nodeIds.add(report.nodeId());
            }
        }
        Set<String> alive = alive(nodeIds);
        reports.replaceAll(report -> alive.contains(report.nodeId()) ? report : atRest(report));
        return List.copyOf(reports);
    }

    private Set<String> alive(Set<String> nodeIds) throws StoreException {
        Set<String> alive = new HashSet<>();
        for (String nodeId : nodeIds) {
            String key = Keys.node(nodeId);
            if (calls.get(key, c -> c.exists(key)) > 0) {
                alive.add(nodeId);
            }
        }
        return alive;
    }

    @Override
    public List<NodeReport> nodes() throws StoreException {
        List<byte[]> ids = calls.get(Keys.NODES, c -> c.zrange(Keys.NODES, 0, NODES_MAX - 1));
        if (ids.isEmpty()) {
            return List.of();
        }
        String[] keys = ids.stream().map(id -> Keys.node(Script.text(id))).toArray(String[]::new);
        List<NodeReport> reports = new ArrayList<>(keys.length);
        for (KeyValue<String, byte[]> value : calls.get(Keys.NODES, c -> c.mget(keys))) {
            Optional<byte[]> json = value.optional();
            if (json.isPresent()) {
                reports.add(Json.read(value.getKey(), json.get(), NodeReport.class));
            }
        }
        return List.copyOf(reports);
    }

    private static WorkerReport bounded(WorkerReport report) {
        List<SessionReport> sessions = report.sessions();
        return sessions.size() <= SESSIONS_MAX
                ? report
                : with(report, sessions.subList(0, SESSIONS_MAX), report.windowShares(), report.windowWork());
    }

    private static WorkerReport atRest(WorkerReport report) {
        return with(report, List.of(), 0, 0);
    }

    private static WorkerReport with(
            WorkerReport report, List<SessionReport> sessions, long windowShares, long windowWork) {
        return new WorkerReport(
                report.account(),
                report.address(),
                report.worker(),
                report.nodeId(),
                List.copyOf(sessions),
                report.accepted(),
                report.rejected(),
                report.acceptedWork(),
                windowShares,
                windowWork,
                report.windowSeconds(),
                report.best(),
                report.bestToday(),
                report.firstSeen(),
                report.lastSeen(),
                report.lastShare());
    }
}
