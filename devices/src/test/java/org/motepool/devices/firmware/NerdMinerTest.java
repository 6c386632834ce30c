package org.motepool.devices.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.motepool.devices.Transcript;
import org.motepool.devices.hash.FoundShare;

class NerdMinerTest {
    private final FakeBoard board = new FakeBoard(400e3);
    private final NerdMiner miner = new NerdMiner(board, "U", "x");

    private void handshake() {
        miner.connected();
        miner.line(Transcript.subscribed(1));
        miner.line(Transcript.ok(2));
        miner.line(Transcript.DIFFICULTY);
        miner.line(Transcript.JOB);
    }

    private void found(String jobId, int nonce) {
        miner.found(new FoundShare(jobId, "00000001", "66b2c3d4", nonce, 0));
    }

    @Test
    void speaksTheTranscript() {
        miner.connected();
        assertThat(board.writes())
                .containsExactly(
                        "{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"NerdMinerV2/V1.8.3\"]}\n");
        miner.line(Transcript.subscribed(1));
        assertThat(board.writes())
                .containsExactly("{\"params\": [\"U\", \"x\"], \"id\": 2, \"method\": \"mining.authorize\"}\n");
        board.pass(Duration.ofMillis(199));
        assertThat(board.sent()).isEmpty();
        board.pass(Duration.ofMillis(1));
        assertThat(board.writes())
                .containsExactly("{\"id\":3,\"method\":\"mining.suggest_difficulty\",\"params\":[0.00015]}\n");
        miner.line(Transcript.ok(2));
        miner.line(Transcript.DIFFICULTY);
        miner.line(Transcript.JOB);
        found("1f", 0xda5d0af0);
        found("1f", 0x000adc39);
        assertThat(board.sent())
                .containsExactly(
                        "{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"U\",\"1f\",\"00000001\",\"66b2c3d4\",\"da5d0af0\"]}",
                        "{\"id\":5,\"method\":\"mining.submit\",\"params\":[\"U\",\"1f\",\"00000001\",\"66b2c3d4\",\"adc39\"]}");
        miner.line(Transcript.ok(4));
        miner.line(Transcript.error(5, 23, "Low difficulty share"));
        assertThat(board.settled()).containsExactly("", "23 Low difficulty share");
    }

    @Test
    void leavesWhenTheFirstLineIsNotTheSubscribeReply() {
        miner.connected();
        miner.line(Transcript.DIFFICULTY);

        assertThat(board.dropped()).contains("no subscribe reply");
        assertThat(miner.pauseAfterLoss()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void leavesWhenTheSubscribeReplyIsLate() {
        miner.connected();
        board.pass(Duration.ofMillis(1_199));
        assertThat(board.dropped()).isNull();
        board.pass(Duration.ofMillis(1));

        assertThat(board.dropped()).isNotNull();
    }

    @Test
    void aNewDifficultyActsAtOnce() {
        handshake();
        assertThat(board.difficulty()).isEqualTo(0x1p-13);
        miner.line(Transcript.difficulty("0.00048828125"));

        assertThat(board.difficulty()).isEqualTo(0x1p-11);
    }

    @Test
    void suggestsItsLastDifficultyAgainAsCPrintsIt() {
        handshake();
        miner.line(Transcript.difficulty("0.0000152587890625"));
        miner.disconnected();
        board.relink();
        board.sent();
        miner.connected();
        miner.line(Transcript.subscribed(1));
        board.pass(Duration.ofMillis(200));

        assertThat(board.sent())
                .last()
                .isEqualTo("{\"id\":3,\"method\":\"mining.suggest_difficulty\",\"params\":[1.525878906e-05]}");
    }

    @Test
    void keepsQuietLinksAliveWithASuggestion() {
        handshake();
        board.pass(Duration.ofSeconds(1));
        board.sent();
        board.pass(Duration.ofSeconds(36));

        assertThat(board.sent())
                .containsExactly("{\"id\":4,\"method\":\"mining.suggest_difficulty\",\"params\":[0.00015]}");
    }

    @Test
    void leavesAPoolThatSendsNoJobs() {
        miner.connected();
        miner.line(Transcript.subscribed(1));
        board.pass(Duration.ofSeconds(66));
        assertThat(board.dropped()).contains("60 s");

        board.relink();
        handshake();
        board.pass(Duration.ofSeconds(599));
        assertThat(board.dropped()).isNull();
        board.pass(Duration.ofSeconds(12));
        assertThat(board.dropped()).contains("600 s");
    }

    @Test
    void aLineThatIsTooLongForItsMemoryIsDroppedInSilence() {
        handshake();
        String branch = "\"" + "00".repeat(32) + "\",";
        miner.line(Transcript.job("20").replace("[\"be4c", "[" + branch.repeat(50) + "\"be4c"));
        found("20", 1);
        assertThat(board.submittedShares()).isZero();
        miner.line(Transcript.job("21").replace("[\"be4c", "[" + branch.repeat(10) + "\"be4c"));
        found("21", 1);

        assertThat(board.submittedShares()).isEqualTo(1);
        assertThat(board.dropped()).isNull();
    }

    @Test
    void aNullMethodCrashesIt() {
        handshake();
        miner.line("{\"id\":9,\"result\":true,\"error\":null,\"method\":null}");

        assertThat(board.dropped()).contains("crashed");
        assertThat(miner.pauseAfterLoss()).isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void everyNotifyReplacesTheJobCleanOrNot() {
        handshake();
        miner.line(Transcript.job("20").replace(",true]", ",false]"));
        found("1f", 1);
        assertThat(board.submittedShares()).isZero();
        found("20", 1);

        assertThat(board.submittedShares()).isEqualTo(1);
    }

    @Test
    void countsWhatTheLostLinkLeftUnanswered() {
        handshake();
        found("1f", 1);
        found("1f", 2);
        miner.line(Transcript.ok(3));
        miner.disconnected();

        assertThat(board.submittedShares()).isEqualTo(2);
        assertThat(board.settled().size() + board.unansweredShares()).isEqualTo(2);
        assertThat(board.search()).isNull();
    }

    @Test
    void garbageChangesNothing() {
        handshake();
        for (String line : new String[] {
            "",
            "{",
            "[]",
            "null",
            "7",
            "{\"method\":7}",
            "{\"method\":\"mining.notify\"}",
            "{\"method\":\"mining.notify\",\"params\":[1,2,3]}",
            "{\"method\":\"mining.notify\",\"params\":{}}",
            "{\"method\":\"mining.set_difficulty\",\"params\":[\"x\"]}",
            "{\"id\":4}",
            "{\"id\":\"4\",\"result\":true}"
        }) {
            miner.line(line);
        }
        found("1f", 1);

        assertThat(board.dropped()).isNull();
        assertThat(board.submittedShares()).isEqualTo(1);
        assertThat(board.difficulty()).isEqualTo(0x1p-13);
    }
}
