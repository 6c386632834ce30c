package org.motepool.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motepool.core.address.Network;
import org.motepool.core.work.PowShift;

/** What a swarm costs, measured: processor time of its own threads against a pool that accepts everything. */
@Tag("soak")
class SwarmLoadTest {
    private static final int SECONDS = 20;

    @ParameterizedTest
    @CsvSource({"24, 50", "2000, 100"})
    void staysWithinItsShareOfOneCore(int devices, int percentMax) throws Exception {
        try (ScriptedPool pool = new ScriptedPool()) {
            ObligingPool.serve(pool);
            FleetOrder order = FleetOrder.parse("all=" + devices);
            SwarmSettings settings = SwarmSettings.of(
                    "127.0.0.1",
                    pool.port(),
                    new PowShift(16),
                    1,
                    order.specs(order.madeUpAccounts(Network.DEVNET, 1), 1));
            try (TwinSwarm swarm = TwinSwarm.start(settings)) {
                CountDownLatch pause = new CountDownLatch(1);
                assertThat(pause.await(5, TimeUnit.SECONDS)).isFalse();
                long from = processorNanos();
                assertThat(pause.await(SECONDS, TimeUnit.SECONDS)).isFalse();
                double percent = (processorNanos() - from) / 1e7 / SECONDS;
                SwarmReport report = swarm.report();
                System.out.printf("%d devices: %.1f %% of one core%n", devices, percent);
                report.byGroup().forEach((kind, counts) -> System.out.println(kind + " " + counts));

                assertThat(percent).isLessThan(percentMax);
                assertThat(report.total().withAcceptedShare()).isGreaterThan(devices * 9 / 10);
            }
        }
    }

    private static long processorNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.dumpAllThreads(false, false))
                .filter(thread -> thread.getThreadName().startsWith("twin-"))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
                .sum();
    }
}
