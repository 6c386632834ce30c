package org.motepool.devices.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.motepool.devices.Transcript;
import org.motepool.devices.hash.FoundShare;

class MinerdTest {
    private final FakeBoard board = new FakeBoard(10e6);
    private final Minerd miner = new Minerd(board, "U", "x");

    private void handshake() {
        miner.connected();
        miner.line(Transcript.subscribed(1));
        miner.line(Transcript.ok(2));
        miner.line(Transcript.DIFFICULTY);
        miner.line(Transcript.JOB);
        board.sent();
    }

    @Test
    void speaksTheTranscript() {
        miner.connected();
        assertThat(board.sent())
                .containsExactly("{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"cpuminer/2.5.1\"]}");
        miner.line(Transcript.subscribed(1));
        assertThat(board.sent())
                .containsExactly("{\"id\": 2, \"method\": \"mining.authorize\", \"params\": [\"U\", \"x\"]}");
        miner.line(Transcript.ok(2));
        miner.line(Transcript.DIFFICULTY);
        miner.line(Transcript.JOB);
        miner.found(new FoundShare("1f", "00000000", "66b2c3d4", 0x0000c6b1, 0));
        miner.found(new FoundShare("1f", "01000000", "66b2c3d4", 0x5555ebc3, 0));
        assertThat(board.sent())
                .containsExactly(
                        "{\"method\": \"mining.submit\", \"params\": [\"U\", \"1f\", \"00000000\", \"66b2c3d4\", \"0000c6b1\"], \"id\":4}",
                        "{\"method\": \"mining.submit\", \"params\": [\"U\", \"1f\", \"01000000\", \"66b2c3d4\", \"5555ebc3\"], \"id\":4}");
        miner.line(Transcript.ok(4));
        miner.line(Transcript.error(4, 22, "Duplicate share"));
        assertThat(board.settled()).containsExactly("", "22 Duplicate share");
    }

    @Test
    void subscribesOnceMoreWhenTheFirstLineIsNotTheReply() {
        miner.connected();
        board.sent();
        miner.line(Transcript.DIFFICULTY);
        assertThat(board.sent()).containsExactly("{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": []}");
        miner.line(Transcript.DIFFICULTY);

        assertThat(board.dropped()).isNotNull();
        assertThat(miner.pauseAfterLoss()).isEqualTo(Duration.ofSeconds(30));
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
    void anUnknownNotificationWhileAuthorizingIsTakenAsARefusal() {
        miner.connected();
        miner.line(Transcript.subscribed(1));
        miner.line(Transcript.DIFFICULTY);
        miner.line("{\"id\":null,\"method\":\"mining.set_version_mask\",\"params\":[\"1fffe000\"]}");

        assertThat(board.dropped()).contains("authentication failed");
        assertThat(miner.pauseAfterLoss()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aNewDifficultyActsWithTheNextNotifyAndZeroIsRefused() {
        handshake();
        miner.line(Transcript.difficulty("0.5"));
        assertThat(board.difficulty()).isEqualTo(0x1p-13);
        miner.line(Transcript.job("20"));
        assertThat(board.difficulty()).isEqualTo(0.5);
        miner.line(Transcript.difficulty("0"));
        miner.line(Transcript.job("21"));

        assertThat(board.difficulty()).isEqualTo(0.5);
    }

    @Test
    void aNotifyWithAFieldOfWrongWidthIsIgnored() {
        handshake();
        Object first = board.search();
        miner.line(Transcript.job("20").replace("\"20000000\"", "\"2000000\""));
        miner.line(Transcript.job("21").replace("\"be4ceb", "\"be4c"));

        assertThat(board.search()).isSameAs(first);
    }

    @Test
    void aBlankLineLosesTheLineBehindIt() {
        handshake();
        Object first = board.search();
        miner.line("");
        miner.line(Transcript.job("20"));
        assertThat(board.search()).isSameAs(first);
        miner.line(Transcript.job("21"));

        assertThat(board.search()).isNotSameAs(first);
    }

    @Test
    void namesItsOldSessionAfterALostLink() {
        handshake();
        miner.disconnected();
        assertThat(miner.pauseAfterLoss()).isLessThan(Duration.ofSeconds(1));
        board.relink();
        miner.connected();

        assertThat(board.sent())
                .containsExactly(
                        "{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"cpuminer/2.5.1\", \"s1\"]}");
    }

    @Test
    void leavesASilentPool() {
        handshake();
        board.pass(Duration.ofSeconds(119));
        assertThat(board.dropped()).isNull();
        board.pass(Duration.ofSeconds(12));

        assertThat(board.dropped()).contains("120 s");
    }

    @Test
    void printsNumbersAsC() {
        assertThat(CNumber.general(0.00015, 10)).isEqualTo("0.00015");
        assertThat(CNumber.general(0x1p-13, 10)).isEqualTo("0.0001220703125");
        assertThat(CNumber.general(0x1p-16, 10)).isEqualTo("1.525878906e-05");
        assertThat(CNumber.general(1e-5, 10)).isEqualTo("1e-05");
        assertThat(CNumber.general(1, 10)).isEqualTo("1");
        assertThat(CNumber.general(1024, 10)).isEqualTo("1024");
        assertThat(CNumber.general(1e10, 10)).isEqualTo("1e+10");
    }

    @Test
    void goesWhereItIsToldButKnowsNoReconnectWithoutAPlace() {
        handshake();
        miner.line("{\"id\":null,\"method\":\"client.reconnect\",\"params\":[]}");
        assertThat(board.dropped()).isNull();
        miner.line("{\"id\":null,\"method\":\"client.reconnect\",\"params\":[\"pool.example\",\"3334\"]}");

        assertThat(board.dropped()).isEqualTo("redials pool.example:3334");
    }

    @Test
    void takesAnyReplyWithAnIdForThatOfItsOldestShare() {
        handshake();
        miner.found(new FoundShare("1f", "00000000", "66b2c3d4", 0x0000c6b1, 0));
        miner.line(Transcript.ok(77));

        assertThat(board.settled()).containsExactly("");
    }
}
