package org.motepool.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.motepool.core.time.FakeClock;
import org.motepool.core.work.Level;
import org.motepool.core.work.ProofOfWork;
import org.motepool.store.MemorySessions;
import org.motepool.store.Sessions;
import org.motepool.store.StoreException;
import org.motepool.store.redis.RedisStore;
import org.motepool.store.redis.TestRedis;
import org.motepool.stratum.vardiff.Vardiff;

/** A device that comes back goes on at its level, on any node, and waits for that 50 ms at most. */
class ResumeTest {
    private static final double GIANT = 1e14;
    private static final String LOWEST = "[0.0000152587890625]";
    private static final String SUBMIT = "{\"id\":9,\"method\":\"mining.submit\",\"params\":[\"" + ServerFixture.USER
            + "\",\"1f\",\"00000001\",\"66b2c3d4\",\"da5d0af0\"]}\n";

    private final FakeClock clock = new FakeClock(ServerFixture.SECOND);
    private final MemorySessions memory = new MemorySessions(clock);

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 203, 0, 113, (byte) last});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static Vardiff vardiff() {
        return new Vardiff(Duration.ofSeconds(15), ProofOfWork.SHA256D.difficulties());
    }

    /** A node, one connection to it, and that one's level control. */
    private static final class Node implements AutoCloseable {
        final Vardiff levels = vardiff();
        final EmbeddedDesk desk;
        private final List<String> lines = new ArrayList<>();
        String subscribed = "";

        Node(Sessions store, int address) {
            desk = new EmbeddedDesk(() -> levels, store, address(address));
        }

        void logIn(String agent, String session) {
            String second = session.isEmpty() ? "" : ",\"" + session + "\"";
            desk.send("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"" + agent + "\"" + second + "]}\n"
                    + "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"" + ServerFixture.USER + "\",\"x\"]}\n");
            lines.addAll(desk.lines());
            assertThat(lines).as("the reply waits for nothing").isNotEmpty();
            subscribed = lines.getFirst();
        }

        /** Level and job; waits for the look-up, on the channel's own clock no time passes until it is there. */
        List<String> work() {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (lookUps() == 0) {
                assertThat(System.nanoTime()).as("no look-up ends").isLessThan(until);
                LockSupport.parkNanos(1_000_000);
                desk.channel.runPendingTasks();
            }
            desk.run();
            lines.addAll(desk.lines());
            assertThat(lines).hasSize(4);
            assertThat(lines.get(2)).contains("mining.set_difficulty");
            assertThat(lines.get(3)).contains("mining.notify");
            return lines.subList(2, 4);
        }

        private double lookUps() {
            return Stream.of("resumed", "unknown", "late", "failed", "busy")
                    .mapToDouble(result -> desk.metric("mote_session_lookups_total", "result", result))
                    .sum();
        }

        String sessionId() {
            return subscribed.replaceFirst(".*mining.notify\",\"([0-9a-f]{16}).*", "$1");
        }

        /** Shares come at such a rate, for as long as it takes to know it. */
        void mine(double rate) {
            long now = desk.clock.nanos();
            Level level = levels.wanted(now, Level.MAX);
            for (int share = 0; share < 400; share++) {
                now += (long) (1e9 * level.hashesAsDouble() / rate);
                levels.accepted(level, now);
                Level wanted = levels.wanted(now, Level.MAX);
                if (!wanted.equals(level)) {
                    level = wanted;
                    levels.sent(level, now);
                }
            }
        }

        @Override
        public void close() {
            desk.close();
        }
    }

    /** A giant mines on one node and leaves; returns its session id. */
    private static String giantLeaves(Sessions store, int address) {
        try (Node node = new Node(store, address)) {
            node.logIn("giant/1.0", "");
            assertThat(node.work().getFirst()).contains(LOWEST);
            node.mine(GIANT);
            return node.sessionId();
        }
    }

    private static int level(String setDifficulty) {
        double difficulty = Double.parseDouble(setDifficulty.replaceFirst(".*params\":\\[([0-9.]+)].*", "$1"));
        return 32 + (int) Math.round(Math.log(difficulty) / Math.log(2));
    }

    @Test
    void aGiantThatComesBackStartsAtItsLevelOnAnotherNode() {
        giantLeaves(memory, 1);
        try (Node node = new Node(memory, 1)) {
            node.logIn("giant/1.0", "");
            assertThat(level(node.work().getFirst())).isBetween(49, 52);
            assertThat(node.levels.rate().orElseThrow().low()).isBetween(GIANT / 2, GIANT);
            assertThat(node.levels.rate().orElseThrow().high()).isBetween(GIANT, GIANT * 2);
            assertThat(node.desk.metric("mote_session_lookups_total", "result", "resumed"))
                    .isEqualTo(1);
        }
        assertThat(memory.size()).as("what it knew, and no more").isEqualTo(1);
    }

    @Test
    void aSessionIdIsEnoughFromAnywhereAndNothingElseOfItComesBack() {
        String before = giantLeaves(memory, 1);
        try (Node node = new Node(memory, 2)) {
            node.logIn("other/2.0", before);
            assertThat(level(node.work().getFirst())).isBetween(49, 52);
            assertThat(node.sessionId()).isNotEqualTo(before).hasSize(16);
            assertThat(node.subscribed).endsWith("\"1a2b3c4d\",4],\"error\":null}");
        }
    }

    @Test
    void twoThatItCouldBeGiveNone() {
        try (Node one = new Node(memory, 1);
                Node other = new Node(memory, 1)) {
            for (Node node : List.of(one, other)) {
                node.logIn("giant/1.0", "");
                node.work();
                node.mine(GIANT);
            }
        }
        assertBeginsAnew();
        assertThat(memory.size()).isEqualTo(2);
    }

    @Test
    void whatIsTenMinutesOldGivesNone() {
        String before = giantLeaves(memory, 1);
        clock.advance(Sessions.KEPT);
        try (Node node = new Node(memory, 1)) {
            node.logIn("giant/1.0", before);
            assertThat(node.work().getFirst()).contains(LOWEST);
        }
        assertBeginsAnew();
    }

    @Test
    void anotherClassOrAddressGivesNone() {
        giantLeaves(memory, 1);
        try (Node node = new Node(memory, 2)) {
            node.logIn("giant/1.0", "");
            assertThat(node.work().getFirst()).contains(LOWEST);
        }
        try (Node node = new Node(memory, 1)) {
            node.logIn("cpuminer/2.5.1", "");
            assertThat(level(node.work().getFirst())).isEqualTo(23);
        }
    }

    @Test
    void anEntryServesOnce() {
        giantLeaves(memory, 1);
        try (Node first = new Node(memory, 1);
                Node second = new Node(memory, 1)) {
            first.logIn("giant/1.0", "");
            assertThat(level(first.work().getFirst())).isBetween(49, 52);
            second.logIn("giant/1.0", "");
            assertThat(second.work().getFirst()).contains(LOWEST);
        }
    }

    private void assertBeginsAnew() {
        try (Node node = new Node(memory, 1)) {
            node.logIn("giant/1.0", "");
            assertThat(node.work().getFirst()).contains(LOWEST);
            assertThat(node.desk.metric("mote_session_lookups_total", "result", "unknown"))
                    .isEqualTo(1);
        }
    }

    @Test
    void whatNobodyCanReadIsPassedOver() throws StoreException {
        String before = giantLeaves(memory, 1);
        Sessions broken = new Sessions() {
            @Override
            public void keep(List<Closed> closed) {}

            @Override
            public List<Optional<Known>> take(List<Claim> claims) {
                return List.of(Optional.of(new Known(7, -1, Double.NaN)));
            }
        };
        try (Node node = new Node(broken, 1)) {
            node.logIn("giant/1.0", before);
            assertThat(node.work().getFirst()).contains(LOWEST);
        }
    }

    @Test
    void aStoreThatIsAwayCostsNothing() {
        memory.away = true;
        giantLeaves(memory, 1);
        try (Node node = new Node(memory, 1)) {
            node.logIn("giant/1.0", "");
            assertThat(node.work().getFirst()).contains(LOWEST);
            assertThat(node.desk.metric("mote_session_lookups_total", "result", "failed"))
                    .isEqualTo(1);
        }
        assertThat(memory.size()).isZero();
    }

    /** A store that does not answer until it is told to. */
    private static final class Hanging implements Sessions {
        final CountDownLatch release = new CountDownLatch(1);
        final CountDownLatch asked = new CountDownLatch(1);
        final CountDownLatch answered = new CountDownLatch(1);

        @Override
        public void keep(List<Closed> closed) {}

        @Override
        public List<Optional<Known>> take(List<Claim> claims) throws StoreException {
            asked.countDown();
            try {
                release.await();
                return List.of(Optional.of(new Known(50, 20, 20 / GIANT)));
            } catch (InterruptedException e) {
                throw new StoreException("interrupted", e);
            } finally {
                answered.countDown();
            }
        }
    }

    @Test
    void aStoreThatHangsHoldsTheFirstJobFor50MillisecondsAndNoMore() throws Exception {
        Hanging hanging = new Hanging();
        try (Node node = new Node(hanging, 1)) {
            node.logIn("cpuminer/2.5.1", "");
            node.desk.lines();
            assertThat(hanging.asked.await(10, TimeUnit.SECONDS)).isTrue();
            node.desk.channel.advanceTimeBy(49, TimeUnit.MILLISECONDS);
            node.desk.channel.runScheduledPendingTasks();
            assertThat(node.desk.lines()).isEmpty();
            node.desk.channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
            node.desk.channel.runScheduledPendingTasks();
            List<String> work = node.desk.lines();
            assertThat(work).hasSize(2);
            assertThat(level(work.getFirst())).isEqualTo(23);
            hanging.release.countDown();
            assertThat(hanging.answered.await(10, TimeUnit.SECONDS)).isTrue();
            node.desk.clock.advance(Duration.ofSeconds(2));
            node.desk.loop.tick();
            node.desk.settle();
            node.desk.run();
            assertThat(node.desk.lines()).as("too late is too late").isEmpty();
            assertThat(node.desk.metric("mote_session_lookups_total", "result", "late"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aShareEndsTheWaitAndALinkThatClosesMeanwhileHarmsNothing() throws Exception {
        Hanging hanging = new Hanging();
        try (Node node = new Node(hanging, 1)) {
            node.logIn("cpuminer/2.5.1", "");
            node.desk.lines();
            node.desk.send(SUBMIT);
            assertThat(level(node.desk.lines().getFirst())).isEqualTo(23);
            hanging.release.countDown();
            assertThat(hanging.answered.await(10, TimeUnit.SECONDS)).isTrue();
            node.desk.run();
        }
        Hanging other = new Hanging();
        try (Node node = new Node(other, 1)) {
            node.logIn("cpuminer/2.5.1", "");
            node.desk.lines();
            assertThat(other.asked.await(10, TimeUnit.SECONDS)).isTrue();
            var _ = node.desk.channel.close();
            node.desk.run();
            other.release.countDown();
            assertThat(other.answered.await(10, TimeUnit.SECONDS)).isTrue();
            node.desk.run();
            assertThat(node.desk.lines()).containsExactly(Transcript.CLOSED);
        }
    }

    @Test
    void twoNodesOnOneRedisKnowTheSameDevices() throws Exception {
        try (TestRedis redis = TestRedis.start();
                RedisStore one = RedisStore.connect(redis.settings(), clock, new CollectorRegistry());
                RedisStore other = RedisStore.connect(redis.settings(), clock, new CollectorRegistry())) {
            giantLeaves(one.sessions(), 1);
            try (Node node = new Node(other.sessions(), 1)) {
                node.logIn("giant/1.0", "");
                assertThat(level(node.work().getFirst())).isBetween(49, 52);
            }
        }
    }
}
