package org.motepool.devices.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motepool.devices.Transcript;
import org.motepool.devices.hash.FoundShare;

class BfgminerTest {
    private static final String AUTHORIZED = "{\"id\":\"auth\",\"result\":true,\"error\":null}";
    private final FakeBoard board = new FakeBoard(2e9);
    private final Bfgminer miner = new Bfgminer(board, "U", "x");

    private void handshake() {
        miner.connected();
        List.of(Transcript.subscribed(0), AUTHORIZED, Transcript.difficulty("1024"), Transcript.JOB)
                .forEach(miner::line);
        board.sent();
    }

    @Test
    void speaksTheTranscript() {
        miner.connected();
        assertThat(board.writes())
                .containsExactly(
                        "{\"id\": null, \"method\": \"mining.suggest_target\", \"params\": [\"00000000ffff0000000000000000000000000000000000000000000000000000\"]}\n",
                        "{\"id\": 0, \"method\": \"mining.subscribe\", \"params\": [\"bfgminer/5.5.0\"]}\n");
        miner.line(Transcript.subscribed(0));
        assertThat(board.writes())
                .containsExactly("{\"id\": \"auth\", \"method\": \"mining.authorize\", \"params\": [\"U\", \"x\"]}\n");
        miner.line(AUTHORIZED);
        assertThat(board.writes())
                .containsExactly("{\"id\": \"xnsub\", \"method\": \"mining.extranonce.subscribe\", \"params\": []}\n");
        miner.line(Transcript.DIFFICULTY);
        miner.line(Transcript.JOB);
        assertThat(board.writes())
                .containsExactly(
                        "{\"params\": [\"1f\"], \"id\": \"txlist1f\", \"method\": \"mining.get_transactions\"}\n");
        miner.line("{\"id\":\"txlist1f\",\"result\":null,\"error\":[20,\"Not supported\",null]}");
        miner.found(new FoundShare("1f", "02000000", "66b2c3db", 0x2f01865a, 0));
        assertThat(board.writes())
                .containsExactly(
                        "{\"params\": [\"U\", \"1f\", \"02000000\", \"66b2c3db\", \"2f01865a\"], \"id\": 1, \"method\": \"mining.submit\"}\n");
        miner.line(Transcript.ok(1));
        assertThat(board.settled()).containsExactly("");
    }

    @Test
    void aReplyToItsRequestWithoutAnIdIsTakenForTheSubscribeReply() {
        miner.connected();
        miner.line("{\"id\":null,\"result\":true,\"error\":null}");

        assertThat(board.dropped()).contains("not its reply");
        assertThat(miner.pauseAfterLoss()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void measuresWholeDifficultiesOtherwiseThanFractions() {
        handshake();
        assertThat(board.difficulty()).isEqualTo(1024 * 65_535.0 / 65_536.0);
        miner.line(Transcript.difficulty("1024.5"));
        miner.line(Transcript.job("20"));

        assertThat(board.difficulty()).isEqualTo(1024.5);
    }

    @Test
    void goesWhereItIsTold() {
        handshake();
        miner.line("{\"id\":null,\"method\":\"client.reconnect\",\"params\":[\"pool.example\",3334]}");

        assertThat(board.dropped()).isEqualTo("redials pool.example:3334");
    }

    @Test
    void leavesAPoolAfter120SilentSeconds() {
        handshake();
        board.pass(Duration.ofSeconds(120));
        assertThat(board.dropped()).isNull();
        board.pass(Duration.ofSeconds(6));

        assertThat(board.dropped()).contains("120 s");
    }
}
