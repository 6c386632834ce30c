package org.motepool.devices.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motepool.devices.Transcript;
import org.motepool.devices.hash.FoundShare;

class NerdQaxeTest {
    private final FakeBoard board = new FakeBoard(1e12);
    private final NerdQaxe miner = new NerdQaxe(board, "U", "x");

    private void handshake() {
        miner.connected();
        List.of(
                        Transcript.subscribed(1),
                        Transcript.configured(2),
                        Transcript.ok(3),
                        Transcript.ok(4),
                        Transcript.ok(5),
                        Transcript.difficulty("512"),
                        Transcript.JOB)
                .forEach(miner::line);
    }

    private void found() {
        miner.found(new FoundShare("1f", "0000002a", "66b2c3d4", 0x7b0a3a13, 0x0006a000));
    }

    @Test
    void speaksTheTranscript() {
        miner.connected();
        assertThat(board.writes())
                .containsExactly(
                        "{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"NerdQAxe++/BM1370/v1.0.36\"]}\n",
                        "{\"id\": 2, \"method\": \"mining.configure\", \"params\": [[\"version-rolling\"], {\"version-rolling.mask\": \"1fffe000\"}]}\n",
                        "{\"id\": 3, \"method\": \"mining.authorize\", \"params\": [\"U\", \"x\"]}\n",
                        "{\"id\": 4, \"method\": \"mining.suggest_difficulty\", \"params\": [1000]}\n",
                        "{\"id\": 5, \"method\": \"mining.extranonce.subscribe\", \"params\": []}\n");
        handshake();
        board.writes();
        found();
        assertThat(board.writes())
                .containsExactly(
                        "{\"id\": 6, \"method\": \"mining.submit\", \"params\": [\"U\", \"1f\", \"0000002a\", \"66b2c3d4\", \"7b0a3a13\", \"0006a000\"]}\n");
        miner.line(Transcript.ok(6));
        assertThat(board.settled()).containsExactly("");
    }

    @Test
    void readsDifficultiesAsAUint32ThatActsWithTheNextNotify() {
        handshake();
        assertThat(board.difficulty()).isEqualTo(512);
        miner.line(Transcript.difficulty("0.5"));
        assertThat(board.difficulty()).isEqualTo(512);
        miner.line(Transcript.job("20"));
        assertThat(board.difficulty()).isZero();
        miner.line(Transcript.difficulty("1099511627776"));
        miner.line(Transcript.job("21"));

        assertThat(board.difficulty()).isEqualTo(4_294_967_295.0);
    }

    @Test
    void aLineThatIsNoJsonEndsTheLink() {
        handshake();
        miner.line("oops");

        assertThat(board.dropped()).contains("no JSON");
        assertThat(miner.pauseAfterLoss()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aLineLongerThanItsBufferEndsTheLink() {
        handshake();
        miner.line("{\"id\":null,\"method\":\"x\",\"params\":[\"" + "0".repeat(16_384) + "\"]}");

        assertThat(board.dropped()).contains("buffer");
    }

    @Test
    void onlyLogsAReconnect() {
        handshake();
        miner.line("{\"id\":null,\"method\":\"client.reconnect\",\"params\":[]}");

        assertThat(board.dropped()).isNull();
    }

    @Test
    void restartsAfterAnHourWithoutShareReplies() {
        handshake();
        board.pass(Duration.ofMinutes(59));
        assertThat(board.dropped()).isNull();
        board.pass(Duration.ofMinutes(2));

        assertThat(board.dropped()).contains("an hour");
    }
}
