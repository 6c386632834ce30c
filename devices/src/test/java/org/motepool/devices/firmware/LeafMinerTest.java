package org.motepool.devices.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.motepool.devices.Transcript;
import org.motepool.devices.hash.FoundShare;

class LeafMinerTest {
    private final FakeBoard board = new FakeBoard(40e3);
    private final LeafMiner esp32 = new LeafMiner(board, "U", "", LeafMiner.Variant.ESP32);
    private final LeafMiner esp8266 = new LeafMiner(board, "U", "", LeafMiner.Variant.ESP8266);

    private static void greet(LeafMiner miner) {
        miner.connected();
        miner.line(Transcript.subscribed(1));
        miner.line(Transcript.ok(2));
        miner.line(Transcript.ok(3));
        miner.line(Transcript.DIFFICULTY);
        miner.line(Transcript.JOB);
    }

    private static void found(LeafMiner miner) {
        miner.found(new FoundShare("1f", "3FA94C0B", "66b2c3d4", 0x0001edf2, 0));
    }

    @Test
    void speaksTheTranscript() {
        esp32.connected();
        assertThat(board.writes()).containsExactly("""
                        {"id":1,"method":"mining.subscribe","params":["LeafMiner/0.0.17", null]}
                        {"id":2,"method":"mining.authorize","params":["U",""]}
                        {"id":3,"method":"mining.suggest_difficulty","params":[0.000100]}
                        """);
        greet(esp32);
        board.sent();
        found(esp32);

        assertThat(board.sent())
                .containsExactly(
                        "{\"id\":5,\"method\":\"mining.submit\",\"params\":[\"U\",\"1f\",\"3FA94C0B\",\"66b2c3d4\",\"0001edf2\"]}");
    }

    @Test
    void reportsNothingBeforeADifficultyIsSet() {
        esp32.connected();
        esp32.line(Transcript.subscribed(1));
        esp32.line(Transcript.JOB);
        assertThat(board.difficulty()).isEqualTo(4_294_967_295.0);
        esp32.line(Transcript.DIFFICULTY);

        assertThat(board.difficulty()).isEqualTo(0x1p-13);
    }

    @Test
    void aStaleShareLeavesItIdleUntilTheNextNotify() {
        greet(esp32);
        found(esp32);
        esp32.line(Transcript.error(5, 21, "Job not found"));
        assertThat(board.search()).isNull();
        found(esp32);
        assertThat(board.submittedShares()).isEqualTo(1);
        esp32.line(Transcript.job("20"));

        assertThat(board.search()).isNotNull();
        assertThat(board.settled()).containsExactly("21 Job not found");
    }

    @Test
    void takesOnlyNotifiesOfExactlyNineParamsWithANewId() {
        esp32.connected();
        esp32.line(Transcript.subscribed(1));
        esp32.line(Transcript.JOB.replace(",true]", ",true,1]"));
        esp32.line(Transcript.JOB.replace(",true]", "]"));
        assertThat(board.search()).isNull();
        esp32.line(Transcript.JOB);
        Object first = board.search();
        assertThat(first).isNotNull();
        esp32.line(Transcript.JOB);

        assertThat(board.search()).isSameAs(first);
    }

    @Test
    void needsTheNestedSubscribeResult() {
        esp32.connected();
        esp32.line("{\"id\":1,\"result\":[[],\"1a2b3c4d\",4],\"error\":null}");
        esp32.line(Transcript.JOB);
        assertThat(board.search()).isNull();
    }

    @Test
    void aLineLongerThanItsBufferIsLost() {
        greet(esp32);
        Object first = board.search();
        String branch = "\"" + "00".repeat(32) + "\",";
        esp32.line(Transcript.job("20").replace("[\"be4c", "[" + branch.repeat(25) + "\"be4c"));

        assertThat(board.search()).isSameAs(first);
    }

    @Test
    void anEsp32RestartsWithoutShareRepliesFor200Seconds() {
        greet(esp32);
        board.pass(Duration.ofSeconds(150));
        found(esp32);
        esp32.line(Transcript.ok(5));
        board.pass(Duration.ofSeconds(199));
        assertThat(board.dropped()).isNull();
        board.pass(Duration.ofSeconds(1));
        assertThat(board.dropped()).contains("200 s");
        esp32.disconnected();
        board.relink();
        board.sent();
        esp32.connected();

        assertThat(board.sent()).first().asString().contains("mining.subscribe");
    }

    @Test
    void afterALostLinkItMinesOnWithoutSubscribing() {
        greet(esp32);
        esp32.disconnected();
        board.relink();
        board.sent();
        esp32.connected();
        assertThat(board.sent()).isEmpty();
        found(esp32);

        assertThat(board.sent())
                .singleElement()
                .asString()
                .contains("mining.submit")
                .contains("\"id\":5");
        esp32.line(Transcript.error(5, 25, "Not subscribed"));
        assertThat(board.search()).isNotNull();
    }

    @Test
    void anEsp8266ReadsOnlyAtBootAndAfterAShare() {
        greet(esp8266);
        assertThat(board.listening()).isTrue();
        assertThat(board.search()).isNull();
        board.pass(Duration.ofSeconds(1));
        assertThat(board.listening()).isFalse();
        assertThat(board.search()).isNotNull();
        found(esp8266);
        assertThat(board.listening()).isTrue();
        esp8266.line(Transcript.ok(5));
        board.pass(Duration.ofMillis(999));
        assertThat(board.listening()).isTrue();
        board.pass(Duration.ofMillis(1));

        assertThat(board.listening()).isFalse();
        assertThat(board.dropped()).isNull();
    }

    @Test
    void anEsp8266WithoutAJobReadsOn() {
        greet(esp8266);
        board.pass(Duration.ofSeconds(1));
        found(esp8266);
        esp8266.line(Transcript.error(5, 21, "Job not found"));
        board.pass(Duration.ofSeconds(20));
        assertThat(board.listening()).isTrue();
        esp8266.line(Transcript.job("20"));
        board.pass(Duration.ofSeconds(1));

        assertThat(board.listening()).isFalse();
        assertThat(board.search()).isNotNull();
    }

    @Test
    void anEsp8266CrashesWhenTheJobComesAfterAGap() {
        esp8266.connected();
        esp8266.line(Transcript.subscribed(1));
        esp8266.line(Transcript.ok(2));
        board.pass(Duration.ofSeconds(1));

        assertThat(board.dropped()).contains("boot");
        assertThat(esp8266.pauseAfterLoss()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void anEsp8266EndsItsBootAfterFiveSecondsWhateverComes() {
        greet(esp8266);
        for (int i = 0; i < 7; i++) {
            board.pass(Duration.ofMillis(700));
            esp8266.line(Transcript.DIFFICULTY);
        }
        assertThat(board.listening()).isTrue();
        board.pass(Duration.ofMillis(100));

        assertThat(board.listening()).isFalse();
    }

    @Test
    void aRefusalOfAnOlderJobsShareIsKnownToBeLate() {
        greet(esp32);
        found(esp32);
        esp32.line(Transcript.job("20"));
        esp32.line(Transcript.error(5, 21, "Job not found"));

        assertThat(board.search()).isNotNull();
    }

    @Test
    void aShareThatBothCoresFoundIsItsOwnFault() {
        greet(esp32);
        int id = 5;
        while (!board.settled().contains("own duplicate")) {
            int before = board.submittedShares();
            found(esp32);
            esp32.line(Transcript.ok(id++));
            if (board.submittedShares() - before == 2) {
                esp32.line(Transcript.error(id++, 22, "Duplicate share"));
            }
        }

        assertThat(board.settled()).doesNotContain("22 Duplicate share");
        assertThat(board.sent())
                .filteredOn(line -> line.contains("mining.submit"))
                .hasSize(id - 5);
    }

    @Test
    void theMasterLosesASecondLineInASegmentAndALineThatIsSplit() {
        LeafMiner master = new LeafMiner(board, "U", "", LeafMiner.Variant.ESP32_MASTER);
        master.connected();
        master.received(Transcript.subscribed(1) + "\n" + Transcript.ok(2) + "\n");
        master.received(Transcript.DIFFICULTY + "\n" + Transcript.JOB + "\n");
        assertThat(board.difficulty()).isEqualTo(0x1p-13);
        assertThat(board.search()).isNull();
        master.received(Transcript.job("20").substring(0, 100));
        master.received(Transcript.job("20").substring(100) + "\n");
        assertThat(board.search()).isNull();
        master.received(Transcript.job("21") + "\n");

        assertThat(board.search()).isNotNull();
        assertThat(board.heard()).hasSize(6);
        assertThat(master.pauseAfterLoss()).isGreaterThan(Duration.ofDays(365));
    }

    @Test
    void aUserNameThatIsTooLongCutsItsSubmitLine() {
        LeafMiner talkative = new LeafMiner(board, "U".repeat(230), "", LeafMiner.Variant.ESP32);
        greet(talkative);
        board.writes();
        found(talkative);

        assertThat(board.writes()).singleElement().satisfies(line -> {
            assertThat(line).hasSize(255);
            assertThat(line).doesNotEndWith("\n");
        });
    }
}
