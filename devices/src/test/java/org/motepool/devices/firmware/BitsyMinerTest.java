package org.motepool.devices.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motepool.devices.Transcript;
import org.motepool.devices.hash.FoundShare;

class BitsyMinerTest {
    private final FakeBoard board = new FakeBoard(700e3);
    private final BitsyMiner miner = new BitsyMiner(board, "U", "x");

    private void handshake() {
        miner.connected();
        miner.line(Transcript.subscribed(1));
        List.of(Transcript.ok(2), Transcript.DIFFICULTY, Transcript.JOB).forEach(miner::line);
    }

    private void found(String jobId) {
        miner.found(new FoundShare(jobId, "7C00E1D2", "66b2c3d4", 0x8b288aa4, 0));
    }

    @Test
    void speaksTheTranscript() {
        miner.connected();
        assertThat(board.writes())
                .containsExactly("{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"QMiner/1.1.0\"]}\n");
        miner.line(Transcript.subscribed(1));
        assertThat(board.writes())
                .containsExactly("{\"id\": 2, \"method\": \"mining.authorize\", \"params\": [\"U\", \"x\"]}\n");
        List.of(Transcript.ok(2), Transcript.DIFFICULTY, Transcript.JOB).forEach(miner::line);
        assertThat(board.difficulty()).isEqualTo(0x1p-13);
        found("1f");
        assertThat(board.writes())
                .containsExactly(
                        "{\"id\": 3, \"method\": \"mining.submit\", \"params\": [\"U\", \"1f\", \"7C00E1D2\", \"66b2c3d4\", \"8b288aa4\", \"00000000\"]}\n");
        miner.line(Transcript.ok(3));
        board.pass(Duration.ofSeconds(126));
        assertThat(board.writes())
                .containsExactly("{\"id\": 4, \"method\": \"mining.suggest_difficulty\", \"params\": [0.0014]}\n");
        assertThat(board.settled()).containsExactly("");
    }

    @Test
    void throwsTheFirstLineAfterAuthorizeAwayWhateverItIs() {
        miner.connected();
        miner.line(Transcript.subscribed(1));
        miner.line(Transcript.JOB);
        miner.line(Transcript.ok(2));
        assertThat(board.search()).isNull();
        miner.line(Transcript.job("20"));

        assertThat(board.search()).isNotNull();
    }

    @Test
    void leavesForTenSecondsWhenTheFirstLineIsNotTheSubscribeReply() {
        miner.connected();
        miner.line(Transcript.DIFFICULTY);

        assertThat(board.dropped()).contains("no subscribe reply");
        assertThat(miner.pauseAfterLoss()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void waitsThreeSecondsForTheSubscribeReply() {
        miner.connected();
        board.pass(Duration.ofMillis(2_999));
        assertThat(board.dropped()).isNull();
        board.pass(Duration.ofMillis(1));

        assertThat(board.dropped()).contains("no subscribe reply");
    }

    @Test
    void refusesAnEmptyPasswordItself() {
        new BitsyMiner(board, "U", "").connected();

        assertThat(board.sent()).isEmpty();
        assertThat(board.dropped()).contains("password");
    }

    @Test
    void aNewDifficultyActsAtOnceAndIsADouble() {
        handshake();
        miner.line(Transcript.difficulty("0.00048828125"));

        assertThat(board.difficulty()).isEqualTo(0x1p-11);
    }

    @Test
    void everyNotifyReplacesTheJobWithAnotherExtranonce2() {
        handshake();
        Object first = board.search();
        miner.line(Transcript.job("20").replace(",true]", ",false]"));
        assertThat(board.search()).isNotSameAs(first);
        found("1f");

        assertThat(board.submittedShares()).isZero();
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
    void aLineThatIsTooLongForItsMemoryIsDropped() {
        handshake();
        Object first = board.search();
        String branch = "\"" + "00".repeat(32) + "\",";
        miner.line(Transcript.job("20").replace("[\"be4c", "[" + branch.repeat(50) + "\"be4c"));

        assertThat(board.search()).isSameAs(first);
    }
}
