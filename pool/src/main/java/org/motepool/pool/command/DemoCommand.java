package org.motepool.pool.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.motepool.core.address.Network;
import org.motepool.core.time.PoolClock;
import org.motepool.core.work.PowShift;
import org.motepool.devices.DemoFleet;
import org.motepool.devices.SwarmSettings;
import org.motepool.devices.TwinSpec;
import org.motepool.devices.TwinSwarm;
import org.motepool.pool.Failure;
import org.motepool.pool.config.ConfigChecker;
import org.motepool.pool.config.ConfigException;
import org.motepool.pool.config.Key;
import org.motepool.pool.config.PoolConfig;
import org.motepool.pool.config.Settings;
import org.motepool.pool.wiring.PoolRuntime;
import org.motepool.pool.wiring.Ports;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the whole pool in one process: its own chain, Redis, simulated devices, page. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Shows the whole pool in one process: built-in chain, embedded Redis, simulated devices, page.")
public final class DemoCommand implements Callable<Integer> {
    private static final Duration BLOCK_TIME = Duration.ofSeconds(5);
    private static final Duration SHARE_INTERVAL = Duration.ofSeconds(3);
    private static final Duration STATUS_EVERY = Duration.ofSeconds(1);
    /** After the devices stop, the last block is credited within this. */
    private static final Duration SETTLE_MAX = Duration.ofSeconds(8);

    private static final Duration REPLIES_MAX = Duration.ofSeconds(2);
    private static final int DEVICES_MAX = 2_000;

    @Option(names = "--devices", defaultValue = "24", description = "Simulated devices (default ${DEFAULT-VALUE}).")
    private int devices = 24;

    @Option(names = "--seconds", paramLabel = "N", description = "Stop by itself after so long.")
    private @Nullable Integer seconds;

    @Option(names = "--json", description = "At the end print one JSON object on standard output, and nothing else.")
    private boolean json;

    @Option(
            names = "--port",
            defaultValue = "3333",
            description = "Stratum port (default ${DEFAULT-VALUE}; 0: any free).")
    private int port = 3333;

    @Option(names = "--http-port", defaultValue = "8080", description = "Page (default ${DEFAULT-VALUE}; 0: any free).")
    private int httpPort = 8080;

    @Option(names = "--bind", defaultValue = "127.0.0.1", description = "0.0.0.0 lets the local network in.")
    private String bind = "127.0.0.1";

    @Option(names = "--data", paramLabel = "DIR", description = "Keep everything here; else it is gone at the end.")
    private @Nullable Path data;

    @Option(names = "--seed", defaultValue = "1", description = "Makes other devices and accounts.")
    private long seed = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        if (devices < 1 || devices > DEVICES_MAX) {
            throw new Failure(2, "--devices is 1 to " + DEVICES_MAX);
        }
        if (seconds != null && seconds < 1) {
            throw new Failure(2, "--seconds is at least 1");
        }
        LogLevel.onlyWarnings();
        StopSignal stop = new StopSignal();
        Path directory = data != null ? data : Files.createTempDirectory("motepool-demo-");
        try {
            run(directory, stop);
        } finally {
            if (data == null) {
                delete(directory);
            }
            stop.done();
        }
        return 0;
    }

    private void run(Path directory, StopSignal stop) throws Failure, InterruptedException {
        List<TwinSpec> twins = DemoFleet.specs(devices, seed, Network.DEVNET);
        PoolConfig config = config(directory, twins);
        Ports.requireFree(config.stratum(), "--port");
        Ports.requireFree(config.http(), "--http-port");
        String host = bind.equals("0.0.0.0") ? "127.0.0.1" : bind;
        try (PoolRuntime pool = PoolRuntime.start(config, PoolClock.SYSTEM);
                TwinSwarm swarm = TwinSwarm.start(SwarmSettings.of(
                        host, pool.stratumPort(), config.devnet().powShift(), seed, twins))) {
            DemoScreen screen = new DemoScreen(json ? null : spec.commandLine().getOut(), config, pool, swarm);
            screen.welcome(accountOf(twins.getFirst()));
            watch(stop, screen);
            swarm.pause();
            swarm.awaitReplies(REPLIES_MAX);
            swarm.stop();
            boolean settled = pool.settle(SETTLE_MAX);
            DemoReport report = DemoReport.of(pool, swarm.report(), config);
            if (json) {
                PrintWriter out = spec.commandLine().getOut();
                out.println(report.toJson());
                out.flush();
            } else {
                screen.farewell(report);
            }
            if (!settled) {
                throw new Failure(Failure.FAILED, "the last shares were not credited in time; the log says why");
            }
        }
    }

    private static String accountOf(TwinSpec twin) {
        return twin.userName().substring(0, twin.userName().indexOf('.'));
    }

    private void watch(StopSignal stop, DemoScreen screen) throws InterruptedException {
        long end = seconds == null
                ? Long.MAX_VALUE
                : System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (System.nanoTime() < end) {
            Duration left = seconds == null ? STATUS_EVERY : Duration.ofNanos(end - System.nanoTime());
            if (stop.await(left.compareTo(STATUS_EVERY) < 0 ? left : STATUS_EVERY)) {
                return;
            }
            screen.status();
        }
    }

    private PoolConfig config(Path directory, List<TwinSpec> twins) throws Failure {
        Settings settings = Settings.defaults();
        settings.put(Key.NETWORK, Network.DEVNET.id(), "demo");
        settings.put(Key.POOL_NAME, "Motepool demo", "demo");
        settings.put(Key.STRATUM_BIND, bind, "--bind");
        settings.put(Key.HTTP_BIND, bind, "--bind");
        settings.put(Key.STRATUM_PORT, Integer.toString(port), "--port");
        settings.put(Key.HTTP_PORT, Integer.toString(httpPort), "--http-port");
        settings.put(Key.MANAGEMENT_PORT, "0", "demo");
        settings.put(Key.SHARE_SECONDS, Long.toString(SHARE_INTERVAL.toSeconds()), "demo");
        settings.put(Key.DEVNET_BLOCK_SECONDS, Long.toString(BLOCK_TIME.toSeconds()), "demo");
        settings.put(Key.DATA, directory.toString(), "--data");
        try {
            BigInteger startHashes =
                    BigInteger.valueOf(Math.round(DemoFleet.nominalHashesPerSecond(twins) * BLOCK_TIME.toSeconds()));
            return ConfigChecker.check(settings, List.of())
                    .withDevnet(new PoolConfig.Devnet(
                            new PowShift(16),
                            BLOCK_TIME,
                            startHashes.max(BigInteger.ONE),
                            ConfigChecker.DEVNET_TRANSACTIONS));
        } catch (ConfigException e) {
            throw new Failure(2, String.valueOf(e.getMessage()), e);
        }
    }

    static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("mote: " + directory + " could not be deleted: " + e);
        }
    }
}
