package org.motepool.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.motepool.chain.ChainParameters;
import org.motepool.core.address.Network;
import org.motepool.core.time.FakeClock;
import org.motepool.core.work.PowShift;
import org.motepool.store.redis.RedisStore;
import org.motepool.store.redis.TestRedis;
import org.motepool.stratum.found.BlockListener;
import org.motepool.stratum.guard.StratumLimits;
import org.motepool.validator.hash.ScalarShareHasher;

/** Two whole nodes on one Redis: a device moves from one to the other and goes on at its level. */
class ResumeServersTest {
    /** So many are measured before the first change of level. */
    private static final int SHARES = 20;

    /** A busy machine may answer a look-up late, and then the entry is gone. */
    private static final int TRIES_MAX = 20;

    private final FakeClock clock = new FakeClock(ServerFixture.SECOND);

    /** The first 16 bits of a hash do not count, so each nonce is a share of the lowest level. */
    private StratumServer server(RedisStore store, CollectorRegistry registry) throws Exception {
        ChainParameters regtest = ChainParameters.of(Network.REGTEST);
        FakeChain chain = new FakeChain(new ChainParameters(
                        Network.REGTEST,
                        new PowShift(16),
                        regtest.coinbaseMaturity(),
                        regtest.templateRules(),
                        regtest.blockTime()))
                .withTemplate(ServerFixture.template());
        StratumParts parts = new StratumParts(
                chain,
                new FakeShareLog(),
                new ScalarShareHasher(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(store.sessions()),
                clock,
                registry,
                BlockListener.NONE);
        return StratumServer.start(
                ServerFixture.settings(Optional.empty(), StratumLimits.DEFAULT), parts, ServerFixture.recordedWork());
    }

    private static String until(Miner miner, String wanted) throws Exception {
        String line = miner.line();
        while (!line.contains(wanted)) {
            assertThat(line).isNotEqualTo(Transcript.CLOSED);
            line = miner.line();
        }
        return line;
    }

    /** Mines at 655 kH/s until it is given a level of its own, and hangs up; returns the session id. */
    private String mine(int port) throws Exception {
        try (Miner miner = new Miner(port)) {
            miner.send("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"anything/1.0\"]}\n"
                    + "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"" + ServerFixture.USER + "\",\"x\"]}\n");
            String session = until(miner, "mining.notify").replaceFirst(".*notify\",\"([0-9a-f]{16}).*", "$1");
            String difficulty = until(miner, "set_difficulty\",\"params");
            if (!difficulty.contains("[0.0000152587890625]")) {
                return session;
            }
            String notify = until(miner, "mining.notify");
            String job = notify.replaceFirst(".*params\":\\[\"([0-9a-f]+).*", "$1");
            String ntime = notify.replaceFirst(".*\"([0-9a-f]{8})\",(true|false)]}", "$1");
            for (int share = 0; share < SHARES; share++) {
                clock.advance(Duration.ofMillis(100));
                String nonce = "%08x".formatted(share);
                miner.send("{\"id\":9,\"method\":\"mining.submit\",\"params\":[\"" + ServerFixture.USER + "\",\"" + job
                        + "\",\"00000001\",\"" + ntime + "\",\"" + nonce + "\"]}\n");
                assertThat(until(miner, "\"id\":9")).contains("true");
            }
            assertThat(until(miner, "set_difficulty\",\"params")).doesNotContain("[0.0000152587890625]");
            until(miner, "mining.notify");
            return session;
        }
    }

    private static double kept(CollectorRegistry registry) {
        Double kept =
                registry.getSampleValue("mote_sessions_kept_total", new String[] {"result"}, new String[] {"kept"});
        return kept == null ? 0 : kept;
    }

    @Test
    void aDeviceThatMovesToAnotherNodeGoesOnAtItsLevel() throws Exception {
        CollectorRegistry registry = new CollectorRegistry();
        try (TestRedis redis = TestRedis.start();
                RedisStore one = RedisStore.connect(redis.settings(), clock, new CollectorRegistry());
                RedisStore other = RedisStore.connect(redis.settings(), clock, new CollectorRegistry());
                StratumServer here = server(one, registry);
                StratumServer there = server(other, new CollectorRegistry())) {
            List<String> difficulties = new ArrayList<>();
            for (int turn = 0; turn < TRIES_MAX; turn++) {
                double before = kept(registry);
                String session = mine(here.port());
                while (kept(registry) == before) {
                    Thread.onSpinWait();
                }
                try (Miner back = new Miner(there.port())) {
                    back.send("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"anything/1.0\",\"" + session
                            + "\"]}\n{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"" + ServerFixture.USER
                            + "\",\"x\"]}\n");
                    String difficulty = until(back, "set_difficulty\",\"params");
                    if (difficulty.contains("[0.00048828125]")) {
                        return;
                    }
                    difficulties.add(difficulty);
                }
            }
            assertThat(difficulties)
                    .as("level 21 for 655 kH/s and a share in 3 s")
                    .isEmpty();
        }
    }
}
