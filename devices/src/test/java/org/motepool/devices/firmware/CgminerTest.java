package org.motepool.devices.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motepool.devices.Transcript;
import org.motepool.devices.hash.FoundShare;

class CgminerTest {
    private final FakeBoard board = new FakeBoard(300e9);
    private final Cgminer miner = new Cgminer(board, "U", "x");

    private void handshake() {
        miner.connected();
        List.of(
                        Transcript.configured(0),
                        Transcript.subscribed(1),
                        Transcript.ok(2),
                        Transcript.difficulty("1024"),
                        Transcript.JOB)
                .forEach(miner::line);
        board.sent();
    }

    private void found(String extranonce2, String ntime, int nonce, int bits) {
        miner.found(new FoundShare("1f", extranonce2, ntime, nonce, bits));
    }

    @Test
    void speaksTheTranscript() {
        miner.connected();
        assertThat(board.writes())
                .containsExactly(
                        "{\"id\": 0, \"method\": \"mining.configure\", \"params\": [[\"version-rolling\"], {\"version-rolling.mask\": \"ffffffff\"}]}\n");
        miner.line(Transcript.configured(0));
        assertThat(board.writes())
                .containsExactly("{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"cgminer/4.11.1\"]}\n");
        miner.line(Transcript.subscribed(1));
        assertThat(board.writes())
                .containsExactly("{\"id\": 2, \"method\": \"mining.authorize\", \"params\": [\"U\", \"x\"]}\n");
        List.of(Transcript.ok(2), Transcript.DIFFICULTY, Transcript.JOB).forEach(miner::line);
        found("02000000", "66b2c3d4", 0x1f059ee6, 0x1fffe000);
        found("03000000", "66b2c3db", 0x2f01865a, 0);
        assertThat(board.writes())
                .containsExactly(
                        "{\"params\": [\"U\", \"1f\", \"02000000\", \"66b2c3d4\", \"1f059ee6\", \"1fffe000\"], \"id\": 3, \"method\": \"mining.submit\"}\n",
                        "{\"params\": [\"U\", \"1f\", \"03000000\", \"66b2c3db\", \"2f01865a\", \"00000000\"], \"id\": 4, \"method\": \"mining.submit\"}\n");
        miner.line(Transcript.ok(3));
        miner.line(Transcript.ok(4));
        assertThat(board.settled()).containsExactly("", "");
    }

    @Test
    void cannotConnectWithoutVersionRollingAndAMask() {
        for (String reply : List.of(
                "{\"id\":0,\"result\":{\"version-rolling\":false},\"error\":null}",
                "{\"id\":0,\"result\":{\"version-rolling\":true,\"version-rolling.mask\":\"00000000\"},\"error\":null}",
                Transcript.error(0, 20, "Not supported"),
                Transcript.DIFFICULTY)) {
            board.relink();
            miner.connected();
            miner.line(reply);

            assertThat(board.dropped()).as(reply).contains("version rolling");
        }
        assertThat(miner.pauseAfterLoss()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void theLineAfterSubscribeMustBeItsReply() {
        miner.connected();
        miner.line(Transcript.configured(0));
        miner.line(Transcript.DIFFICULTY);

        assertThat(board.dropped()).contains("not its reply");
    }

    @Test
    void twoDifficultiesBeforeOneNotifyAreQueued() {
        handshake();
        miner.line(Transcript.difficulty("2048"));
        miner.line(Transcript.difficulty("4096"));
        assertThat(board.difficulty()).isEqualTo(1024);
        miner.line(Transcript.job("20"));
        assertThat(board.difficulty()).isEqualTo(2048);
        miner.line(Transcript.job("21"));

        assertThat(board.difficulty()).isEqualTo(4096);
    }

    @Test
    void namesItsOldSessionAndSendsItsUnansweredSharesAgainWhenTheExtranonce1IsTheSame() {
        handshake();
        found("02000000", "66b2c3d4", 1, 0);
        miner.disconnected();
        board.relink();
        miner.connected();
        miner.line(Transcript.configured(0));
        assertThat(board.sent())
                .contains("{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"cgminer/4.11.1\", \"s1\"]}");
        miner.line(Transcript.subscribed(1));
        miner.line(Transcript.ok(2));
        assertThat(board.sent()).last().asString().contains("\"id\": 3, \"method\": \"mining.submit\"");
        miner.disconnected();
        board.relink();
        miner.connected();
        miner.line(Transcript.configured(0));
        miner.line(Transcript.subscribed(1).replace(Transcript.EXTRANONCE1, "1a2b3c4e"));
        miner.line(Transcript.ok(2));

        assertThat(board.sent()).noneMatch(line -> line.contains("mining.submit"));
    }

    @Test
    void leavesAPoolAfter90SilentSeconds() {
        handshake();
        board.pass(Duration.ofSeconds(90));
        assertThat(board.dropped()).isNull();
        board.pass(Duration.ofSeconds(6));

        assertThat(board.dropped()).contains("90 s");
    }

    @Test
    void submitsNothingWithAnExtranonce2OfMoreThanEightBytes() {
        miner.connected();
        miner.line(Transcript.configured(0));
        miner.line(Transcript.subscribed(1).replace(",4]", ",9]"));
        miner.line(Transcript.ok(2));
        miner.line(Transcript.JOB);
        found("020000000000000000", "66b2c3d4", 1, 0);

        assertThat(board.submittedShares()).isZero();
        assertThat(board.search()).isNotNull();
    }

    @Test
    void answersAPingAndAQuestionForItsVersion() {
        handshake();
        miner.line("{\"id\":9,\"method\":\"mining.ping\",\"params\":[]}");
        miner.line("{\"id\":10,\"method\":\"client.get_version\",\"params\":[]}");

        assertThat(board.sent())
                .containsExactly(
                        "{\"id\": 9, \"result\": \"pong\", \"error\": null}",
                        "{\"id\": 10, \"result\": \"cgminer/4.11.1\", \"error\": null}");
    }

    @Test
    void aSmallStickSuggestsADifficultyOfItsOwn() {
        FakeBoard small = new FakeBoard(2e9);
        Cgminer stick = new Cgminer(small, "U", "x");
        stick.connected();
        List.of(Transcript.configured(0), Transcript.subscribed(1), Transcript.ok(2))
                .forEach(stick::line);

        assertThat(small.sent())
                .last()
                .isEqualTo("{\"id\": 3, \"method\": \"mining.suggest_difficulty\", \"params\": [2]}");
    }
}
