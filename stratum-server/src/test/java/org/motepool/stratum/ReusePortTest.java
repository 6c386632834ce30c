package org.motepool.stratum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.motepool.core.account.Scheme;
import org.motepool.core.time.PoolClock;
import org.motepool.stratum.session.ListenerProfile;

/** Two servers on one port, of which the older goes: nobody who connects meanwhile is turned away. */
class ReusePortTest {
    private static final int CALLERS = 8;
    /** Each of them goes on until so many of all have been served after the old server is gone. */
    private static final int SERVED_AFTER = 500;

    @BeforeEach
    void needsEpoll() {
        assumeTrue(Epoll.isAvailable(), "a system without epoll shares no ports");
    }

    private static StratumServer server(int port, boolean reusePort) throws Exception {
        StratumSettings usual = ServerFixture.settings();
        ListenerSettings listener = new ListenerSettings(
                "127.0.0.1", port, ListenerProfile.main(Scheme.PPLNS), false, List.of(), reusePort);
        StratumSettings settings = new StratumSettings(
                List.of(listener),
                usual.certificate(),
                usual.webSocketOrigins(),
                usual.network(),
                usual.payeeScript(),
                usual.poolTag(),
                usual.feeBasisPoints(),
                usual.shareInterval(),
                usual.fixedLevel(),
                usual.nodeId(),
                usual.eventLoops(),
                usual.limits());
        return StratumServer.start(
                settings,
                ServerFixture.parts(ServerFixture.chain(), new FakeShareLog(), PoolClock.SYSTEM),
                ServerFixture.recordedWork());
    }

    @Test
    void nobodyWhoConnectsWhileTheOldServerGoesIsTurnedAway() throws Exception {
        try (StratumServer old = server(0, true);
                StratumServer next = server(old.port(), true)) {
            assertThat(next.port()).isEqualTo(old.port());
            assertThat(lostWhile(() -> old.drain(Duration.ofSeconds(60)), old.port()))
                    .isZero();
        }
    }

    @Test
    void norWhileTheNewOneGoesThatSomebodyThoughtBetterOf() throws Exception {
        try (StratumServer old = server(0, true);
                StratumServer next = server(old.port(), true)) {
            assertThat(lostWhile(() -> next.drain(Duration.ofSeconds(60)), old.port()))
                    .isZero();
        }
    }

    @Test
    void connectionsAreSpreadAgainOnceTheNextOneHasCome() throws Exception {
        try (StratumServer first = server(0, true)) {
            try (StratumServer second = server(first.port(), true)) {
                second.drain(Duration.ZERO);
            }
            try (StratumServer third = server(first.port(), true)) {
                List<Miner> miners = new ArrayList<>();
                for (int i = 0; i < 64; i++) {
                    Miner miner = new Miner(first.port());
                    miners.add(miner);
                    assertThat(subscribes(miner)).isTrue();
                }
                assertThat(first.snapshot().connections()).isBetween(1, 63);
                assertThat(first.snapshot().connections() + third.snapshot().connections())
                        .isEqualTo(64);
                for (Miner miner : miners) {
                    miner.close();
                }
            }
        }
    }

    /** How many calls fail while that is done and {@link #SERVED_AFTER} calls later. */
    private static int lostWhile(Runnable done, int port) throws InterruptedException {
        AtomicInteger served = new AtomicInteger();
        AtomicInteger lost = new AtomicInteger();
        AtomicBoolean calling = new AtomicBoolean(true);
        CountDownLatch begun = new CountDownLatch(200);
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(Thread.ofPlatform().start(() -> {
                while (calling.get()) {
                    (call(port) ? served : lost).incrementAndGet();
                    begun.countDown();
                }
            }));
        }
        begun.await();
        done.run();
        int then = served.get();
        while (served.get() < then + SERVED_AFTER && lost.get() == 0) {
            Thread.onSpinWait();
        }
        calling.set(false);
        for (Thread caller : callers) {
            caller.join();
        }
        System.out.printf("reused port: %d served, %d lost%n", served.get(), lost.get());
        return lost.get();
    }

    private static boolean call(int port) {
        try (Miner miner = new Miner(port)) {
            return subscribes(miner);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean subscribes(Miner miner) throws IOException {
        miner.send("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"x\"]}\n");
        return miner.line().contains("\"id\":1");
    }

    @Test
    void aPortIsSharedOnlyWhereBothAreAskedTo() throws Exception {
        try (StratumServer alone = server(0, false)) {
            assertThatThrownBy(() -> server(alone.port(), true).close())
                    .isInstanceOf(StratumBindException.class)
                    .hasMessageContaining("" + alone.port());
        }
        try (StratumServer sharing = server(0, true)) {
            assertThatThrownBy(() -> server(sharing.port(), false).close()).isInstanceOf(StratumBindException.class);
        }
    }

    @Test
    void saysWhatToSetWhereTheSystemSharesNoPorts() {
        assertThatThrownBy(() -> SharedPort.share(Transport.NIO, new ServerBootstrap()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("set stratum.reuse-port to false");
    }
}
