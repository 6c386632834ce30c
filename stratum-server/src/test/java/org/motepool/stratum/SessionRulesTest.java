package org.motepool.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.Sha256;
import org.motepool.core.work.Nbits;
import org.motepool.core.work.ProofOfWork;
import org.motepool.stratum.stats.RejectReason;
import org.motepool.stratum.vardiff.Vardiff;

/** Rights, order, jobs and levels of one connection. */
class SessionRulesTest {
    private static final Hash256 NEXT_TIP = Sha256.twice(new byte[] {1});

    private static EmbeddedDesk vardiffDesk() {
        return new EmbeddedDesk(
                ServerFixture.recordedJobs(),
                () -> new Vardiff(Duration.ofSeconds(15), ProofOfWork.SHA256D.difficulties()));
    }

    private static void later(EmbeddedDesk desk, Duration by) {
        desk.clock.advance(by);
        desk.loop.tick();
        awaitFresh(desk);
    }

    /** The feed makes fresh jobs on a thread of its own: waits until it has none to make. */
    private static void awaitFresh(EmbeddedDesk desk) {
        desk.settle();
        desk.run();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".rig", "_rig", ".rig.2"})
    void authorizesAnAddressWithAnyWorkerName(String suffix) {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            String user = ServerFixture.ADDRESS.canonical() + suffix;
            desk.send("{\"id\":1,\"method\":\"mining.authorize\",\"params\":[\"" + user + "\"]}\n");
            assertThat(desk.lines()).containsExactly("{\"id\":1,\"result\":true,\"error\":null}");
        }
    }

    @Test
    void saysWhyAnAddressIsRefusedAndStays() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.send("{\"id\":1,\"method\":\"mining.authorize\",\"params\":[\"nonsense\",\"x\"]}\n");
            desk.send("{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"" + "a".repeat(161) + "\"]}\n");
            List<String> lines = desk.lines();
            assertThat(lines).hasSize(2);
            assertThat(lines)
                    .allSatisfy(
                            line -> assertThat(line)
                                    .matches(
                                            "\\{\"id\":[12],\"result\":false,\"error\":\\[24,\"Unauthorized worker: .+\",null\\]\\}"));
            assertThat(desk.channel.isOpen()).isTrue();
            desk.logIn("x");
        }
    }

    @Test
    void sendsNoNotificationBeforeBothRepliesAreOut() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.send("{\"id\":1,\"method\":\"mining.authorize\",\"params\":[\"" + ServerFixture.USER + "\"]}\n");
            desk.loop.tick();
            desk.template(ServerFixture.template(NEXT_TIP, Nbits.ofHex("17034219"), ServerFixture.SECOND), true);
            assertThat(desk.lines()).hasSize(1);
            desk.send("{\"id\":2,\"method\":\"mining.subscribe\",\"params\":[]}\n");
            assertThat(desk.lines()).hasSize(3);
        }
    }

    @Test
    void answersUnknownRequestsAndNothingWithoutAnId() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.logIn("x");
            desk.send("{\"id\":\"a\\\"\",\"method\":\"mining.dance\",\"params\":[]}\n");
            assertThat(desk.lines())
                    .containsExactly("{\"id\":\"a\\\"\",\"result\":null,\"error\":[20,\"Not supported\",null]}");
            desk.send("{\"method\":\"mining.dance\",\"params\":[]}\n");
            desk.send("{\"id\":null,\"method\":\"mining.submit\",\"params\":[]}\n");
            desk.send("{\"id\":9,\"result\":\"pong\",\"error\":null}\n\n\r\n");
            desk.run();
            assertThat(desk.lines()).isEmpty();
        }
    }

    @Test
    void givesEveryoneTheNewTipCleanAndCallsOlderWorkStale() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.logIn("cpuminer/2.5.1");
            desk.template(ServerFixture.template(NEXT_TIP, Nbits.ofHex("17034219"), ServerFixture.SECOND), true);
            List<String> lines = desk.lines();
            assertThat(lines).hasSize(1);
            assertThat(lines.getFirst()).contains("\"params\":[\"20\",").endsWith(",true]}");
            desk.send("{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"" + ServerFixture.USER
                    + "\",\"1f\",\"00000001\",\"66b2c3d4\",\"da5d0af0\"]}\n");
            desk.run();
            assertThat(desk.lines())
                    .containsExactly("{\"id\":4,\"result\":null,\"error\":[21,\"Job not found\",null]}");
        }
    }

    @Test
    void givesLeafMinerAFreshJobAfterAStaleShareOneLineAtATime() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.logIn("LeafMiner/0.0.17");
            desk.clock.advance(Duration.ofSeconds(5));
            desk.send("{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"" + ServerFixture.USER
                    + "\",\"7\",\"00000001\",\"66b2c3d4\",\"da5d0af0\"]}\n");
            desk.settle();
            desk.channel.runPendingTasks();
            assertThat(desk.lines())
                    .as("the reply alone, no second line within 50 ms")
                    .containsExactly("{\"id\":4,\"result\":null,\"error\":[21,\"Job not found\",null]}");
            desk.run();
            assertThat(desk.lines()).hasSize(1).first().asString().contains("\"params\":[\"20\",");
        }
    }

    @Test
    void leavesAtLeast50MillisecondsBetweenLinesForLeafMiner() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.send("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"LeafMiner/0.0.17\", null]}\n"
                    + "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"" + ServerFixture.USER + "\"]}\n");
            assertThat(desk.lines()).hasSize(1);
            for (int i = 0; i < 3; i++) {
                desk.channel.advanceTimeBy(49, TimeUnit.MILLISECONDS);
                desk.channel.runScheduledPendingTasks();
                assertThat(desk.lines()).isEmpty();
                desk.channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
                desk.channel.runScheduledPendingTasks();
                assertThat(desk.lines()).hasSize(1);
            }
        }
    }

    @Test
    void owesAPeerThatDoesNotReadOnlyTheNewestJob() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.logIn("cpuminer/2.5.1");
            desk.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
            desk.run();
            assertThat(desk.channel.config().isAutoRead())
                    .as("it is not read either")
                    .isFalse();
            for (int tip = 1; tip <= 5; tip++) {
                Hash256 next = Sha256.twice(new byte[] {(byte) tip});
                desk.template(ServerFixture.template(next, Nbits.ofHex("17034219"), ServerFixture.SECOND), true);
            }
            assertThat(desk.lines()).isEmpty();
            desk.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
            desk.run();
            assertThat(desk.lines())
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("\"params\":[\"24\",")
                    .endsWith(",true]}");
            assertThat(desk.channel.config().isAutoRead()).isTrue();
        }
    }

    @Test
    void refreshesMicroDevicesAfter300SecondsAndOthersWithinAMinute() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.logIn("NerdMinerV2/V1.8.3");
            later(desk, Duration.ofSeconds(299));
            assertThat(desk.lines()).isEmpty();
            later(desk, Duration.ofSeconds(1));
            assertThat(desk.lines()).hasSize(1).first().asString().endsWith(",false]}");
        }
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.logIn("bitaxe/BM1370/v2");
            later(desk, Duration.ofSeconds(49));
            assertThat(desk.lines()).isEmpty();
            later(desk, Duration.ofSeconds(1));
            assertThat(desk.lines()).hasSize(1);
        }
    }

    @Test
    void takesAnUnknownDeviceForWhatItAsksFor() {
        try (EmbeddedDesk desk = vardiffDesk()) {
            desk.send("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"some rig\"]}\n");
            assertThat(desk.metric(
                            "mote_stratum_connections", "listener", "main", "family", "other", "class", "unknown"))
                    .isEqualTo(1);
            desk.send("{\"id\":2,\"method\":\"mining.suggest_difficulty\",\"params\":[1024]}\n");
            assertThat(desk.metric("mote_stratum_connections", "listener", "main", "family", "other", "class", "asic"))
                    .isEqualTo(1);
            desk.send("{\"id\":3,\"method\":\"mining.authorize\",\"params\":[\"" + ServerFixture.USER + "\"]}\n");
            assertThat(desk.lines()).anySatisfy(line -> assertThat(line).endsWith("\"params\":[1024]}"));
            assertThat(desk.stats
                            .takeChanged("node", 2_000)
                            .getFirst()
                            .sessions()
                            .getFirst()
                            .deviceClass())
                    .isEqualTo("asic");
            desk.send("{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"" + ServerFixture.USER
                    + "\",\"no job\",\"00000000\",\"67e00000\",\"00000000\"]}\n");
            assertThat(desk.metric("mote_shares_total", "result", "stale", "family", "other", "class", "asic"))
                    .isEqualTo(1);
        }
    }

    @Test
    void movesTheLevelOnceByTheFirstSuggestionWithANewJob() {
        try (EmbeddedDesk desk = vardiffDesk()) {
            desk.send("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"bitaxe/BM1370/v2\"]}\n");
            desk.send("{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"" + ServerFixture.USER + "\"]}\n");
            assertThat(desk.lines().get(2)).endsWith("\"params\":[256]}");
            desk.clock.advance(Duration.ofSeconds(2));
            desk.send("{\"id\":3,\"method\":\"mining.suggest_difficulty\",\"params\":[1000]}\n");
            awaitFresh(desk);
            List<String> lines = desk.lines();
            assertThat(lines).hasSize(3);
            assertThat(lines.get(1)).endsWith("\"params\":[512]}");
            assertThat(lines.get(2)).contains("\"params\":[\"20\",").endsWith(",false]}");
            desk.send("{\"id\":4,\"method\":\"mining.suggest_difficulty\",\"params\":[64]}\n");
            awaitFresh(desk);
            assertThat(desk.lines()).containsExactly("{\"id\":4,\"result\":true,\"error\":null}");
        }
    }

    @Test
    void lowersASilentDeviceAndJudgesOldJobsByTheirOwnLevel() {
        try (EmbeddedDesk desk = vardiffDesk()) {
            desk.logIn("NerdMinerV2/V1.8.3");
            later(desk, Duration.ofSeconds(16));
            List<String> lines = desk.lines();
            assertThat(lines).hasSize(2);
            assertThat(lines.getFirst()).endsWith("\"params\":[0.0000152587890625]}");
            // 0.000106: enough for level 16 of the new job, not for level 19 that this job was sent with.
            desk.send("{\"id\":7,\"method\":\"mining.submit\",\"params\":[\"" + ServerFixture.USER
                    + "\",\"1f\",\"00000001\",\"66b2c3d4\",\"da567ed8\"]}\n");
            desk.run();
            assertThat(desk.lines())
                    .containsExactly("{\"id\":7,\"result\":null,\"error\":[23,\"Difficulty too low\",null]}");
            desk.send("{\"id\":8,\"method\":\"mining.submit\",\"params\":[\"" + ServerFixture.USER
                    + "\",\"1f\",\"00000001\",\"66b2c3d4\",\"adc39\"]}\n");
            desk.run();
            assertThat(desk.lines()).containsExactly("{\"id\":8,\"result\":true,\"error\":null}");
            assertThat(desk.log.shares().getFirst().share().level().value()).isEqualTo(19);
        }
    }

    @Test
    void capsTheLevelAtTheNetworksSoThatEveryBlockIsAShare() {
        try (EmbeddedDesk desk = new EmbeddedDesk(
                (template, number, ntime) -> easy(ServerFixture.recordedJobs().build(template, number, ntime)),
                () -> new Vardiff(Duration.ofSeconds(15), ProofOfWork.SHA256D.difficulties()))) {
            desk.send("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"cpuminer/2.5.1\"]}\n");
            desk.send("{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"" + ServerFixture.USER + "\"]}\n");
            // 1e7fffff is 2^17 hashes.
            assertThat(desk.lines().get(2)).endsWith("\"params\":[0.000030517578125]}");
        }
    }

    private static org.motepool.core.block.Job easy(org.motepool.core.block.Job job) {
        return new org.motepool.core.block.Job(
                job.number(),
                job.height(),
                job.prevHash(),
                job.coinbase1(),
                job.coinbase2(),
                job.extranonceBytes(),
                job.branch(),
                job.version(),
                Nbits.ofHex("1e7fffff"),
                job.ntime(),
                job.scheme());
    }

    @Test
    void closesWhatNeverSubscribesButNotASilentMiner() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.clock.advance(Duration.ofSeconds(74));
            desk.loop.tick();
            assertThat(desk.channel.isOpen()).isTrue();
            desk.clock.advance(Duration.ofSeconds(2));
            desk.loop.tick();
            assertThat(desk.channel.isOpen()).isFalse();
            assertThat(desk.metric("mote_stratum_connections_closed_total", "reason", "never_subscribed"))
                    .isEqualTo(1);
        }
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.logIn("NerdMinerV2/V1.8.3");
            desk.clock.advance(Duration.ofHours(5));
            desk.loop.tick();
            assertThat(desk.channel.isOpen()).isTrue();
        }
    }

    @Test
    void closesOnLinesThatAreTooLong() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.logIn("x");
            desk.send("{" + "x".repeat(4096));
            desk.run();
            assertThat(desk.channel.isOpen()).isFalse();
            assertThat(desk.metric("mote_stratum_connections_closed_total", "reason", "line_too_long"))
                    .isEqualTo(1);
        }
    }

    @Test
    void countsWorkersAndConnections() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.logIn("NerdMinerV2/V1.8.3");
            desk.send("{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"" + ServerFixture.USER
                    + "\",\"1f\",\"00000001\",\"66b2c3d4\",\"da5d0af0\"]}\n");
            desk.run();
            desk.send("{\"id\":5,\"method\":\"mining.submit\",\"params\":[\"" + ServerFixture.USER
                    + "\",\"1f\",\"00000001\",\"66b2c3d4\",\"da567ed8\"]}\n");
            desk.run();
            var reports = desk.stats.takeChanged("node", 2_000);
            assertThat(reports).hasSize(1);
            var report = reports.getFirst();
            assertThat(report.worker()).isEqualTo("desk");
            assertThat(report.accepted()).isEqualTo(1);
            assertThat(report.acceptedWork()).isEqualTo(8);
            assertThat(report.best()).isBetween(0.00062376, 0.00062378);
            assertThat(report.rejected()).containsEntry(RejectReason.LOW_DIFFICULTY.label(), 1L);
            assertThat(report.sessions()).hasSize(1);
            assertThat(report.sessions().getFirst().deviceClass()).isEqualTo("micro");
            assertThat(report.sessions().getFirst().level()).isEqualTo(19);
            assertThat(desk.stats.takeChanged("node", 2_000)).isEmpty();
            assertThat(desk.metric(
                            "mote_stratum_connections", "listener", "main", "family", "nerdminer", "class", "micro"))
                    .isEqualTo(1);
            assertThat(desk.metric("mote_shares_total", "result", "accepted", "family", "nerdminer", "class", "micro"))
                    .isEqualTo(1);
        }
    }
}
