package org.motepool.pool.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.devices.SwarmReport;
import org.motepool.devices.TwinSwarm;
import org.motepool.pool.command.DrainCommand;
import org.motepool.pool.redis.EmbeddedRedis;
import org.motepool.pool.swarm.Swarms;
import picocli.CommandLine;

/**
 * A new process on the port of an old one: the old one takes nobody any more, sends its devices over in waves, and stops.
 * No answered share is lost, no device has more than one share refused as of an unknown job, and all mine again soon.
 */
class RollingUpgradeTest {
    private static final Map<String, String> SHARED = Map.of("MOTE_STRATUM_REUSE_PORT", "true");
    /** Without BFGMiner, which rests for 30 s before it dials again. */
    private static final String QUICK_TO_RETURN =
            "nerdminer=12,leafminer-esp32=6,bitsyminer=6,sparkminer=6,bitaxe=4,nerdqaxe=2,nmaxe=2,cgminer=2,minerd=5,cpuminer-opt=5";

    private static final int BACK_SECONDS_MAX = 60;
    private static final double PART_BACK = 0.95;
    private static final String UNKNOWN_JOB = "21 Job not found";

    @TempDir
    private Path directory;

    @Test
    void fiftyDevicesGoOverToANewProcess() throws Exception {
        upgrade(QUICK_TO_RETURN, 50, Duration.ofSeconds(5), Duration.ofSeconds(2), false);
    }

    @Test
    @Tag("soak")
    void aThousandDevicesGoOverToANewProcess() throws Exception {
        upgrade("all=1000", 1_000, Duration.ofSeconds(60), Duration.ofSeconds(10), true);
    }

    /** @param all wait until every board is back: NerdMiners take up to a minute between two tries */
    private void upgrade(String fleet, int devices, Duration waves, Duration rampUp, boolean all) throws Exception {
        int port = Roles.freePort();
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory.resolve("redis"));
                Roles roles = new Roles(directory, redis.url(), Map.of())) {
            PoolChild payout = roles.payout();
            PoolChild before = stratum(roles, port);
            payout.port();
            before.port();
            SwarmReport report;
            try (TwinSwarm swarm = TwinSwarm.start(Swarms.at(port, fleet, 7, rampUp))) {
                awaitMining(swarm, devices);
                PoolChild after = stratum(roles, port);
                after.port();
                drain(roles, before, waves);
                assertThat(before.awaitEnd(60))
                        .as("the old process ends by itself")
                        .isTrue();
                Duration back = awaitHashRate(swarm);
                if (all) {
                    awaitAllBack(swarm);
                }
                swarm.pause();
                assertThat(swarm.awaitReplies(Duration.ofSeconds(10))).isTrue();
                report = swarm.report();
                System.out.printf(
                        "rolling upgrade of %d devices in %d s: 95 %% of the hash rate %d ms after the last had left the old process; %s%n",
                        devices, waves.toSeconds(), back.toMillis(), told(report));
                assertThat(after.stop(60)).isTrue();
            }
            requireNothingLost(roles, report);
            assertThat(payout.stop(60)).isTrue();
        }
    }

    private static PoolChild stratum(Roles roles, int port) throws Exception {
        return roles.stratum(SHARED, "--stratum-port", Integer.toString(port));
    }

    private static void drain(Roles roles, PoolChild old, Duration waves) throws Exception {
        StringWriter said = new StringWriter();
        int code = new CommandLine(new DrainCommand())
                .setOut(new PrintWriter(said))
                .execute(
                        "--data",
                        roles.data().toString(),
                        "--at",
                        "127.0.0.1:" + old.managementPort(),
                        "--seconds",
                        Long.toString(waves.toSeconds()),
                        "--stop");
        assertThat(code).as("%s", said).isZero();
        assertThat(said.toString()).contains("drained; the process stops");
    }

    private static void awaitMining(TwinSwarm swarm, int devices) throws InterruptedException {
        KillTest.await(
                Roles.SECONDS_MAX, () -> swarm.report().total().mining() == devices, "all devices mine at first");
    }

    /** @return the time that it took */
    private static Duration awaitHashRate(TwinSwarm swarm) throws InterruptedException {
        long began = System.nanoTime();
        KillTest.await(
                BACK_SECONDS_MAX,
                () -> partBack(swarm.report()) >= PART_BACK,
                "the hash rate is back: " + swarm.report().byGroup());
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Of the nominal hash rate of all, 0 to 1. A board that does not subscribe again counts for nothing. */
    private static double partBack(SwarmReport report) {
        double back = 0;
        double all = 0;
        for (Map.Entry<String, SwarmReport.Counts> group : report.byGroup().entrySet()) {
            SwarmReport.Counts counts = group.getValue();
            all += counts.nominalHashesPerSecond();
            if (comesBack(group.getKey())) {
                back += counts.nominalHashesPerSecond() * counts.mining() / counts.devices();
            }
        }
        return back / all;
    }

    /** LeafMiner's firmware does not subscribe again after any lost link: it has to be switched off and on. */
    private static boolean comesBack(String group) {
        return !group.startsWith("leafminer");
    }

    private static void awaitAllBack(TwinSwarm swarm) throws InterruptedException {
        KillTest.await(
                Roles.SECONDS_MAX,
                () -> swarm.report().byGroup().entrySet().stream()
                        .filter(group -> comesBack(group.getKey()))
                        .allMatch(group ->
                                group.getValue().mining() == group.getValue().devices()),
                "every board that subscribes again mines again");
    }

    private static Map<String, Object> told(SwarmReport report) {
        SwarmReport.Counts total = report.total();
        Map<String, Object> told = new TreeMap<>();
        told.put("accepted", total.accepted());
        told.put("rejected", total.rejectedByReason());
        told.put("unanswered", total.unanswered());
        told.put("reconnects", total.reconnects());
        told.put("unexpectedDisconnects", total.unexpectedDisconnects());
        return told;
    }

    private static void requireNothingLost(Roles roles, SwarmReport report) throws Exception {
        SwarmReport.Counts total = report.total();
        Map<Witnesses.Logged, Integer> logged = Witnesses.logged(roles.data());
        assertThat(logged.values()).as("each is logged once").containsOnly(1);
        assertThat((long) logged.size())
                .as("answered ⊆ logged ⊆ sent: %s", total)
                .isBetween(total.accepted(), total.accepted() + total.unanswered());
        report.byGroup()
                .forEach((group, counts) -> assertThat(counts.rejectedByReason().getOrDefault(UNKNOWN_JOB, 0L))
                        .as("%s %s", group, counts)
                        .isLessThanOrEqualTo(counts.devices()));
        roles.awaitJournaled(logged.size());
        assertThat(roles.journaled()).isEqualTo(logged.size());
    }
}
