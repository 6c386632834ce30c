package org.motepool.devices.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motepool.devices.Transcript;
import org.motepool.devices.hash.FoundShare;

class BitaxeTest {
    private final FakeBoard board = new FakeBoard(1e12);
    private final Bitaxe miner = new Bitaxe(board, "U", "x");

    private void handshake() {
        miner.connected();
        List.of(
                        Transcript.configured(1),
                        Transcript.subscribed(2),
                        Transcript.ok(3),
                        Transcript.DIFFICULTY,
                        Transcript.JOB,
                        Transcript.ok(4),
                        Transcript.ok(5))
                .forEach(miner::line);
    }

    @Test
    void speaksTheTranscript() {
        miner.connected();
        assertThat(board.sent())
                .containsExactly(
                        "{\"id\":1,\"method\":\"mining.configure\",\"params\":[[\"version-rolling\"],{\"version-rolling.mask\":\"ffffffff\"}]}",
                        "{\"id\":2,\"method\":\"mining.subscribe\",\"params\":[\"bitaxe/BM1370/v2.14.2\"]}",
                        "{\"id\":3,\"method\":\"mining.authorize\",\"params\":[\"U\",\"x\"]}");
        miner.line(Transcript.configured(1));
        miner.line(Transcript.subscribed(2));
        assertThat(board.sent()).isEmpty();
        miner.line(Transcript.ok(3));
        assertThat(board.sent())
                .containsExactly(
                        "{\"id\":4,\"method\":\"mining.suggest_difficulty\",\"params\":[1000]}",
                        "{\"id\":5,\"method\":\"mining.extranonce.subscribe\",\"params\":[]}");
        miner.line(Transcript.DIFFICULTY);
        miner.line(Transcript.JOB);
        miner.line(Transcript.ok(4));
        miner.line(Transcript.ok(5));
        miner.found(new FoundShare("1f", "2a000000", "66b2c3d4", 0x05ce028d, 0x00c0a000));
        miner.line("{\"id\":7,\"method\":\"mining.ping\",\"params\":[]}");
        assertThat(board.sent())
                .containsExactly(
                        "{\"id\":6,\"method\":\"mining.submit\",\"params\":[\"U\",\"1f\",\"2a000000\",\"66b2c3d4\",\"05ce028d\",\"00c0a000\"]}",
                        "{\"id\":7,\"method\":\"pong\",\"params\":[]}");
        miner.line(Transcript.ok(6));
        assertThat(board.settled()).containsExactly("");
    }

    @Test
    void aSmallTwinSuggestsLess() {
        FakeBoard small = new FakeBoard(2e9);
        Bitaxe twin = new Bitaxe(small, "U", "x");
        twin.connected();
        twin.line(Transcript.ok(3));

        assertThat(small.sent()).contains("{\"id\":4,\"method\":\"mining.suggest_difficulty\",\"params\":[2]}");
    }

    @Test
    void aNewDifficultyActsWithTheNextJobAndIsCutToAWholeNumber() {
        handshake();
        assertThat(board.difficulty()).isZero();
        miner.line(Transcript.difficulty("1024"));
        assertThat(board.difficulty()).isZero();
        miner.line(Transcript.job("20"));
        assertThat(board.difficulty()).isEqualTo(1024);
        miner.line(Transcript.difficulty("2.5"));
        miner.line(Transcript.job("21"));

        assertThat(board.difficulty()).isEqualTo(2);
    }

    @Test
    void tellsItsVersionWhenAsked() {
        handshake();
        board.sent();
        miner.line("{\"id\":8,\"method\":\"client.get_version\",\"params\":[]}");

        assertThat(board.sent()).containsExactly("{\"id\": 8, \"result\": \"bitaxe/BM1370/v2.14.2\", \"error\": null}");
    }

    @Test
    void ignoresARepeatedJobId() {
        handshake();
        Object first = board.search();
        miner.line(Transcript.JOB);

        assertThat(board.search()).isSameAs(first);
    }

    @Test
    void aParamThatIsNoStringCrashesIt() {
        handshake();
        miner.line(Transcript.JOB.replace("[\"1f\"", "[31"));

        assertThat(board.dropped()).contains("crashed");
        assertThat(miner.pauseAfterLoss()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void redialsWhenAskedAndWithinFiveSeconds() {
        handshake();
        miner.line("{\"id\":null,\"method\":\"client.reconnect\",\"params\":[]}");
        assertThat(board.dropped()).isNotNull();
        assertThat(miner.pauseAfterLoss()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    @Test
    void countsExtranonce2LittleEndian() {
        assertThat(Extranonce2.littleEndian(42, 4)).isEqualTo("2a000000");
        assertThat(Extranonce2.littleEndian(0x0102, 2)).isEqualTo("0201");
        assertThat(Extranonce2.bigEndian(42, 4)).isEqualTo("0000002a");
        assertThat(Extranonce2.bigEndian(1, 16)).isEqualTo("00000000000000000000000000000001");
    }
}
