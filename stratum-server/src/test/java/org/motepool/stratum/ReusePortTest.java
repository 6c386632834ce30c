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
            AtomicInteger served = new AtomicInteger();
            AtomicInteger lost = new AtomicInteger();
            AtomicBoolean calling = new AtomicBoolean(true);
            CountDownLatch begun = new CountDownLatch(200);
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(Thread.ofPlatform().start(() -> {
                    while (calling.get()) {
                        (call(next.port()) ? served : lost).incrementAndGet();
                        begun.countDown();
                    }
                }));
            }
            begun.await();
            old.drain(Duration.ofSeconds(60));
            int then = served.get();
            while (served.get() < then + SERVED_AFTER && lost.get() == 0) {
                Thread.onSpinWait();
            }
            calling.set(false);
            for (Thread caller : callers) {
                caller.join();
            }
            System.out.printf("reused port: %d served, %d lost%n", served.get(), lost.get());
            assertThat(lost).hasValue(0);
        }
    }

    private static boolean call(int port) {
        try (Miner miner = new Miner(port)) {
            miner.send("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"x\"]}\n");
            return miner.line().contains("\"id\":1");
        } catch (IOException e) {
            return false;
        }
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
        assertThatThrownBy(() -> Transport.NIO.shareThePort(new ServerBootstrap()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("set stratum.reuse-port to false");
    }
}
