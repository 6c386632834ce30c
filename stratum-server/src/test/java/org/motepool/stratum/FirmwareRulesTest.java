package org.motepool.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.motepool.core.hash.Sha256;
import org.motepool.core.work.Nbits;
import org.motepool.core.work.ProofOfWork;
import org.motepool.stratum.vardiff.Vardiff;

/** What firmware needs from the pool's lines, one test a need; {@code rules.txt} lists which rule is held where. */
class FirmwareRulesTest {
    private static final String SUBSCRIBE = "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"x\"]}\n";
    private static final String AUTHORIZE =
            "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"" + ServerFixture.USER + "\",\"x\"]}\n";
    private static final String CONFIGURE =
            "{\"id\":3,\"method\":\"mining.configure\",\"params\":[[\"version-rolling\"],{\"version-rolling.mask\":\"ffffffff\"}]}\n";
    private static final String SUGGEST = "{\"id\":4,\"method\":\"mining.suggest_difficulty\",\"params\":[0.0001]}\n";
    private static final String EXTRANONCE = "{\"id\":5,\"method\":\"mining.extranonce.subscribe\",\"params\":[]}\n";

    private static boolean isNotification(String line) {
        return line.startsWith("{\"id\":null,\"method\":\"");
    }

    private static String ok(Object id) {
        return "{\"id\":" + id + ",\"result\":true,\"error\":null}";
    }

    private static String submit(Object id, String job, String nonce) {
        return "{\"id\":" + id + ",\"method\":\"mining.submit\",\"params\":[\"" + ServerFixture.USER + "\",\"" + job
                + "\",\"00000001\",\"66b2c3d4\",\"" + nonce + "\"]}\n";
    }

    private static void newTip(EmbeddedDesk desk, int number) {
        desk.template(
                ServerFixture.template(
                        Sha256.twice(new byte[] {(byte) number}), Nbits.ofHex("17034219"), ServerFixture.SECOND),
                true);
    }

    @Test
    void writesCompactAsciiLinesThatEndInOneNewline() {
        for (Transcript transcript : Transcript.all()) {
            if (transcript.endsClosed()) {
                continue;
            }
            try (EmbeddedDesk desk = new EmbeddedDesk()) {
                desk.send(transcript.sent());
                desk.run();
                for (ByteBuf part = desk.channel.readOutbound(); part != null; part = desk.channel.readOutbound()) {
                    String line = part.toString(StandardCharsets.ISO_8859_1);
                    part.release();
                    assertThat(line).as("one write is one line").startsWith("{").endsWith("}\n");
                    assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
                    assertThat(line).doesNotContain("\r").doesNotContain("\": ").doesNotContain(", \"");
                    assertThat(line.chars()).allMatch(c -> c < 0x7f);
                }
            }
        }
    }

    @Test
    void givesEveryJobAnIdOfItsOwnAlsoAfterAChangeOfLevel() {
        try (EmbeddedDesk desk = new EmbeddedDesk(
                ServerFixture.recordedJobs(),
                () -> new Vardiff(Duration.ofSeconds(15), ProofOfWork.SHA256D.difficulties()))) {
            desk.logIn("cpuminer/2.5.1");
            Set<String> ids = new HashSet<>(Set.of("1f"));
            for (int i = 0; i < 40; i++) {
                if (i % 3 == 0) {
                    newTip(desk, i);
                } else {
                    desk.clock.advance(Duration.ofSeconds(51));
                    desk.loop.tick();
                    desk.settle();
                    desk.run();
                }
                for (String line : desk.lines()) {
                    if (line.contains("mining.notify")) {
                        String id = line.split("\"params\":\\[\"")[1].split("\"")[0];
                        assertThat(id).matches("[0-9a-f]{1,8}");
                        assertThat(ids.add(id)).as("new: " + id).isTrue();
                    }
                }
            }
            assertThat(ids).hasSizeGreaterThan(30);
        }
    }

    @Test
    void givesEachConnectionFourBytesOfItsOwnAndFourToRoll() throws Exception {
        Set<String> seen = new HashSet<>();
        try (StratumServer server = StratumServer.start(
                ServerFixture.settings(),
                ServerFixture.parts(
                        ServerFixture.chain(),
                        new FakeShareLog(),
                        new org.motepool.core.time.FakeClock(ServerFixture.SECOND)),
                ServerFixture.recordedWork())) {
            for (int i = 0; i < 20; i++) {
                try (Miner miner = new Miner(server.port())) {
                    miner.send(SUBSCRIBE);
                    String[] parts = miner.line().split("]],\"");
                    assertThat(parts[1]).matches("[0-9a-f]{8}\",4],\"error\":null}");
                    seen.add(parts[1].substring(0, 8));
                }
            }
        }
        assertThat(seen).as("also after the former is gone").hasSize(20);
    }

    @Test
    void notifiesWithNineParametersOfFixedWidths() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.send(SUBSCRIBE + AUTHORIZE);
            desk.run();
            String notify = desk.lines().getLast();
            assertThat(notify)
                    .matches(
                            "\\{\"id\":null,\"method\":\"mining.notify\",\"params\":\\[\"[0-9a-f]{1,8}\",\"[0-9a-f]{64}\","
                                    + "\"[0-9a-f]+\",\"[0-9a-f]+\",\\[(\"[0-9a-f]{64}\",?)*],\"[0-9a-f]{8}\",\"[0-9a-f]{8}\","
                                    + "\"[0-9a-f]{8}\",(true|false)]}");
            String version = notify.split("],\"")[1].substring(0, 8);
            assertThat(Integer.parseUnsignedInt(version, 16) & 0x1fff_e000).isZero();
        }
    }

    @Test
    void repliesWithIdResultAndErrorAndNothingElse() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.send(SUBSCRIBE
                    + AUTHORIZE
                    + CONFIGURE
                    + SUGGEST
                    + EXTRANONCE
                    + submit("\"text\"", "1f", "da5d0af0")
                    + submit(7, "1f", "da5d0af0")
                    + submit(8, "77", "1")
                    + submit(9, "1f", "da567ed8")
                    + submit(10, "1f", "xyz"));
            desk.run();
            List<String> lines = desk.lines();
            List<String> replies =
                    lines.stream().filter(line -> !isNotification(line)).toList();
            assertThat(replies).hasSize(10);
            assertThat(replies)
                    .allMatch(line -> line.matches("\\{\"id\":(\\d+|\"text\"),\"result\":"
                            + "(.*,\"error\":null|null,\"error\":\\[\\d\\d,\"[A-Za-z0-9 ]+\",null])}"));
            assertThat(replies).noneMatch(line -> line.contains("\"method\""));
            assertThat(lines.stream().filter(FirmwareRulesTest::isNotification))
                    .noneMatch(line -> line.contains("\"result\""));
        }
    }

    @Test
    void sendsLevelThenCleanJobAtOnceAfterBothReplies() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.send(SUBSCRIBE);
            assertThat(desk.lines()).hasSize(1);
            desk.send(AUTHORIZE);
            // No task, no time: it stands behind the reply already.
            assertThat(desk.lines()).containsExactly(ok(2), ServerFixture.DIFF, ServerFixture.JOB);
        }
    }

    @Test
    void takesAnyOrderAndAnyPipelining() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> requests = new ArrayList<>(List.of(SUBSCRIBE, AUTHORIZE, CONFIGURE, SUGGEST, EXTRANONCE));
        for (int round = 0; round < 60; round++) {
            Collections.shuffle(requests, random);
            try (EmbeddedDesk desk = new EmbeddedDesk()) {
                boolean together = random.nextBoolean();
                if (together) {
                    desk.send(String.join("", requests));
                } else {
                    requests.forEach(desk::send);
                }
                desk.run();
                List<String> lines = desk.lines();
                String as = "seed " + seed + ", round " + round + ": " + lines;
                List<String> order = lines.stream()
                        .filter(line -> !isNotification(line))
                        .map(line -> line.substring(6, 7))
                        .toList();
                assertThat(order)
                        .as(as)
                        .isEqualTo(requests.stream()
                                .map(request -> request.substring(6, 7))
                                .toList());
                int first = lines.indexOf(ServerFixture.DIFF);
                assertThat(lines.get(first + 1)).as(as).isEqualTo(ServerFixture.JOB);
                assertThat(lines.subList(0, first).stream()
                                .filter(line -> line.startsWith("{\"id\":1,") || line.startsWith("{\"id\":2,")))
                        .as(as)
                        .hasSize(2);
                desk.send(submit(9, "1f", "da5d0af0"));
                desk.run();
                assertThat(desk.lines()).as(as).containsExactly(ok(9));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"ffffffff,1fffe000", "1fffe000,1fffe000", "0000e000,0000e000", "00000000,00000000", "1fff0000,1fff0000"
    })
    void configuresTheBitsThatBothSidesCanRollAndNoOtherExtension(String asked, String agreed) {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.send(
                    "{\"id\":1,\"method\":\"mining.configure\",\"params\":[[\"version-rolling\",\"minimum-difficulty\"],"
                            + "{\"version-rolling.mask\":\"" + asked + "\",\"minimum-difficulty.value\":2048}]}\n");
            assertThat(desk.lines())
                    .containsExactly("{\"id\":1,\"result\":{\"version-rolling\":true,\"version-rolling.mask\":\""
                            + agreed + "\",\"minimum-difficulty\":false},\"error\":null}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0.00015", "1000", "1e-05", "\"0.050000\"", "32.0000", "0", "-1", "null", "\"x\"", "1e999999"})
    void answersEverySuggestionAndKeepAlivesChangeNothing(String suggestion) {
        try (EmbeddedDesk desk = new EmbeddedDesk(
                ServerFixture.recordedJobs(),
                () -> new Vardiff(Duration.ofSeconds(15), ProofOfWork.SHA256D.difficulties()))) {
            desk.logIn("NerdMinerV2/V1.8.3");
            String line = "{\"id\":4,\"method\":\"mining.suggest_difficulty\",\"params\":[" + suggestion + "]}\n";
            desk.send(line);
            desk.clock.advance(Duration.ofSeconds(2));
            desk.settle();
            desk.run();
            assertThat(desk.lines()).first().isEqualTo(ok(4));
            for (int i = 0; i < 20; i++) {
                desk.send(line);
                desk.settle();
                desk.run();
                assertThat(desk.lines()).containsExactly(ok(4));
            }
        }
    }

    @Test
    void announcesALevelOnlyTogetherWithTheJobThatFollowsIt() {
        try (EmbeddedDesk desk = new EmbeddedDesk(
                ServerFixture.recordedJobs(),
                () -> new Vardiff(Duration.ofSeconds(15), ProofOfWork.SHA256D.difficulties()))) {
            desk.logIn("cpuminer/2.5.1");
            int levels = 0;
            for (int i = 0; i < 300; i++) {
                desk.clock.advance(Duration.ofSeconds(5));
                desk.loop.tick();
                desk.settle();
                desk.run();
                List<String> lines = desk.lines();
                for (int at = 0; at < lines.size(); at++) {
                    if (lines.get(at).contains("set_difficulty")) {
                        levels++;
                        assertThat(lines.get(at + 1)).contains("mining.notify").endsWith(",false]}");
                    }
                }
            }
            assertThat(levels).isPositive();
        }
    }

    @Test
    void answersEachSubmitOnceAndInOrderAlsoWhenAllIdsAreFour() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.logIn("cpuminer/2.5.1");
            desk.send(submit(4, "1f", "da5d0af0")
                    + submit(4, "77", "1")
                    + submit(4, "1f", "adc39")
                    + submit(4, "1f", "adc39")
                    + submit(4, "1f", "da567ed8"));
            desk.run();
            List<String> lines = desk.lines();
            assertThat(lines).hasSize(5);
            assertThat(lines.get(0)).isEqualTo(ok(4));
            assertThat(lines.get(1)).contains("[21,");
            assertThat(lines.get(2)).isEqualTo(ok(4));
            assertThat(lines.get(3)).contains("[22,");
            assertThat(lines.get(4)).contains("[23,");
        }
    }

    @Test
    void answers25BeforeASubscribeAnd24ForAnotherNameAndStays() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            for (int i = 0; i < 50; i++) {
                desk.send(submit(9, "1f", "da5d0af0"));
                assertThat(desk.lines())
                        .containsExactly("{\"id\":9,\"result\":null,\"error\":[25,\"Not subscribed\",null]}");
            }
            desk.logIn("x");
            desk.send(
                    "{\"id\":9,\"method\":\"mining.submit\",\"params\":[\"other\",\"1f\",\"00000001\",\"66b2c3d4\",\"1\"]}\n");
            assertThat(desk.lines())
                    .containsExactly("{\"id\":9,\"result\":null,\"error\":[24,\"Unauthorized worker\",null]}");
            assertThat(desk.channel.isOpen()).isTrue();
        }
    }

    @Test
    void keepsASilentClientThatOnlyOnceAskedForHalfAnHour() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.send(SUBSCRIBE);
            desk.clock.advance(Duration.ofMinutes(29));
            desk.loop.tick();
            assertThat(desk.channel.isOpen()).isTrue();
        }
    }

    @Test
    void servesManyDevicesOfOneNameFromOneAddress() throws Exception {
        List<Miner> miners = new ArrayList<>();
        try (StratumServer server = StratumServer.start(
                ServerFixture.settings(),
                ServerFixture.parts(
                        ServerFixture.chain(),
                        new FakeShareLog(),
                        new org.motepool.core.time.FakeClock(ServerFixture.SECOND)),
                ServerFixture.recordedWork())) {
            for (int i = 0; i < 200; i++) {
                Miner miner = new Miner(server.port());
                miners.add(miner);
                assertThat(miner.logIn("NerdMinerV2/V1.8.3")).contains("\"1f\"");
            }
            assertThat(server.snapshot().connections()).isEqualTo(200);
        } finally {
            for (Miner miner : miners) {
                miner.close();
            }
        }
    }

    @Test
    void takesAUserNameOf160CharactersAndAnyPassword() {
        String worker =
                ".w" + "x".repeat(160 - ServerFixture.ADDRESS.canonical().length() - 2);
        for (String rest : List.of("", ",\"\"", ",\"x\"", ",null", ",\"d=5\",[\"s2\",\"b\"]")) {
            try (EmbeddedDesk desk = new EmbeddedDesk()) {
                desk.send("{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"" + ServerFixture.ADDRESS.canonical()
                        + worker + "\"" + rest + "]}\n");
                assertThat(desk.lines()).containsExactly(ok(2));
            }
        }
    }

    @Test
    void sendsNoExtranonceAndNoMaskThatNobodyAskedFor() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.send(SUBSCRIBE + AUTHORIZE + CONFIGURE + EXTRANONCE);
            newTip(desk, 1);
            desk.clock.advance(Duration.ofMinutes(10));
            desk.loop.tick();
            desk.settle();
            desk.run();
            assertThat(desk.lines())
                    .contains(ok(5))
                    .noneMatch(
                            line -> line.contains("mining.set_extranonce") || line.contains("mining.set_version_mask"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",null", ",\"1a2b3c4d\"", ",\"an old one\"", ",7"})
    void takesAnOldSessionIdAndGivesAnExtranonceOfItsOwn(String second) {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.send("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"cpuminer/2.5.1\"" + second + "]}\n");
            assertThat(desk.lines()).hasSize(1).first().asString().contains("]],\"1a2b3c4d\",4]");
            desk.send("{\"id\":\"tx\",\"method\":\"mining.get_transactions\",\"params\":[\"1f\"]}\n");
            assertThat(desk.lines())
                    .containsExactly("{\"id\":\"tx\",\"result\":null,\"error\":[20,\"Not supported\",null]}");
        }
    }

    @Test
    void owesAStuckPeerOneLevelAndOneJobHoweverOftenBothChange() {
        try (EmbeddedDesk desk = new EmbeddedDesk(
                ServerFixture.recordedJobs(),
                () -> new Vardiff(Duration.ofSeconds(15), ProofOfWork.SHA256D.difficulties()))) {
            desk.logIn("cpuminer/2.5.1");
            desk.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
            for (int tip = 1; tip <= 30; tip++) {
                desk.clock.advance(Duration.ofSeconds(60));
                newTip(desk, tip);
                desk.loop.tick();
                desk.settle();
                desk.run();
            }
            assertThat(desk.lines()).isEmpty();
            desk.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
            desk.run();
            List<String> lines = desk.lines();
            assertThat(lines).hasSize(2);
            assertThat(lines.get(0)).contains("set_difficulty");
            assertThat(lines.get(1)).contains("mining.notify").endsWith(",true]}");
        }
    }
}
