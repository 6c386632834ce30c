package org.motepool.pool.command;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.motepool.core.address.AddressException;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.work.PowShift;
import org.motepool.devices.FleetOrder;
import org.motepool.devices.SwarmReport;
import org.motepool.devices.SwarmSettings;
import org.motepool.devices.TwinSpec;
import org.motepool.devices.TwinSwarm;
import org.motepool.pool.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets simulated devices mine at any pool, as the real boards would, and tells how they fared. */
@Command(
        name = "swarm",
        mixinStandardHelpOptions = true,
        description = {
            "Lets simulated devices mine at a pool, with the wire behaviour of their firmware, and tells how they fared.",
            "The rates are nominal: a device hashes at its rate / 2^S, so pool and swarm must agree on the pow-shift S."
        })
public final class SwarmCommand implements Callable<Integer> {
    private static final Duration STATUS_EVERY = Duration.ofSeconds(1);
    private static final Duration REPLIES_MAX = Duration.ofSeconds(5);
    private static final int POW_SHIFT_MAX = 16;
    /** What two cores hash beside a pool; a swarm that asks for more would not hash at the rates that it reports. */
    private static final double REAL_HASHES_PER_SECOND_MAX = 8e6;

    @Option(
            names = "--devices",
            required = true,
            paramLabel = "KIND[:RATE]=N,...",
            description =
                    "Which and how many: nerdminer=500,leafminer=200,bitaxe:2G=20, or all=2000 for some of every kind.")
    private String devices = "";

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "The pool's (default ${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    @Option(names = "--port", defaultValue = "3333", description = "The pool's (default ${DEFAULT-VALUE}).")
    private int port = 3333;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "How long (default ${DEFAULT-VALUE}).")
    private int seconds = 60;

    @Option(
            names = "--pow-shift",
            paramLabel = "S",
            defaultValue = "16",
            description = "Of the pool's network: 16 on a devnet (the default), 0 on every real one.")
    private int powShift = POW_SHIFT_MAX;

    @Option(
            names = "--user",
            paramLabel = "ADDRESS",
            description = "Who all devices mine for; without it accounts are made up, which only a devnet should get.")
    private @Nullable String user;

    @Option(
            names = "--network",
            defaultValue = "devnet",
            description = "Whose addresses are made up or given (default ${DEFAULT-VALUE}).")
    private String network = "devnet";

    @Option(names = "--seed", defaultValue = "1", description = "Other rates, accounts and moments.")
    private long seed = 1;

    @Option(names = "--json", description = "At the end print one JSON object on standard output, and nothing else.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure, InterruptedException {
        quieten();
        SwarmSettings settings = settings();
        StopSignal stop = new StopSignal();
        try (TwinSwarm swarm = TwinSwarm.start(settings)) {
            SwarmScreen screen =
                    new SwarmScreen(json ? null : spec.commandLine().getOut());
            watch(stop, swarm, screen);
            swarm.pause();
            swarm.awaitReplies(REPLIES_MAX);
            SwarmReport report = swarm.report();
            if (json) {
                print(SwarmJson.of(report).toString());
            } else {
                screen.farewell(report);
            }
            if (report.total().linkedSeconds() == 0) {
                throw new Failure(
                        Failure.FAILED, "no device reached " + host + ":" + port + "; does the pool listen there?");
            }
        } finally {
            stop.done();
        }
        return 0;
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }

    /** Only warnings are logged, unless asked otherwise. Before any logger is made. */
    private static void quieten() {
        if (System.getProperty("mote.log.level") == null) {
            System.setProperty("mote.log.level", "WARN");
        }
    }

    private void watch(StopSignal stop, TwinSwarm swarm, SwarmScreen screen) throws InterruptedException {
        long from = System.nanoTime();
        Duration left = Duration.ofSeconds(seconds);
        while (left.isPositive()) {
            if (stop.await(left.compareTo(STATUS_EVERY) < 0 ? left : STATUS_EVERY)) {
                return;
            }
            Duration gone = Duration.ofNanos(System.nanoTime() - from);
            left = Duration.ofSeconds(seconds).minus(gone);
            screen.status(swarm.report(), gone);
        }
    }

    private SwarmSettings settings() throws Failure {
        if (seconds < 1) {
            throw wrong("--seconds is at least 1");
        }
        if (powShift < 0 || powShift > POW_SHIFT_MAX) {
            throw wrong("--pow-shift is 0 to " + POW_SHIFT_MAX);
        }
        try {
            FleetOrder order = FleetOrder.parse(devices);
            List<TwinSpec> twins = order.specs(accounts(order), seed);
            requireAffordable(twins);
            OpenFiles.requireFor(twins.size());
            SwarmSettings settings = SwarmSettings.of(host, port, new PowShift(powShift), seed, twins);
            return settings.from(LoopbackSources.forSwarm(InetAddress.getByName(host), twins.size(), seed));
        } catch (IllegalArgumentException e) {
            throw new Failure(Failure.WRONG_USAGE, "--devices: " + e.getMessage(), e);
        } catch (UnknownHostException e) {
            throw new Failure(Failure.WRONG_USAGE, "--host: there is no \"" + host + "\"", e);
        }
    }

    private List<String> accounts(FleetOrder order) throws Failure {
        Network of = Network.ofId(network).orElseThrow(() -> wrong("--network: there is no \"" + network + "\""));
        if (user == null) {
            return order.madeUpAccounts(of, seed);
        }
        try {
            return List.of(PayoutAddress.parse(user, of).canonical());
        } catch (AddressException e) {
            throw new Failure(Failure.WRONG_USAGE, "--user: " + e.getMessage(), e);
        }
    }

    private void requireAffordable(List<TwinSpec> twins) throws Failure {
        double nominal =
                twins.stream().mapToDouble(TwinSpec::nominalHashesPerSecond).sum();
        double real = Math.scalb(nominal, -powShift);
        if (real > REAL_HASHES_PER_SECOND_MAX) {
            throw wrong(
                    "these devices do %.0f hashes a second, of which this machine would really do %.0f, more than the %.0f it can; take fewer or slower ones, or a larger --pow-shift at both ends"
                            .formatted(nominal, real, REAL_HASHES_PER_SECOND_MAX));
        }
    }

    private static Failure wrong(String message) {
        return new Failure(Failure.WRONG_USAGE, message);
    }
}
