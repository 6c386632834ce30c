package org.motepool.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.motepool.core.account.AccountId;
import org.motepool.core.time.FakeClock;
import org.motepool.store.LiveStats;
import org.motepool.store.LiveStats.NodeReport;
import org.motepool.store.LiveStats.SessionReport;
import org.motepool.store.LiveStats.WorkerReport;
import org.motepool.store.StoreException;

/** What live reports promise: replaced, bounded, forgotten. */
final class LiveStatsTest {
    static final AccountId ACCOUNT = AccountId.ofCanonicalAddress("an address");
    private static TestRedis redis;

    private final FakeClock clock = new FakeClock(1_800_000_000L);
    private RedisStore store;

    @BeforeAll
    static void start() {
        redis = TestRedis.start();
    }

    @AfterAll
    static void end() {
        redis.close();
    }

    @BeforeEach
    void connect() throws StoreException {
        redis.command("FLUSHALL");
        store = RedisStore.connect(redis.settings(), clock, new CollectorRegistry());
    }

    @AfterEach
    void disconnect() {
        store.close();
    }

    private NodeReport node(String id, int connections) {
        return node(id, connections, clock);
    }

    static NodeReport node(String id, int connections, FakeClock clock) {
        return new NodeReport(
                id,
                connections,
                1,
                1,
                10,
                Map.of("stale", 2L),
                5,
                600,
                60,
                1.5,
                1.25,
                "scalar",
                clock.epochMillis() - 1_000,
                clock.epochMillis(),
                List.of(new LiveStats.FamilyReport("nerdminer", "micro", 1, 312_000, 40, 1.5)));
    }

    private WorkerReport worker(String name, String nodeId, int sessions, long accepted) {
        return worker(name, nodeId, sessions, accepted, clock);
    }

    static WorkerReport worker(String name, String nodeId, int sessions, long accepted, FakeClock clock) {
        return new WorkerReport(
                ACCOUNT,
                "an address",
                name,
                nodeId,
                IntStream.range(0, sessions)
                        .mapToObj(i -> new SessionReport("0000000" + i, "NerdMinerV2", "micro", 19, i))
                        .toList(),
                accepted,
                Map.of("stale", 1L),
                accepted * 8,
                accepted,
                accepted * 8,
                60,
                0.25,
                0.125,
                clock.epochMillis(),
                clock.epochMillis(),
                0);
    }

    @Test
    void keepsAWorkerWithoutAShareOnlyWhileItIsConnected() throws StoreException {
        LiveStats live = store.liveStats();
        live.publish(node("n1", 2), List.of(worker("idle", "n1", 1, 0), worker("busy", "n1", 1, 5)));
        assertThat(live.workers(ACCOUNT)).extracting(WorkerReport::worker).containsExactlyInAnyOrder("idle", "busy");
        live.publish(node("n1", 0), List.of(worker("idle", "n1", 0, 0), worker("busy", "n1", 0, 5)));
        assertThat(live.workers(ACCOUNT)).extracting(WorkerReport::worker).containsExactly("busy");
        for (int churn = 0; churn < 1_200; churn++) {
            live.publish(node("n1", 1), List.of(worker("w" + churn, "n1", 1, 0)));
            live.publish(node("n1", 0), List.of(worker("w" + churn, "n1", 0, 0)));
        }
        live.publish(node("n1", 1), List.of(worker("real", "n1", 1, 1)));
        assertThat(live.workers(ACCOUNT)).extracting(WorkerReport::worker).containsExactlyInAnyOrder("busy", "real");
    }

    @Test
    void replacesReportsOfTheSameWorkerOnTheSameNode() throws StoreException {
        LiveStats live = store.liveStats();
        live.publish(node("n1", 3), List.of(worker("desk", "n1", 1, 5), worker("shelf", "n1", 1, 7)));
        live.publish(node("n2", 1), List.of(worker("desk", "n2", 1, 1)));
        live.publish(node("n1", 4), List.of(worker("desk", "n1", 2, 6)));

        assertThat(live.nodes()).containsExactlyInAnyOrder(node("n1", 4), node("n2", 1));
        assertThat(live.workers(ACCOUNT))
                .containsExactlyInAnyOrder(
                        worker("desk", "n1", 2, 6), worker("shelf", "n1", 1, 7), worker("desk", "n2", 1, 1));
        assertThat(live.workers(AccountId.ofCanonicalAddress("another"))).isEmpty();
    }

    @Test
    void showsWorkersOfANodeThatIsGoneAsAtRest() throws StoreException {
        LiveStats live = store.liveStats();
        live.publish(node("n1", 3), List.of(worker("desk", "n1", 1, 5)));
        live.withdraw("n1");

        assertThat(live.nodes()).isEmpty();
        assertThat(live.workers(ACCOUNT)).singleElement().satisfies(report -> {
            assertThat(report.sessions()).isEmpty();
            assertThat(report.hashRate()).isZero();
            assertThat(report.accepted()).isEqualTo(5);
        });
    }

    @Test
    void nodeReportsExpireInThirtySeconds() throws StoreException {
        store.liveStats().publish(node("n1", 3), List.of());
        String left = redis.command("PTTL mote:1:{live}:node:n1");
        assertThat(Long.parseLong(left.substring(1))).isBetween(20_000L, 30_000L);
    }

    @Test
    void forgetsWorkersAfterADay() throws StoreException {
        LiveStats live = store.liveStats();
        live.publish(node("n1", 1), List.of(worker("old", "n1", 1, 5)));
        clock.advance(Duration.ofHours(23));
        live.publish(node("n1", 1), List.of(worker("new", "n1", 1, 5)));
        assertThat(live.workers(ACCOUNT)).extracting(WorkerReport::worker).containsExactlyInAnyOrder("old", "new");
        clock.advance(Duration.ofMinutes(61));
        assertThat(live.workers(ACCOUNT)).extracting(WorkerReport::worker).containsExactly("new");
        live.publish(node("n1", 1), List.of(worker("newer", "n1", 1, 5)));
        assertThat(redis.command("HLEN mote:1:{a" + ACCOUNT + "}:workers")).isEqualTo(":2");
    }

    @Test
    void listsTheEightNewestSessions() throws StoreException {
        store.liveStats().publish(node("n1", 9), List.of(worker("desk", "n1", 9, 5)));
        assertThat(store.liveStats().workers(ACCOUNT).getFirst().sessions())
                .extracting(SessionReport::id)
                .hasSize(8)
                .startsWith("00000000")
                .endsWith("00000007");
    }

    @Test
    void sumsWorkersOverTheBoundAsOthers() throws StoreException {
        LiveStats live = store.liveStats();
        List<WorkerReport> many = IntStream.range(0, RedisLiveStats.WORKERS_MAX + 5)
                .mapToObj(i -> worker("w" + i, "n1", 1, 10))
                .toList();
        live.publish(node("n1", 1), many);
        // One that found no room changes, one that did too.
        live.publish(
                node("n1", 1),
                List.of(worker("w" + (RedisLiveStats.WORKERS_MAX + 1), "n1", 1, 13), worker("w3", "n1", 1, 11)));

        List<WorkerReport> shown = live.workers(ACCOUNT);
        assertThat(shown).hasSize(RedisLiveStats.WORKERS_MAX + 1);
        assertThat(shown)
                .filteredOn(report -> report.worker().equals("others"))
                .singleElement()
                .satisfies(rest -> {
                    assertThat(rest.accepted()).isEqualTo(53);
                    assertThat(rest.windowWork()).isEqualTo(53 * 8);
                    assertThat(rest.windowSeconds()).isEqualTo(60);
                    assertThat(rest.rejected()).containsEntry("stale", 5L);
                });
    }

    @Test
    void readsPastFieldsOfANewerWriterAndRefusesWhatIsMalformed() throws StoreException {
        redis.command("SET mote:1:{payout}:state "
                + "'{\"halted\":\"\",\"sequence\":1,\"slices\":2,\"workUnits\":\"3\",\"shares\":4,"
                + "\"owed\":\"1\",\"held\":\"1\",\"comparedHeight\":7,\"at\":5,\"new\":[1]}'");
        assertThat(store.readModels().payoutState()).isPresent();

        redis.command("SET mote:1:{payout}:state '{\"halted\":\"\"}'");
        assertThatStoreFails(() -> store.readModels().payoutState(), "mote:1:{payout}:state");
        redis.command("SET mote:1:{payout}:state nonsense");
        assertThatStoreFails(() -> store.readModels().payoutState(), "mote:1:{payout}:state");
        redis.command("DEL mote:1:{payout}:state");
        redis.command("HSET mote:1:{payout}:state a b");
        assertThatStoreFails(() -> store.readModels().payoutState(), "mote:1:{payout}:state");
        redis.command("HSET mote:1:{ledger}:balances:0 " + ACCOUNT + " 0.5");
        assertThatStoreFails(() -> store.balances().read(ACCOUNT), "mote:1:{ledger}:balances:0");
        assertThatStoreFails(() -> store.balances().totals(), "mote:1:{ledger}:balances:0");
    }

    private static void assertThatStoreFails(ThrowableAssert.ThrowingCallable call, String key) {
        assertThatThrownBy(call).isInstanceOf(StoreException.class).hasMessageContaining(key);
    }
}
