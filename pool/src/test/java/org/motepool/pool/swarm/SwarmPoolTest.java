package org.motepool.pool.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.address.Network;
import org.motepool.core.time.PoolClock;
import org.motepool.devices.SwarmReport;
import org.motepool.devices.SwarmSettings;
import org.motepool.devices.TwinSwarm;
import org.motepool.pool.command.SwarmCommand;
import org.motepool.pool.config.ConfigChecker;
import org.motepool.pool.config.Key;
import org.motepool.pool.config.PoolConfig;
import org.motepool.pool.config.Settings;
import org.motepool.pool.wiring.PoolRuntime;
import picocli.CommandLine;

/** Every board there is a twin of, at a whole pool on a real socket. */
@Timeout(600)
class SwarmPoolTest {
    private static final long SEED = 11;
    private static final int PLENTY_SECONDS = 240;

    @TempDir
    private Path directory;

    private PoolRuntime pool() throws Exception {
        Settings settings = Settings.defaults();
        settings.put(Key.NETWORK, Network.DEVNET.id(), "test");
        settings.put(Key.STRATUM_BIND, "127.0.0.1", "test");
        settings.put(Key.HTTP_BIND, "127.0.0.1", "test");
        settings.put(Key.STRATUM_PORT, "0", "test");
        settings.put(Key.HTTP_PORT, "0", "test");
        settings.put(Key.MANAGEMENT_PORT, "0", "test");
        settings.put(Key.DATA, directory.toString(), "test");
        PoolConfig config = ConfigChecker.check(settings, List.of());
        return PoolRuntime.start(config, PoolClock.SYSTEM);
    }

    private static SwarmSettings settings(PoolRuntime pool, String devices, Duration rampUp) {
        return Swarms.at(pool.stratumPort(), devices, SEED, rampUp);
    }

    private static SwarmReport await(TwinSwarm swarm, Predicate<SwarmReport.Counts> done) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        long end = System.nanoTime() + Duration.ofSeconds(PLENTY_SECONDS).toNanos();
        while (!done.test(swarm.report().total()) && System.nanoTime() < end) {
            assertThat(never.await(100, TimeUnit.MILLISECONDS)).isFalse();
        }
        return swarm.report();
    }

    /** A pool and a swarm that have just begun are slow for a moment; boards are not measured by that. */
    private static void warmUp(PoolRuntime pool) throws InterruptedException {
        try (TwinSwarm few = TwinSwarm.start(settings(pool, "all=28", Duration.ofSeconds(1)))) {
            SwarmReport report = await(few, counts -> counts.mining() == counts.devices() && counts.accepted() > 20);
            assertThat(report.total().mining()).as("%s", report).isEqualTo(28);
        }
    }

    @Test
    void everyBoardMinesAndNoneLeavesOrIsRefused() throws Exception {
        try (PoolRuntime pool = pool()) {
            warmUp(pool);
            try (TwinSwarm swarm = TwinSwarm.start(settings(pool, "all=150", Duration.ofSeconds(4)))) {
                SwarmReport report = await(swarm, counts -> counts.withAcceptedShare() == counts.devices());
                swarm.pause();
                assertThat(swarm.awaitReplies(Duration.ofSeconds(10))).isTrue();
                requireWell(swarm.report());
                assertThat(report.byGroup()).hasSize(14);
            }
        }
    }

    private static void requireWell(SwarmReport report) {
        report.byGroup().forEach((group, counts) -> {
            assertThat(counts.withAcceptedShare()).as("%s %s", group, counts).isEqualTo(counts.devices());
            assertThat(counts.connected()).as("%s %s", group, counts).isEqualTo(counts.devices());
            assertThat(counts.mining()).as("%s %s", group, counts).isEqualTo(counts.devices());
            assertThat(counts.notifiesOverBudget()).as("%s %s", group, counts).isZero();
            assertThat(counts.unexpectedDisconnects())
                    .as("%s %s", group, counts)
                    .isZero();
        });
        SwarmReport.Counts total = report.total();
        assertThat(total.rejected() * 100).as("%s", total).isLessThan(total.accepted());
    }

    @Test
    void theCommandPrintsOneJsonObject() throws Exception {
        try (PoolRuntime pool = pool()) {
            StringWriter out = new StringWriter();
            CommandLine command = new CommandLine(new SwarmCommand()).setOut(new PrintWriter(out, true));
            int code = command.execute(
                    "--devices=nerdminer=5,leafminer=4,bitaxe=1",
                    "--port=" + pool.stratumPort(),
                    "--seconds=12",
                    "--json");
            JsonNode json = new JsonMapper().readTree(out.toString());

            assertThat(code).isZero();
            assertThat(out.toString().lines()).hasSize(1);
            assertThat(json.path("unexpected_disconnects").isIntegralNumber()).isTrue();
            assertThat(json.path("kinds").properties()).hasSize(3);
            for (String kind : List.of("nerdminer", "leafminer", "bitaxe")) {
                JsonNode counts = json.path("kinds").path(kind);
                for (String key : List.of(
                        "connected",
                        "mining",
                        "first_share_p50_s",
                        "first_share_p99_s",
                        "accepted",
                        "reconnects",
                        "bytes_per_device_hour")) {
                    assertThat(counts.path(key).isNumber()).as(kind + " " + key).isTrue();
                }
                assertThat(counts.path("rejected").isObject()).isTrue();
                assertThat(counts.path("connected").asInt())
                        .isEqualTo(counts.path("devices").asInt());
            }
            assertThat(json.path("total").path("accepted").asInt()).isPositive();
        }
    }

    @Test
    @Tag("soak")
    void twoThousandBoardsMineForFiveMinutes() throws Exception {
        try (PoolRuntime pool = pool()) {
            warmUp(pool);
            try (TwinSwarm swarm = TwinSwarm.start(settings(pool, "all=2000", Duration.ofSeconds(10)))) {
                assertThat(new CountDownLatch(1).await(300, TimeUnit.SECONDS)).isFalse();
                swarm.pause();
                assertThat(swarm.awaitReplies(Duration.ofSeconds(10))).isTrue();
                SwarmReport report = swarm.report();
                report.byGroup().forEach((group, counts) -> System.out.println(group + " " + counts));
                requireWell(report);
                assertThat(report.total().late()).isLessThanOrEqualTo(20);
            }
        }
    }
}
