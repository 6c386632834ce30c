package org.motepool.devices.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motepool.devices.Transcript;
import org.motepool.devices.hash.FoundShare;

class CpuminerOptTest {
    private final FakeBoard board = new FakeBoard(10e6);
    private final CpuminerOpt miner = new CpuminerOpt(board, "U", "x");

    private void handshake() {
        miner.connected();
        List.of(
                        Transcript.subscribed(1),
                        Transcript.ok(2),
                        Transcript.ok(3),
                        Transcript.difficulty("0.125"),
                        Transcript.JOB)
                .forEach(miner::line);
        board.sent();
    }

    @Test
    void speaksTheTranscript() {
        miner.connected();
        assertThat(board.writes())
                .containsExactly(
                        "{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"cpuminer-opt-26.1-x64L\"]}\n");
        miner.line(Transcript.subscribed(1));
        assertThat(board.writes())
                .containsExactly("{\"id\": 2, \"method\": \"mining.authorize\", \"params\": [\"U\", \"x\"]}\n");
        miner.line(Transcript.ok(2));
        assertThat(board.writes())
                .containsExactly("{\"id\": 3, \"method\": \"mining.extranonce.subscribe\", \"params\": []}\n");
        List.of(Transcript.ok(3), Transcript.DIFFICULTY, Transcript.JOB).forEach(miner::line);
        miner.found(new FoundShare("1f", "01000000", "66b2c3d4", 0x5555ebc3, 0));
        assertThat(board.writes())
                .containsExactly(
                        "{\"method\": \"mining.submit\", \"params\": [\"U\", \"1f\", \"01000000\", \"66b2c3d4\", \"5555ebc3\"], \"id\":4}\n");
        miner.line(Transcript.ok(4));
        assertThat(board.settled()).containsExactly("");
    }

    @Test
    void asksForHalfTheDifficultyAfter150SecondsWithoutAShareAndForANewLinkAfter240() {
        handshake();
        for (int minute = 0; minute < 2; minute++) {
            board.pass(Duration.ofSeconds(75));
            miner.line(Transcript.job("2" + minute));
        }
        assertThat(board.sent()).isEmpty();
        board.pass(Duration.ofSeconds(3));
        assertThat(board.sent())
                .containsExactly("{\"id\": 1, \"method\": \"mining.suggest_difficulty\", \"params\": [\"0.062500\"]}");
        board.pass(Duration.ofSeconds(86));
        assertThat(board.dropped()).isNull();
        board.pass(Duration.ofSeconds(3));

        assertThat(board.dropped()).contains("240 s");
    }

    @Test
    void anUnknownNotificationWhileAuthorizingIsTakenAsARefusal() {
        miner.connected();
        miner.line(Transcript.subscribed(1));
        miner.line("{\"id\":7,\"method\":\"mining.ping\",\"params\":[]}");
        miner.line("{\"id\":null,\"method\":\"mining.set_extranonce\",\"params\":[\"1a2b3c4e\",4]}");
        assertThat(board.dropped()).isNull();
        assertThat(board.sent()).last().isEqualTo("{\"id\": 7, \"result\": \"pong\", \"error\": null}");
        miner.line("{\"id\":null,\"method\":\"mining.set_version_mask\",\"params\":[\"1fffe000\"]}");

        assertThat(board.dropped()).contains("authentication failed");
        assertThat(miner.pauseAfterLoss()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aDifficultyBeforeTheSubscribeReplyIsLost() {
        miner.connected();
        miner.line(Transcript.DIFFICULTY);
        miner.line(Transcript.subscribed(1));
        miner.line(Transcript.JOB);

        assertThat(board.difficulty()).isEqualTo(1);
    }

    @Test
    void leavesASilentPoolAfterFiveMinutesUnlessItHasGoneBefore() {
        handshake();
        board.pass(Duration.ofSeconds(100));
        miner.found(new FoundShare("1f", "01000000", "66b2c3d4", 1, 0));
        board.pass(Duration.ofSeconds(199));
        assertThat(board.dropped()).isNull();
        board.pass(Duration.ofSeconds(3));

        assertThat(board.dropped()).contains("300 s");
    }
}
