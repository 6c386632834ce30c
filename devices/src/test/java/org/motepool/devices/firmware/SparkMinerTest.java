package org.motepool.devices.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motepool.devices.Transcript;
import org.motepool.devices.hash.FoundShare;

class SparkMinerTest {
    private final FakeBoard board = new FakeBoard(600e3);
    private final SparkMiner miner = new SparkMiner(board, "U", "x");

    private void handshake() {
        miner.connected();
        List.of(Transcript.subscribed(1), Transcript.ok(2), Transcript.ok(3), Transcript.DIFFICULTY, Transcript.JOB)
                .forEach(miner::line);
    }

    @Test
    void speaksTheTranscript() {
        miner.connected();
        assertThat(board.writes())
                .containsExactly("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"SparkMiner/dev\"]}\n");
        miner.line(Transcript.subscribed(1));
        assertThat(board.writes())
                .containsExactly(
                        "{\"id\":2,\"method\":\"mining.suggest_difficulty\",\"params\":[0.0014]}\n",
                        "{\"id\":3,\"method\":\"mining.authorize\",\"params\":[\"U\",\"x\"]}\n");
        List.of(Transcript.ok(2), Transcript.ok(3), Transcript.DIFFICULTY, Transcript.JOB)
                .forEach(miner::line);
        miner.found(new FoundShare("1f", "9E3779B9", "66b2c3d4", 0x41d0deb1, 0));
        assertThat(board.writes())
                .containsExactly(
                        "{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"U\",\"1f\",\"9E3779B9\",\"66b2c3d4\",\"41d0deb1\"]}\n");
        miner.line(Transcript.ok(4));
        assertThat(board.settled()).containsExactly("");
    }

    @Test
    void aNotifyBeforeTheAuthorizeReplyIsThrownAwayAndADifficultyKept() {
        miner.connected();
        miner.line(Transcript.subscribed(1));
        miner.line(Transcript.DIFFICULTY);
        miner.line(Transcript.JOB);
        miner.line(Transcript.ok(3));
        assertThat(board.search()).isNull();
        assertThat(board.difficulty()).isEqualTo(0x1p-13);
        miner.line(Transcript.job("20"));

        assertThat(board.search()).isNotNull();
    }

    @Test
    void leavesForTenSecondsUnlessAuthorizeIsAnsweredWithTrueAndNoError() {
        for (String reply : List.of(
                Transcript.error(3, 24, "Unauthorized worker"),
                "{\"id\":3,\"result\":false,\"error\":null}",
                "{\"id\":3,\"result\":true,\"error\":[]}")) {
            board.relink();
            miner.connected();
            miner.line(Transcript.subscribed(1));
            assertThat(board.dropped()).isNull();
            miner.line(reply);

            assertThat(board.dropped()).as(reply).contains("authorize");
        }
        assertThat(miner.pauseAfterLoss()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void knowsRepliesByNumbersOnly() {
        miner.connected();
        miner.line(Transcript.subscribed(1).replace("\"id\":1", "\"id\":\"1\""));
        board.sent();
        miner.line(Transcript.subscribed(1));

        assertThat(board.sent()).hasSize(2);
    }

    @Test
    void keepsQuietLinksAliveWithASuggestionAfter120Seconds() {
        handshake();
        board.sent();
        board.pass(Duration.ofSeconds(126));

        assertThat(board.sent())
                .containsExactly("{\"id\":4,\"method\":\"mining.suggest_difficulty\",\"params\":[0.0014]}");
    }

    @Test
    void leavesAPoolWithoutANotifyFor700Seconds() {
        handshake();
        board.pass(Duration.ofSeconds(700));
        assertThat(board.dropped()).isNull();
        board.pass(Duration.ofSeconds(6));

        assertThat(board.dropped()).contains("700 s");
    }

    @Test
    void aJobIdIsCutAt15Characters() {
        handshake();
        miner.line(Transcript.job("0123456789abcdef"));
        miner.found(new FoundShare("0123456789abcde", "9E3779B9", "66b2c3d4", 1, 0));

        assertThat(board.sent()).last().asString().contains("\"0123456789abcde\"");
    }
}
