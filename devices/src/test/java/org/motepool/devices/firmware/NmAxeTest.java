package org.motepool.devices.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motepool.devices.Transcript;
import org.motepool.devices.hash.FoundShare;

class NmAxeTest {
    private final FakeBoard board = new FakeBoard(1e12);
    private final NmAxe miner = new NmAxe(board, "U", "x");

    private void handshake() {
        miner.connected();
        miner.received(Transcript.subscribed(1) + "\n");
        board.pass(Duration.ofMillis(300));
        List.of(Transcript.ok(2), Transcript.DIFFICULTY, Transcript.JOB, Transcript.configured(3), Transcript.ok(4))
                .forEach(line -> miner.received(line + "\n"));
        board.sent();
    }

    private void found(int nonce) {
        miner.found(new FoundShare("1f", "00000001", "66b2c3d4", nonce, 0x00014000));
    }

    @Test
    void speaksTheTranscript() {
        miner.connected();
        assertThat(board.writes())
                .containsExactly("{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"NMAxe/v2.0\"]}\n");
        miner.line(Transcript.subscribed(1));
        for (String line : List.of(
                "{\"id\": 2, \"method\": \"mining.authorize\", \"params\": [\"U\", \"x\"]}\n",
                "{\"id\": 3, \"method\": \"mining.configure\", \"params\": [[\"version-rolling\"], {\"version-rolling.mask\": \"ffffffff\"}]}\n",
                "{\"id\": 4, \"method\": \"mining.suggest_difficulty\", \"params\": [32.0000]}\n")) {
            board.pass(Duration.ofMillis(99));
            assertThat(board.writes()).isEmpty();
            board.pass(Duration.ofMillis(1));
            assertThat(board.writes()).containsExactly(line);
        }
        handshake();
        found(0x300634f1);
        assertThat(board.writes())
                .last()
                .isEqualTo(
                        "{\"id\": 5, \"method\": \"mining.submit\", \"params\": [\"U\", \"1f\", \"00000001\", \"66b2c3d4\", \"300634f1\", \"00014000\"]}\n");
        miner.line(Transcript.ok(5));
        assertThat(board.settled()).containsExactly("");
    }

    @Test
    void aPauseInsideTheSubscribeReplyCutsIt() {
        miner.connected();
        miner.received(Transcript.subscribed(1).substring(0, 30));
        board.pass(Duration.ofMillis(101));

        assertThat(board.dropped()).contains("no subscribe reply");
    }

    @Test
    void aPauseOfASecondInsideALaterLineCutsItInTwo() {
        handshake();
        Object first = board.search();
        String job = Transcript.job("20");
        miner.received(job.substring(0, 100));
        board.pass(Duration.ofMillis(900));
        miner.received(job.substring(100) + "\n");
        assertThat(board.search()).isNotSameAs(first);
        Object second = board.search();
        job = Transcript.job("21");
        miner.received(job.substring(0, 100));
        board.pass(Duration.ofMillis(1_100));
        miner.received(job.substring(100) + "\n");

        assertThat(board.search()).isSameAs(second);
    }

    @Test
    void waitsForEachReplyButNotLongerThan20Seconds() {
        handshake();
        found(1);
        found(2);
        found(3);
        assertThat(board.submittedShares()).isEqualTo(1);
        miner.line(Transcript.ok(5));
        assertThat(board.submittedShares()).isEqualTo(2);
        board.pass(Duration.ofSeconds(20));

        assertThat(board.submittedShares()).isEqualTo(3);
    }

    @Test
    void aLineOf4096CharactersIsThrownAway() {
        handshake();
        Object first = board.search();
        String branch = "\"" + "00".repeat(32) + "\",";
        miner.line(Transcript.job("20").replace("[\"be4c", "[" + branch.repeat(60) + "\"be4c"));

        assertThat(board.search()).isSameAs(first);
    }

    @Test
    void suggestsAgainAfter120QuietSecondsUntilThatIsRefused() {
        handshake();
        miner.line(Transcript.ok(9));
        board.pass(Duration.ofSeconds(126));
        assertThat(board.sent())
                .containsExactly("{\"id\": 4, \"method\": \"mining.suggest_difficulty\", \"params\": [32.0000]}");
        miner.line(Transcript.error(4, 20, "Not supported"));
        board.pass(Duration.ofSeconds(126));

        assertThat(board.sent()).isEmpty();
    }

    @Test
    void leavesASilentPool() {
        handshake();
        board.pass(Duration.ofSeconds(306));

        assertThat(board.dropped()).contains("300 s");
    }
}
