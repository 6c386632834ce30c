package org.motepool.stratum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.motepool.chain.Chain;
import org.motepool.core.account.Scheme;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.Sha256;
import org.motepool.core.time.FakeClock;
import org.motepool.core.work.Level;
import org.motepool.core.work.Nbits;
import org.motepool.stratum.found.BlockListener;
import org.motepool.stratum.found.BlockOutcome;
import org.motepool.stratum.found.FoundBlock;
import org.motepool.stratum.guard.StratumLimits;
import org.motepool.validator.hash.ScalarShareHasher;

/** The whole server on real sockets. */
class StratumServerTest {
    private static final int CROWD = 2000;

    private final FakeShareLog log = new FakeShareLog();
    private final FakeChain chain = ServerFixture.chain();
    private final FakeClock clock = new FakeClock(ServerFixture.SECOND);

    private StratumServer start() throws Exception {
        return StratumServer.start(
                ServerFixture.settings(), ServerFixture.parts(chain, log, clock), ServerFixture.recordedWork());
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    /** The first connection has the recorded extranonce1, so its recorded share is good. */
    private static void assertMines(Miner good, String nonce) throws IOException {
        assertThat(good.submit("1f", "00000001", nonce)).contains("\"result\":true");
    }

    @Test
    void namesHostAndPortWhenThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StratumSettings base = ServerFixture.settings();
            StratumSettings busy = new StratumSettings(
                    List.of(ListenerSettings.main("127.0.0.1", taken.getLocalPort(), Scheme.PPLNS)),
                    Optional.empty(),
                    List.of(),
                    base.network(),
                    base.payeeScript(),
                    base.poolTag(),
                    base.feeBasisPoints(),
                    base.shareInterval(),
                    base.fixedLevel(),
                    base.nodeId(),
                    base.eventLoops(),
                    base.limits());
            assertThatThrownBy(() -> StratumServer.start(busy, ServerFixture.parts(chain, log, clock))
                            .close())
                    .isInstanceOfSatisfying(StratumBindException.class, e -> {
                        assertThat(e.host()).isEqualTo("127.0.0.1");
                        assertThat(e.port()).isEqualTo(taken.getLocalPort());
                        assertThat(e).hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
                    });
        }
    }

    @Test
    void junkOnThePortDisturbsNobodyElse() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (StratumServer server = start();
                Miner good = new Miner(server.port())) {
            good.logIn("cpuminer/2.5.1");
            assertMines(good, "da5d0af0");
            for (int i = 0; i < 50; i++) {
                try (Miner junk = new Miner(server.port())) {
                    byte[] bytes = new byte[1 + random.nextInt(3000)];
                    random.nextBytes(bytes);
                    sendQuietly(junk, bytes);
                }
            }
            try (Miner endless = new Miner(server.port())) {
                sendQuietly(endless, ("{" + "a".repeat(1 << 20)).getBytes(java.nio.charset.StandardCharsets.UTF_8));
                assertThat(endless.line()).isEqualTo(Transcript.CLOSED);
            }
            try (Miner browser = new Miner(server.port())) {
                browser.send("GET / HTTP/1.1\r\nHost: pool\r\n\r\n");
                assertThat(browser.line()).isEqualTo("HTTP/1.1 400 Bad Request");
            }
            try (Miner ssh = new Miner(server.port())) {
                ssh.send("SSH-2.0-OpenSSH_9.9\r\n");
                assertThat(ssh.line()).isEqualTo(Transcript.CLOSED);
            }
            assertMines(good, "adc39");
            await("all junk is gone, seed " + seed, () -> server.snapshot().connections() == 1);
        }
    }

    private static void sendQuietly(Miner junk, byte[] bytes) {
        try {
            junk.send(bytes);
        } catch (IOException e) {
            // The pool hung up in the middle: its right.
        }
    }

    @Test
    void aCrowdOfSilentConnectionsDisturbsNobodyElse() throws Exception {
        List<Miner> crowd = new ArrayList<>();
        try (StratumServer server = start();
                Miner good = new Miner(server.port())) {
            good.logIn("cpuminer/2.5.1");
            for (int i = 0; i < CROWD; i++) {
                Miner one = new Miner(server.port());
                crowd.add(one);
                if (i % 2 == 0) {
                    one.send("{\"id\":1,\"meth");
                }
            }
            await("all are in", () -> server.snapshot().connections() == CROWD + 1);
            long start = System.nanoTime();
            assertMines(good, "da5d0af0");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            for (Miner one : crowd) {
                one.close();
            }
            await("all are gone", () -> server.snapshot().connections() == 1);
            assertMines(good, "adc39");
        }
    }

    @Test
    void stopsAcceptingAtTheLimitAndGoesOnBelowIt() throws Exception {
        StratumSettings few =
                ServerFixture.settings(Optional.of(ServerFixture.LEVEL), new StratumLimits(2, Duration.ofSeconds(60)));
        try (StratumServer server =
                        StratumServer.start(few, ServerFixture.parts(chain, log, clock), ServerFixture.recordedWork());
                Miner first = new Miner(server.port())) {
            first.logIn("a");
            Miner second = new Miner(server.port());
            second.logIn("b");
            await("full", () -> server.snapshot().connections() == 2);
            try (Miner third = new Miner(server.port());
                    Miner fourth = new Miner(server.port())) {
                assertMines(first, "da5d0af0");
                assertThat(server.snapshot().connections()).isLessThanOrEqualTo(3);
                second.hangUp();
                assertThat(third.logIn("c")).contains("mining.notify");
                third.hangUp();
                first.hangUp();
                assertThat(fourth.logIn("d")).contains("mining.notify");
            }
        }
    }

    @Test
    void sendsANewTipToEveryConnection() throws Exception {
        List<Miner> miners = new ArrayList<>();
        try (StratumServer server = start()) {
            for (int i = 0; i < 100; i++) {
                Miner miner = new Miner(server.port());
                miners.add(miner);
                assertThat(miner.logIn("cpuminer/2.5.1")).contains("\"1f\"");
            }
            Hash256 tip = Sha256.twice(new byte[] {7});
            chain.template(ServerFixture.template(tip, Nbits.ofHex("17034219"), ServerFixture.SECOND), true);
            for (Miner miner : miners) {
                assertThat(miner.line()).contains("\"params\":[\"20\",").endsWith(",true]}");
            }
        } finally {
            for (Miner miner : miners) {
                miner.close();
            }
        }
    }

    @Test
    void givesWorkToDevicesThatCameBeforeTheFirstTemplate() throws Exception {
        FakeChain late = new FakeChain(chain.parameters());
        try (StratumServer server = StratumServer.start(
                        ServerFixture.settings(), ServerFixture.parts(late, log, clock), ServerFixture.recordedWork());
                Miner miner = new Miner(server.port())) {
            miner.send("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}\n"
                    + "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"" + ServerFixture.USER + "\"]}\n");
            assertThat(miner.line()).startsWith("{\"id\":1,");
            assertThat(miner.line()).startsWith("{\"id\":2,");
            late.template(ServerFixture.template(), true);
            assertThat(miner.line()).isEqualTo(ServerFixture.DIFF);
            assertThat(miner.line()).isEqualTo(ServerFixture.JOB);
        }
    }

    @Test
    void closingAnswersSharesThatAreBeingForced() throws Exception {
        log.mode(FakeShareLog.Mode.HOLD);
        StratumServer server = start();
        try (Miner miner = new Miner(server.port())) {
            miner.logIn("cpuminer/2.5.1");
            miner.send("{\"id\":9,\"method\":\"mining.submit\",\"params\":[\"" + ServerFixture.USER
                    + "\",\"1f\",\"00000001\",\"66b2c3d4\",\"da5d0af0\"]}\n");
            await("it is with the log", () -> log.held() == 1);
            Thread closer = Thread.ofVirtual().start(server::close);
            await("the port is closed", () -> refusesConnections(server));
            log.release(0, true);
            assertThat(miner.line()).isEqualTo("{\"id\":9,\"result\":true,\"error\":null}");
            assertThat(miner.line()).isEqualTo(Transcript.CLOSED);
            assertThat(closer.join(Duration.ofSeconds(20))).isTrue();
            assertThat(server.snapshot().connections()).isZero();
        } finally {
            server.close();
        }
    }

    private static boolean refusesConnections(StratumServer server) {
        try {
            new Miner(server.port()).hangUp();
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void submitsAFoundBlockAndLogsItBehindItsShare() throws Exception {
        FakeChain easy = new FakeChain(chain.parameters())
                .withTemplate(ServerFixture.template(Hash256.ZERO, Nbits.ofHex("207fffff"), ServerFixture.SECOND));
        AtomicReference<FoundBlock> seen = new AtomicReference<>();
        CountDownLatch settled = new CountDownLatch(1);
        BlockListener listener = new BlockListener() {
            @Override
            public void found(FoundBlock block) {
                seen.set(block);
            }

            @Override
            public void settled(FoundBlock block, BlockOutcome outcome, Chain.SubmitOutcome answers) {
                settled.countDown();
            }
        };
        StratumParts parts = new StratumParts(
                easy,
                log,
                new ScalarShareHasher(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                clock,
                new CollectorRegistry(),
                listener);
        try (StratumServer server = StratumServer.start(
                        ServerFixture.settings(Optional.of(Level.MAX), StratumLimits.DEFAULT), parts);
                Miner miner = new Miner(server.port())) {
            miner.logIn("cpuminer/2.5.1");
            int nonce = 0;
            while (server.snapshot().blocksFound() == 0) {
                // Half of all hashes are blocks here, none of them of this level.
                assertThat(miner.submit("1", "00000001", Integer.toHexString(nonce++)))
                        .contains("[23,");
            }
            assertThat(settled.await(10, TimeUnit.SECONDS)).isTrue();
            FoundBlock block = seen.get();
            assertThat(block.finder()).isEqualTo(ServerFixture.ADDRESS);
            assertThat(block.header().hash()).isEqualTo(block.hash());
            await("it is logged", () -> !log.blocks().isEmpty());
            assertThat(log.blocks().getFirst().header()).isEqualTo(block.header());
            assertThat(log.blocks().getFirst().feeBasisPoints()).isEqualTo(100);
            Bytes raw = easy.submitted().getFirst();
            assertThat(raw.slice(0, 80)).isEqualTo(block.header().toBytes());
            assertThat(server.snapshot().blocksAccepted())
                    .isEqualTo(server.snapshot().blocksFound());
        }
    }

    @Test
    void logsABlockAgainUntilItIsStored() throws Exception {
        log.failBlocks(2);
        try (StratumServer server = easyServer();
                Miner miner = new Miner(server.port())) {
            miner.logIn("cpuminer/2.5.1");
            var _ = mineABlock(server, miner);
            await("it is logged", () -> !log.blocks().isEmpty());
            assertThat(log.blocks()).hasSize(1);
        }
    }

    @Test
    void takesABlockOnceHoweverOftenItsShareComes() throws Exception {
        try (StratumServer server = easyServer();
                Miner miner = new Miner(server.port())) {
            miner.logIn("cpuminer/2.5.1");
            int nonce = mineABlock(server, miner);
            assertThat(miner.submit("1", "00000001", Integer.toHexString(nonce)))
                    .contains("[23,");
            assertThat(server.snapshot().blocksFound()).isEqualTo(1);
            await("it is logged", () -> !log.blocks().isEmpty());
            assertThat(log.blocks()).hasSize(1);
        }
    }

    /** Half of all hashes are blocks here, none of them of this level. */
    private StratumServer easyServer() throws Exception {
        FakeChain easy = new FakeChain(chain.parameters())
                .withTemplate(ServerFixture.template(Hash256.ZERO, Nbits.ofHex("207fffff"), ServerFixture.SECOND));
        StratumParts parts = new StratumParts(
                easy,
                log,
                new ScalarShareHasher(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                clock,
                new CollectorRegistry(),
                BlockListener.NONE);
        return StratumServer.start(ServerFixture.settings(Optional.of(Level.MAX), StratumLimits.DEFAULT), parts);
    }

    /** Returns the nonce of the first block. */
    private static int mineABlock(StratumServer server, Miner miner) throws IOException {
        int nonce = -1;
        while (server.snapshot().blocksFound() == 0) {
            nonce++;
            assertThat(miner.submit("1", "00000001", Integer.toHexString(nonce)))
                    .contains("[23,");
        }
        return nonce;
    }
}
