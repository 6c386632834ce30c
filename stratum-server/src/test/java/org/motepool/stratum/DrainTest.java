package org.motepool.stratum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motepool.core.time.FakeClock;

/** A planned stop. */
class DrainTest {
    private static final String RECONNECT = "{\"id\":null,\"method\":\"client.reconnect\",\"params\":[]}";
    private static final String SHARE = "{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"" + ServerFixture.USER
            + "\",\"1f\",\"00000001\",\"66b2c3d4\",\"%s\"]}\n";

    private static void later(EmbeddedDesk desk, int seconds) {
        desk.clock.advance(Duration.ofSeconds(seconds));
        desk.loop.tick();
        desk.run();
    }

    @Test
    void asksADeviceToReconnectAndClosesItSoonAfter() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.logIn("NerdMinerV2/V1.8.3");
            desk.loop.drain(Duration.ofSeconds(60));
            later(desk, 59);
            desk.send(SHARE.formatted("da5d0af0"));
            desk.run();
            assertThat(desk.lines())
                    .as("its work counts to the end")
                    .containsExactly("{\"id\":4,\"result\":true,\"error\":null}");
            later(desk, 1);
            assertThat(desk.lines()).containsExactly(RECONNECT);
            desk.send(SHARE.formatted("adc39"));
            desk.run();
            assertThat(desk.lines()).containsExactly("{\"id\":4,\"result\":true,\"error\":null}");
            later(desk, 5);
            assertThat(desk.channel.isOpen()).isFalse();
            assertThat(desk.metric("mote_stratum_connections_closed_total", "reason", "drained"))
                    .isEqualTo(1);
        }
    }

    @Test
    void answersWhatIsBeingForcedBeforeItCloses() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.logIn("cpuminer/2.5.1");
            desk.log.mode(FakeShareLog.Mode.HOLD);
            desk.send(SHARE.formatted("da5d0af0"));
            desk.run();
            desk.loop.drain(Duration.ZERO);
            later(desk, 0);
            later(desk, 5);
            assertThat(desk.channel.isOpen()).isTrue();
            desk.log.release(0, true);
            desk.run();
            assertThat(desk.lines()).containsExactly(RECONNECT, "{\"id\":4,\"result\":true,\"error\":null}");
            later(desk, 1);
            assertThat(desk.channel.isOpen()).isFalse();
        }
    }

    @Test
    void tellsNothingToWhoHasNotLoggedIn() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.send("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}\n");
            assertThat(desk.lines()).hasSize(1);
            desk.loop.drain(Duration.ZERO);
            later(desk, 0);
            assertThat(desk.lines()).isEmpty();
            later(desk, 5);
            assertThat(desk.channel.isOpen()).isFalse();
        }
    }

    @Test
    void sendsManyAwayInWavesAndTakesNobodyNew() throws Exception {
        FakeClock clock = new FakeClock(ServerFixture.SECOND);
        FakeChain chain = ServerFixture.chain();
        List<Miner> miners = new ArrayList<>();
        try (StratumServer server = StratumServer.start(
                ServerFixture.settings(),
                ServerFixture.parts(chain, new FakeShareLog(), clock),
                ServerFixture.recordedWork())) {
            for (int i = 0; i < 20; i++) {
                Miner miner = new Miner(server.port());
                miners.add(miner);
                miner.logIn("cpuminer/2.5.1");
            }
            assertThat(server.isDraining()).isFalse();
            server.drain(Duration.ofSeconds(60));
            assertThat(server.isDraining()).isTrue();
            assertThatThrownBy(() -> new Miner(server.port())).isInstanceOf(IOException.class);
            clock.advance(Duration.ofSeconds(35));
            awaitOpen(server, 10);
            clock.advance(Duration.ofSeconds(25));
            awaitOpen(server, 2);
            String line = miners.getLast().line();
            // A minute has passed: a notify was due as well.
            while (line.contains("mining.notify")) {
                line = miners.getLast().line();
            }
            assertThat(line).isEqualTo(RECONNECT);
            clock.advance(Duration.ofSeconds(5));
            awaitOpen(server, 0);
        } finally {
            for (Miner miner : miners) {
                miner.close();
            }
        }
    }

    /** Within 10 s: the loops look once a second. */
    private static void awaitOpen(StratumServer server, int connections) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (server.snapshot().connections() > connections && System.nanoTime() < deadline) {
            Thread.onSpinWait();
            Thread.yield();
        }
        assertThat(server.snapshot().connections()).isEqualTo(connections);
    }
}
