package org.motepool.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motepool.chain.block.RawTransaction;
import org.motepool.chain.block.RawTransaction.Output;
import org.motepool.core.account.Scheme;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.time.FakeClock;
import org.motepool.core.work.Level;
import org.motepool.core.work.Nbits;
import org.motepool.core.work.PowShift;
import org.motepool.stratum.found.BlockListener;
import org.motepool.stratum.guard.StratumLimits;
import org.motepool.stratum.session.ListenerProfile;
import org.motepool.validator.hash.ScalarShareHasher;
import org.motepool.validator.hash.ShareBatch;

/** A listener for mining alone beside the common one. */
class SoloTest {
    private static final String TAPROOT = "bcrt1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqc8gma6";
    private static final long VALUE = 312_500_000L;
    private static final long FEE = VALUE / 100;
    private static final long DEADLINE_SECONDS = 20;

    private final FakeShareLog log = new FakeShareLog();
    private final FakeClock clock = new FakeClock(ServerFixture.SECOND);
    private final FakeChain easy = new FakeChain(ServerFixture.chain().parameters())
            .withTemplate(ServerFixture.template(Hash256.ZERO, Nbits.ofHex("207fffff"), ServerFixture.SECOND));

    private static PayoutAddress address(int number) {
        byte[] hash = new byte[20];
        hash[0] = (byte) number;
        return PayoutAddress.ofWitnessKeyHash(Bytes.copyOf(hash), Network.REGTEST);
    }

    private StratumServer start(Level level) throws Exception {
        StratumSettings base = ServerFixture.settings(Optional.of(level), StratumLimits.DEFAULT);
        ListenerSettings alone = new ListenerSettings(
                "127.0.0.1",
                0,
                new ListenerProfile("solo", Scheme.SOLO, Optional.empty(), Optional.empty()),
                false,
                List.of());
        StratumSettings settings = new StratumSettings(
                List.of(base.listeners().getFirst(), alone),
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
        return StratumServer.start(
                settings,
                new StratumParts(
                        easy,
                        log,
                        new ScalarShareHasher(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        clock,
                        new CollectorRegistry(),
                        BlockListener.NONE));
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** The parameters of its first job, as they stand on the wire. */
    private static List<String> firstJob(Miner miner, String user, String agent) throws Exception {
        miner.send("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"" + agent + "\"]}\n"
                + "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"" + user + "\",\"x\"]}\n");
        String line = miner.line();
        while (!line.contains("mining.notify\",\"params")) {
            assertThat(line).doesNotContain("false").isNotEqualTo(Transcript.CLOSED);
            line = miner.line();
        }
        List<String> params = new ArrayList<>();
        String rest = line.substring(line.indexOf("params\":[") + 9);
        int branch = rest.indexOf('[');
        for (String part : rest.substring(0, branch).split(",")) {
            params.add(part.replace("\"", ""));
        }
        params.add(rest.substring(branch));
        return params;
    }

    private static List<Output> outputs(List<String> job) throws Exception {
        return RawTransaction.parse(Bytes.ofHex(job.get(2) + "00".repeat(8) + job.get(3)))
                .outputs();
    }

    private static int solo(StratumServer server) {
        return server.ports().get("solo");
    }

    @Test
    void givesEachAccountAJobThatDiffersInTheSecondHalfOfTheCoinbaseAlone() throws Exception {
        try (StratumServer server = start(new Level(19));
                Miner common = new Miner(server.port());
                Miner one = new Miner(solo(server));
                Miner again = new Miner(solo(server));
                Miner other = new Miner(solo(server))) {
            List<String> pool = firstJob(common, ServerFixture.USER, "x");
            List<String> first = firstJob(one, address(1) + ".a", "x");
            List<String> shared = firstJob(again, address(1) + ".b", "NerdMinerV2/V1");
            List<String> second = firstJob(other, address(2).canonical(), "x");
            assertThat(shared).as("one account, one job").isEqualTo(first);
            for (List<String> alone : List.of(first, second)) {
                assertThat(alone.get(1)).isEqualTo(pool.get(1));
                assertThat(alone.get(2)).isEqualTo(pool.get(2));
                assertThat(alone.get(4)).isEqualTo(pool.get(4));
                assertThat(alone.get(0)).isNotEqualTo(pool.get(0));
            }
            assertThat(outputs(pool)).contains(new Output(VALUE, ServerFixture.ADDRESS.script()));
            assertThat(outputs(first))
                    .startsWith(
                            new Output(VALUE - FEE, address(1).script()),
                            new Output(FEE, ServerFixture.ADDRESS.script()));
            assertThat(outputs(second))
                    .startsWith(new Output(VALUE - FEE, address(2).script()));
        }
    }

    @ParameterizedTest
    @CsvSource({"NerdMinerV2/V1, false", "unheard-of, false", "cpuminer/2.5.1, true", "bitaxe/BM1370/v2, true"})
    void waivesTheFeeOfALongAddressForSmallDevicesAlone(String agent, boolean paid) throws Exception {
        try (StratumServer server = start(new Level(19));
                Miner miner = new Miner(solo(server))) {
            List<String> job = firstJob(miner, TAPROOT + ".x", agent);
            Bytes script = PayoutAddress.parse(TAPROOT, Network.REGTEST).script();
            assertThat(outputs(job)).contains(new Output(paid ? VALUE - FEE : VALUE, script));
            assertThat(outputs(job).stream().mapToLong(Output::value).sum()).isEqualTo(VALUE);
            if (!paid) {
                assertThat(job.get(3).length()).isLessThanOrEqualTo(2 * 127);
            }
        }
    }

    @Test
    void minesForOneAddressAConnection() throws Exception {
        try (StratumServer server = start(new Level(19));
                Miner miner = new Miner(solo(server))) {
            firstJob(miner, address(1) + ".a", "x");
            miner.send("{\"id\":3,\"method\":\"mining.authorize\",\"params\":[\"" + address(1) + ".b\",\"x\"]}\n");
            assertThat(miner.line()).isEqualTo("{\"id\":3,\"result\":true,\"error\":null}");
            miner.send("{\"id\":4,\"method\":\"mining.authorize\",\"params\":[\"" + address(2) + "\",\"x\"]}\n");
            assertThat(miner.line()).contains("\"result\":false").contains("mines for one address");
        }
    }

    @Test
    void paysAFoundBlockToItsFinderAndLogsItAsSolo() throws Exception {
        PayoutAddress finder = address(7);
        try (StratumServer server = start(Level.MAX);
                Miner miner = new Miner(solo(server))) {
            List<String> job = firstJob(miner, finder + ".desk", "cpuminer/2.5.1");
            int nonce = 0;
            while (server.snapshot().blocksFound() == 0) {
                // Half of all hashes are blocks here, none of them of this level.
                miner.send("{\"id\":9,\"method\":\"mining.submit\",\"params\":[\"" + finder + ".desk\",\"" + job.get(0)
                        + "\",\"00000001\",\"66b2c3d4\",\"" + Integer.toHexString(nonce++) + "\"]}\n");
                assertThat(miner.line()).contains("[23,");
            }
            await("it is logged", () -> !log.blocks().isEmpty());
            LogRecord.BlockFound logged = log.blocks().getFirst();
            assertThat(logged.scheme()).isEqualTo(Scheme.SOLO);
            assertThat(logged.finder()).isEqualTo(finder.canonical());
            assertThat(logged.feeBasisPoints()).isEqualTo(100);
            assertThat(RawTransaction.parse(logged.coinbase()).outputs())
                    .contains(
                            new Output(VALUE - FEE, finder.script()), new Output(FEE, ServerFixture.ADDRESS.script()));
            await("it is submitted", () -> !easy.submitted().isEmpty());
            assertThat(easy.submitted().getFirst().toHex())
                    .contains(logged.coinbase().slice(41, 100).toHex());
        }
    }

    /** What a miner does with what it was sent: the first connection's extranonce1 is 1. */
    private static int nonceOfAShare(List<String> wire) {
        Job job = new Job(
                1,
                900_000,
                Hash256.ZERO,
                Bytes.ofHex(wire.get(2)),
                Bytes.ofHex(wire.get(3)),
                8,
                List.of(),
                0x2000_0000,
                Nbits.ofHex("207fffff"),
                ServerFixture.SECOND,
                Scheme.SOLO);
        var prepared = new ScalarShareHasher().prepare(job);
        ShareBatch batch = new ShareBatch(8, 1);
        for (int nonce = 0; ; nonce++) {
            batch.clear();
            batch.add(Bytes.ofHex("0000000100000001"), ServerFixture.SECOND, nonce, 0x2000_0000);
            prepared.hash(batch);
            if (Level.MIN.target().accepts(batch.hashes(), 0, PowShift.NONE)) {
                return nonce;
            }
        }
    }

    @Test
    void logsSharesAsSoloWithTheirOwnJob() throws Exception {
        PayoutAddress finder = address(7);
        try (StratumServer server = start(Level.MIN);
                Miner miner = new Miner(solo(server))) {
            List<String> job = firstJob(miner, finder + ".desk", "x");
            miner.send("{\"id\":9,\"method\":\"mining.submit\",\"params\":[\"" + finder + ".desk\",\"" + job.get(0)
                    + "\",\"00000001\",\"66b2c3d4\",\"" + Integer.toHexString(nonceOfAShare(job)) + "\"]}\n");
            assertThat(miner.line()).isEqualTo("{\"id\":9,\"result\":true,\"error\":null}");
            var logged = log.shares().getFirst();
            assertThat(logged.share().scheme()).isEqualTo(Scheme.SOLO);
            assertThat(logged.job().scheme()).isEqualTo(Scheme.SOLO);
            assertThat(logged.job().coinbase2().toHex()).isEqualTo(job.get(3));
            assertThat(Integer.toHexString(logged.share().jobNumber())).isEqualTo(job.get(0));
        }
    }
}
