package org.motepool.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.devices.load.LoadSettings;
import org.motepool.pool.bench.PoolProcess;
import org.motepool.pool.bench.StratumBench;
import org.motepool.pool.bench.StratumPlan;
import org.motepool.pool.bench.StratumReport;

/** Guards what a submit and an idle connection take, in bytes, with slack; never times, which are the machine's. */
@Tag("bench")
class PoolGuardTest {
    /** 128 to 206 were seen: the fewer submits share a turn of the event loop, the more each has of what that takes. */
    private static final double JUNK_BYTES_MAX = 250;

    /** 139 to 255 were seen: the set of a job's shares grows by doubling. */
    private static final double VALID_BYTES_MAX = 300;

    private static final int CONNECTIONS_LOW = 500;
    private static final int CONNECTIONS_HIGH = 4_500;
    /** 6,300 were seen from 1,000 to 19,000 connections, and 11,000 over these few, where the heap's own steps show. */
    private static final double IDLE_BYTES_MAX = 16_000;

    @TempDir
    private Path directory;

    private StratumReport run(List<String> settings, int connections, boolean loops) throws Exception {
        List<String> users = IntStream.range(0, connections)
                .mapToObj(number -> PayoutAddress.ofWitnessKeyHash(
                                        new ByteWriter(20)
                                                .i32(number / 5)
                                                .bytes(new byte[16])
                                                .toBytes(),
                                        Network.MAIN)
                                .canonical()
                        + ".d" + number)
                .toList();
        try (PoolProcess pool =
                PoolProcess.start(List.of(), settings, directory.resolve("data"), directory.resolve("log"))) {
            LoadSettings load =
                    new LoadSettings("127.0.0.1", pool.port(), connections, users, 1, List.of(), LoadSettings.AGENT);
            StratumPlan plan = new StratumPlan(
                    0,
                    1,
                    false,
                    0,
                    0,
                    Optional.empty(),
                    Duration.ZERO,
                    loops,
                    loops,
                    5_000,
                    Optional.empty(),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(6));
            return new StratumBench(load, pool.gauge(), plan).run();
        }
    }

    private static double closed(StratumReport report) {
        double bytes = report.closed().orElseThrow().heapBytesPerReply();
        System.out.printf(
                "heap of the event loops a submit: closed loop %.0f bytes, open loop %.0f bytes%n",
                bytes, report.open().orElseThrow().heapBytesPerReply());
        return bytes;
    }

    @Test
    void aRefusedSubmitTakesLittleHeap() throws Exception {
        StratumReport report =
                run(List.of("--network", "devnet", "--pow-shift", "0", "--start-level", "66"), 500, true);
        assertThat(closed(report)).isBetween(1.0, JUNK_BYTES_MAX);
    }

    @Test
    void anAcceptedSubmitTakesLittleHeap() throws Exception {
        StratumReport report = run(List.of("--network", "bench"), 500, true);
        assertThat(report.closed().orElseThrow().accepted()).isPositive();
        assertThat(closed(report)).isBetween(1.0, VALID_BYTES_MAX);
    }

    /** What is loaded and compiled for the first connections is in both, and in neither. */
    @Test
    void anIdleConnectionTakesLittleMemory() throws Exception {
        long low = resident(CONNECTIONS_LOW);
        long high = resident(CONNECTIONS_HIGH);
        double each = (high - low) / (double) (CONNECTIONS_HIGH - CONNECTIONS_LOW);
        System.out.printf("resident bytes an idle connection: %.0f%n", each);
        assertThat(each).isLessThan(IDLE_BYTES_MAX);
    }

    private long resident(int connections) throws Exception {
        StratumReport report = run(List.of("--network", "devnet", "--block-seconds", "86400"), connections, false);
        return report.residentIdle().orElseThrow();
    }
}
