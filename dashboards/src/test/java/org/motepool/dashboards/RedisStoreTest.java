package org.motepool.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.motepool.core.account.AccountId;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.time.FakeClock;
import org.motepool.store.Balances;
import org.motepool.store.Blocks.BlockView;
import org.motepool.store.Store;
import org.motepool.store.redis.RedisStore;
import org.motepool.store.redis.TestRedis;

/** The pages over the real store. */
class RedisStoreTest {
    private static final long RECOVERY_NANOS_MAX = TimeUnit.SECONDS.toNanos(15);

    @Test
    void showsWhatTheRolesWroteAndSurvivesTheLossOfRedis() throws Exception {
        FakeClock clock = new FakeClock(Sample.NOW_SECONDS);
        try (TestRedis redis = TestRedis.start();
                Store store = RedisStore.connect(redis.settings(), clock, new CollectorRegistry());
                DashboardServer server =
                        DashboardServer.start(Sample.settings(0), store, clock, new CollectorRegistry());
                Web web = new Web(server.port())) {
            fill(store, Sample.store());
            PayoutAddress one = Sample.address(1);

            assertThat(web.get("/").body()).contains("900,001").contains("48.2\u00a0MH/s");
            assertThat(web.get("/users/" + one, "Accept", "text/html").body())
                    .contains("value=\"12902837.123456789012\"")
                    .contains("value=\"12711902.041666666667\"")
                    .contains("NerdMinerV2/1.8.3")
                    .contains("Blocks found by your devices");
            assertThat(web.get("/api/client/" + one).body())
                    .startsWith(
                            "{\"bestDifficulty\":1834.22,\"workersCount\":3,\"workers\":[{\"sessionId\":\"1a2b3c4e\"");

            redis.kill();
            assertThat(until(web, clock, 503).body()).contains("mining goes on");
            redis.restart();
            until(web, clock, 200);
        }
    }

    private static void fill(Store store, FakeStore sample) throws Exception {
        store.chainStatus().publish(sample.chain.orElseThrow());
        store.liveStats()
                .publish(
                        sample.nodes.getFirst(),
                        sample.workers.values().stream().flatMap(List::stream).toList());
        for (BlockView block : sample.blocks) {
            store.blocks().put(block);
        }
        Balances.Position position = new Balances.Position("0".repeat(32), 1, "0".repeat(64));
        Map<AccountId, Balances.Balance> balances = Map.copyOf(sample.balances);
        assertThat(store.balances().apply(Optional.empty(), position, balances)).isTrue();
        store.readModels()
                .putCredits(
                        sample.credits.values().stream().flatMap(List::stream).toList());
    }

    /** Asks until the home page has this status. */
    private static HttpResponse<String> until(Web web, FakeClock clock, int status) throws Exception {
        long end = System.nanoTime() + RECOVERY_NANOS_MAX;
        HttpResponse<String> reply = web.get("/");
        while (reply.statusCode() != status && System.nanoTime() < end) {
            clock.advance(Duration.ofMillis(200));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            reply = web.get("/");
        }
        assertThat(reply.statusCode()).isEqualTo(status);
        return reply;
    }
}
