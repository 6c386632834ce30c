package org.motepool.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.chain.ChainParameters;
import org.motepool.core.address.Network;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.Sha256;
import org.motepool.core.time.PoolClock;
import org.motepool.core.work.Level;
import org.motepool.core.work.Nbits;
import org.motepool.core.work.PowShift;
import org.motepool.store.redis.RedisStore;
import org.motepool.store.redis.TestRedis;
import org.motepool.stratum.guard.StratumLimits;
import org.motepool.validator.log.LogFiles;
import org.motepool.validator.log.ShareLogSettings;
import org.motepool.validator.log.ShareLogWriter;

/** All devices at once, and devices that do not read; measured on an idle machine of two cores. */
@Tag("soak")
class StormIT {
    private static final int DEVICES = 5_000;
    private static final int STUCK = 1_000;
    /** With vardiff and look-ups on, also while the machine has other work. */
    private static final Duration KNOWN_MAX = Duration.ofSeconds(20);

    /** So every hash is a share of the lowest level. */
    private static final PowShift EASY = new PowShift(16);

    private static FakeChain chain() {
        ChainParameters base = ChainParameters.of(Network.REGTEST);
        return new FakeChain(new ChainParameters(
                        base.network(), EASY, base.coinbaseMaturity(), base.templateRules(), base.blockTime()))
                .withTemplate(
                        ServerFixture.template(Hash256.ZERO, Nbits.ofHex("17034219"), PoolClock.SYSTEM.epochSeconds()));
    }

    private static ShareLogWriter log(Path data) throws Exception {
        return ShareLogWriter.open(
                ShareLogSettings.of(data, "regtest", EASY),
                LogFiles.DISK,
                new SecureRandom(),
                PoolClock.SYSTEM,
                new CollectorRegistry());
    }

    private static StratumSettings settings() {
        return ServerFixture.settings(Optional.of(Level.MIN), StratumLimits.DEFAULT);
    }

    @Test
    void servesAStormOfReconnectsWithinSeconds(@TempDir Path data) throws Exception {
        try (ShareLogWriter log = log(data);
                StratumServer server =
                        StratumServer.start(settings(), ServerFixture.parts(chain(), log, PoolClock.SYSTEM));
                Crowd crowd = new Crowd(server.port(), DEVICES)) {
            for (int storm = 0; storm < 5; storm++) {
                long cpu = cpuNanos();
                Crowd.Arrival arrival = crowd.arrive(Duration.ofSeconds(60));
                System.out.printf(
                        "storm %d of %d: %s, %.2f s of processor, devices included%n",
                        storm, DEVICES, arrival, (cpuNanos() - cpu) / 1e9);
                assertThat(arrival.mining()).isEqualTo(DEVICES);
                assertThat(arrival.lost()).isZero();
                if (storm > 0) {
                    assertThat(arrival.allMining()).isLessThanOrEqualTo(Duration.ofSeconds(5));
                    assertThat(arrival.subscribeMillis(0.999)).isLessThan(1_000);
                }
                crowd.leave();
            }
        }
    }

    /**
     * As after a rolling upgrade: each device is looked up in Redis before its first job. Late answers cost it nothing: it
     * goes on without after 50 ms.
     */
    @Test
    void looksEachDeviceOfAStormUpAndServesItAllTheSame(@TempDir Path data) throws Exception {
        CollectorRegistry registry = new CollectorRegistry();
        StratumParts usual = ServerFixture.parts(chain(), new FakeShareLog(), PoolClock.SYSTEM);
        try (TestRedis redis = TestRedis.start();
                RedisStore store = RedisStore.connect(redis.settings(), PoolClock.SYSTEM, new CollectorRegistry());
                ShareLogWriter log = log(data);
                StratumServer server = StratumServer.start(
                        ServerFixture.settings(Optional.empty(), StratumLimits.DEFAULT),
                        new StratumParts(
                                usual.chain(),
                                log,
                                usual.hasher(),
                                usual.liveStats(),
                                usual.history(),
                                usual.bans(),
                                Optional.of(store.sessions()),
                                usual.clock(),
                                registry,
                                usual.blocks()));
                Crowd crowd = new Crowd(server.port(), DEVICES)) {
            for (int storm = 0; storm < 4; storm++) {
                Crowd.Arrival arrival = crowd.arrive(Duration.ofSeconds(60));
                System.out.printf(
                        "storm %d of %d that may be known: %s, look-ups %s%n",
                        storm, DEVICES, arrival, lookUps(registry));
                assertThat(arrival.mining()).isEqualTo(DEVICES);
                assertThat(arrival.lost()).isZero();
                if (storm > 0) {
                    assertThat(arrival.allMining()).isLessThanOrEqualTo(KNOWN_MAX);
                }
                crowd.leave();
            }
            assertThat(lookUps(registry).values()).as("somebody was asked").isNotEmpty();
        }
    }

    private static Map<String, Double> lookUps(CollectorRegistry registry) {
        Map<String, Double> counts = new TreeMap<>();
        for (Collector.MetricFamilySamples family : Collections.list(registry.metricFamilySamples())) {
            for (Collector.MetricFamilySamples.Sample sample : family.samples) {
                if (sample.name.equals("mote_session_lookups_total") && sample.value > 0) {
                    counts.put(sample.labelValues.getFirst(), sample.value);
                }
            }
        }
        return counts;
    }

    @Test
    void keepsLittleForPeersThatDoNotRead(@TempDir Path data) throws Exception {
        FakeChain chain = chain();
        List<Socket> stuck = new ArrayList<>();
        try (ShareLogWriter log = log(data);
                StratumServer server =
                        StratumServer.start(settings(), ServerFixture.parts(chain, log, PoolClock.SYSTEM));
                Miner reader = new Miner(server.port())) {
            reader.logIn("reader");
            for (int i = 0; i < STUCK; i++) {
                Socket socket = new Socket();
                socket.setReceiveBufferSize(1024);
                socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
                socket.getOutputStream()
                        .write(("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"x\"]}\n"
                                        + "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\""
                                        + ServerFixture.USER
                                        + "\"]}\n")
                                .getBytes(StandardCharsets.UTF_8));
                stuck.add(socket);
            }
            tips(chain, reader, 1, 5);
            long before = used();
            tips(chain, reader, 10, 200);
            long grown = used() - before;
            System.out.printf(
                    "%d peers that do not read, 200 jobs: %d bytes more each (heap and buffers)%n",
                    STUCK, grown / STUCK);
            assertThat(grown / STUCK).isLessThan(16 * 1024);
            assertThat(server.snapshot().connections()).isEqualTo(STUCK + 1);
        } finally {
            for (Socket socket : stuck) {
                socket.close();
            }
        }
    }

    /** New tips, each once the job of the one before has come out at a peer that does read. */
    private static void tips(FakeChain chain, Miner reader, int from, int count) throws IOException {
        for (int i = from; i < from + count; i++) {
            Hash256 tip = Sha256.twice(new byte[] {(byte) i, (byte) (i >> 8)});
            chain.template(ServerFixture.template(tip, Nbits.ofHex("17034219"), PoolClock.SYSTEM.epochSeconds()), true);
            String line = reader.line();
            while (!line.contains("mining.notify\",\"params")) {
                line = reader.line();
            }
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory()
                - runtime.freeMemory()
                + PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }
}
