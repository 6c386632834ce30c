package org.motepool.devices.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motepool.devices.Transcript;
import org.motepool.devices.hash.FoundShare;

class PiAxeTest {
    private final FakeBoard board = new FakeBoard(1e12);
    private final PiAxe miner = new PiAxe(board, "U", "x");

    private void handshake() {
        miner.connected();
        List.of(Transcript.subscribed(1), Transcript.ok(2), Transcript.difficulty("1024"), Transcript.JOB)
                .forEach(miner::line);
    }

    @Test
    void speaksTheTranscript() {
        miner.connected();
        assertThat(board.writes())
                .containsExactly("{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"PiAxe/0.1\"]}\n");
        miner.line(Transcript.subscribed(1));
        assertThat(board.writes())
                .containsExactly("{\"id\": 2, \"method\": \"mining.authorize\", \"params\": [\"U\", \"x\"]}\n");
        List.of(Transcript.ok(2), Transcript.DIFFICULTY, Transcript.JOB).forEach(miner::line);
        miner.found(new FoundShare("1f", "1b2c3d4e", "66b2c3d4", 0x4c0a1096, 0x00ace000));
        assertThat(board.writes())
                .containsExactly(
                        "{\"id\": 3, \"method\": \"mining.submit\", \"params\": [\"U\", \"1f\", \"1b2c3d4e\", \"66b2c3d4\", \"4c0a1096\", \"00ace000\"]}\n");
        miner.line(Transcript.ok(3));
        assertThat(board.settled()).containsExactly("");
    }

    @Test
    void neverMinesBelowDifficulty256() {
        handshake();
        assertThat(board.difficulty()).isEqualTo(1024);
        miner.line(Transcript.difficulty("1"));

        assertThat(board.difficulty()).isEqualTo(256);
    }

    @Test
    void takesOnlyNotifiesOfNineParamsAndDifficultiesOfOne() {
        handshake();
        Object first = board.search();
        miner.line(Transcript.job("20").replace(",true]", "]"));
        miner.line(Transcript.difficulty("2048,1"));

        assertThat(board.search()).isSameAs(first);
        assertThat(board.difficulty()).isEqualTo(1024);
    }

    @Test
    void needsAPairForNotifyInTheSubscribeReply() {
        miner.connected();
        miner.line("{\"id\":1,\"result\":[[],\"1a2b3c4d\",4],\"error\":null}");

        assertThat(board.dropped()).contains("mining.notify");
    }

    @Test
    void comesBackFiveSecondsAfterARefusedAuthorize() {
        miner.connected();
        miner.line(Transcript.subscribed(1));
        miner.line("{\"id\":2,\"result\":false,\"error\":null}");

        assertThat(board.dropped()).contains("refused");
        assertThat(miner.pauseAfterLoss()).isEqualTo(Duration.ofSeconds(5));
    }
}
