package org.motepool.pool.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.devices.load.LoadSettings;
import org.motepool.pool.Failure;
import org.motepool.pool.bench.HttpLoad;
import org.motepool.pool.bench.PoolProcess;
import org.motepool.pool.bench.ServerGauge;
import org.motepool.pool.bench.StratumBench;
import org.motepool.pool.bench.StratumPlan;
import org.motepool.pool.bench.StratumReport;
import org.motepool.pool.bench.TipSource;
import org.motepool.pool.config.ConfigChecker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Loads a pool that runs in another process, and tells what it did. */
@Command(
        name = "stratum",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a pool in a process of its own, or takes one that runs, and loads it with thousands of connections:",
            "all at once, then idle, then each as fast as it is answered, then shares at a fixed rate."
        })
public final class BenchStratumCommand implements Callable<Integer> {
    private static final int SECONDS_MAX = 600;
    private static final int RATE_MAX = 1_000_000;
    /** Where new tips are wanted, so that shares are not in their way. */
    private static final int TIPS_RATE_MAX = 50;

    /** One account has so many of the connections. */
    private static final int CONNECTIONS_PER_ACCOUNT = 5;

    private static final int ACCOUNTS_MAX = 1_000_000;
    private static final int TIPS_MAX = 100;
    private static final int STORMS_MAX = 100;
    /** As many as a pool takes. */
    private static final int NAMES_MAX = 16;

    private static final int HTTP_MAX = 20_000;
    private static final int HTTP_ADDRESSES_MAX = 1_000;

    /** What the shares of a run are worth. */
    enum Mode {
        /** Well-formed, and their hashes meet no level: judged and refused. */
        JUNK,
        /** Every one is accepted, logged and forced to disk. */
        VALID,
        /** A few, of which some make a block: how soon does each new tip reach all connections? */
        TIPS;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Of a pool where shares that were not mined are this. */
        List<String> settings() {
            return switch (this) {
                case JUNK ->
                    List.of(
                            "--network",
                            "devnet",
                            "--pow-shift",
                            "0",
                            "--start-level",
                            "66",
                            "--block-seconds",
                            "86400");
                case VALID -> List.of("--network", "bench");
                case TIPS -> List.of("--network", "devnet", "--start-level", "20", "--block-seconds", "1");
            };
        }
    }

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many (default ${DEFAULT-VALUE}).")
    private int connections = 1000;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long each of the two loops is measured (default ${DEFAULT-VALUE}).")
    private int seconds = 10;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "How long each of them runs before (default: half as long as it is measured).")
    private @Nullable Integer warmUp;

    @Option(
            names = "--storms",
            paramLabel = "N",
            description = "So many times do all connections come at once, the last time to stay (default 1).")
    private int storms = 1;

    @Option(
            names = "--rehearsals",
            paramLabel = "N",
            description = {
                "So often before, they all come to a stand-in within this process (default 0):",
                "then the load is compiled, and the first storm measures the pool."
            })
    private int rehearsals;

    @Option(
            names = "--mode",
            defaultValue = "junk",
            description = {
                "junk shares are judged and refused; valid ones are accepted and forced to disk;",
                "tips: a few find blocks, so that it shows how soon a new tip reaches all."
            })
    private String mode = "junk";

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Shares a second in open loop (default ${DEFAULT-VALUE}).")
    private int rate = 5000;

    @Option(
            names = "--transactions",
            paramLabel = "N",
            description = "Transactions in the template (default 3000, a merkle branch of 12).")
    private int transactions = ConfigChecker.BENCH_TRANSACTIONS;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep the pool's data here, on the disk to be measured; else it is gone at the end.")
    private @Nullable Path data;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            description = "Payout addresses that the connections share (default: a fifth of the connections).")
    private int accounts;

    @Option(
            names = "--names",
            paramLabel = "N",
            description = "Names that each connection authorizes; its shares are of these in turn (default 1).")
    private int names = 1;

    @Option(
            names = "--http",
            paramLabel = "N",
            description = "Requests a second to the pool's API beside the open loop.")
    private int http;

    @Option(names = "--http-port", paramLabel = "PORT", description = "Of a pool that runs already: where its page is.")
    private int httpPort;

    @Option(
            names = "--agent",
            paramLabel = "TEXT",
            defaultValue = LoadSettings.AGENT,
            description = "What the connections say they are (default ${DEFAULT-VALUE}); pools serve some apart.")
    private String agent = LoadSettings.AGENT;

    @Option(
            names = "--opening",
            description = "First of all ten seconds of open loop, with nothing warm: is a pool late after its start?")
    private boolean opening;

    @Option(names = "--tips", paramLabel = "N", description = "New tips of --node (default 7).")
    private int tips = 7;

    @Option(
            names = "--warm-tips",
            paramLabel = "N",
            description = "So many before those, which are not told (default 0).")
    private int warmTips;

    @Option(
            names = "--node",
            paramLabel = "URL",
            description =
                    "Ask the mote bench node there, on which the pool mines, for new tips, and tell how soon they are with all.")
    private @Nullable String nodeUrl;

    @Option(
            names = "--traffic",
            paramLabel = "SECONDS",
            description = "Count bytes for so long, while each connection sends a share in 10 s.")
    private int traffic;

    @Option(names = "--no-loops", description = "Leave the two loops of shares out.")
    private boolean noLoops;

    @Option(names = "--port", paramLabel = "PORT", description = "Load the pool that listens here on this machine.")
    private int port;

    @Option(names = "--pid", paramLabel = "N", description = "The process of that pool.")
    private long pid;

    @Option(names = "--pool-option", paramLabel = "OPTION", description = "For the pool's Java; may be repeated.")
    private List<String> poolOptions = List.of();

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        Mode wanted = check();
        LogLevel.onlyWarnings();
        // A rehearsal holds both ends.
        OpenFiles.requireFor(rehearsals > 0 ? 2 * connections : connections);
        StratumReport report;
        try {
            report = port == 0 ? ofOwnPool(wanted) : ofRunningPool(wanted);
        } catch (IOException e) {
            throw new Failure(Failure.FAILED, String.valueOf(e.getMessage()), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(BenchStratumScreen.json(wanted.id(), report));
        } else {
            BenchStratumScreen.print(wanted.id(), report, out);
        }
        out.flush();
        return 0;
    }

    private Mode check() throws Failure {
        if (connections < 1 || connections > LoadSettings.CONNECTIONS_MAX) {
            throw wrong("--connections is 1 to " + LoadSettings.CONNECTIONS_MAX + ", not " + connections);
        }
        if (seconds < 1 || seconds > SECONDS_MAX) {
            throw wrong("--seconds is 1 to " + SECONDS_MAX + ", not " + seconds);
        }
        if (warmUp != null && (warmUp < 0 || warmUp > SECONDS_MAX)) {
            throw wrong("--warm-up is 0 to " + SECONDS_MAX + ", not " + warmUp);
        }
        if (storms < 1 || storms > STORMS_MAX) {
            throw wrong("--storms is 1 to " + STORMS_MAX + ", not " + storms);
        }
        if (rehearsals < 0 || rehearsals > STORMS_MAX) {
            throw wrong("--rehearsals is 0 to " + STORMS_MAX + ", not " + rehearsals);
        }
        if (rate < 1 || rate > RATE_MAX) {
            throw wrong("--rate is 1 to " + RATE_MAX + ", not " + rate);
        }
        if (accounts < 0 || accounts > ACCOUNTS_MAX) {
            throw wrong("--accounts is 1 to " + ACCOUNTS_MAX + ", not " + accounts);
        }
        if (names < 1 || names > NAMES_MAX) {
            throw wrong("--names is 1 to " + NAMES_MAX + ", not " + names);
        }
        if (http < 0 || http > HTTP_MAX) {
            throw wrong("--http is 0 to " + HTTP_MAX + " requests a second, not " + http);
        }
        if (http > 0 && port != 0 && (httpPort < 1 || httpPort > 65_535)) {
            throw wrong("--http of a pool that runs already needs --http-port");
        }
        if (tips < 0 || tips > TIPS_MAX) {
            throw wrong("--tips is 0 to " + TIPS_MAX + ", not " + tips);
        }
        if (warmTips < 0 || warmTips > TIPS_MAX) {
            throw wrong("--warm-tips is 0 to " + TIPS_MAX + ", not " + warmTips);
        }
        if (traffic < 0 || traffic > SECONDS_MAX) {
            throw wrong("--traffic is 0 to " + SECONDS_MAX + ", not " + traffic);
        }
        if ((port == 0) != (pid == 0)) {
            throw wrong("--port and --pid go together: the pool that runs, and whose processor time is measured");
        }
        if (port < 0 || port > 65_535) {
            throw wrong("--port is 1 to 65535, not " + port);
        }
        for (Mode known : Mode.values()) {
            if (known.id().equals(mode)) {
                return known;
            }
        }
        throw wrong("--mode is junk, valid or tips, not \"" + mode + "\"");
    }

    private StratumReport ofRunningPool(Mode wanted) throws Failure, IOException, InterruptedException {
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow(() -> wrong("--pid: there is no process " + pid));
        return bench(wanted, port, httpPort, new ServerGauge(server));
    }

    private StratumReport ofOwnPool(Mode wanted) throws Failure, IOException, InterruptedException {
        Path directory = data != null ? data : Files.createTempDirectory("motepool-bench-");
        Path log = Files.createTempFile("motepool-bench-", ".log");
        List<String> settings = new ArrayList<>(wanted.settings());
        settings.addAll(List.of("--transactions", Integer.toString(transactions)));
        try (PoolProcess pool = PoolProcess.start(poolOptions, settings, directory, log)) {
            long start = pool.nanosToFirstJob(users().getFirst());
            return bench(wanted, pool.port(), pool.httpPort(), pool.gauge()).started(start);
        } finally {
            Files.deleteIfExists(log);
            if (data == null) {
                DemoCommand.delete(directory);
            }
        }
    }

    private StratumReport bench(Mode wanted, int to, int pagePort, ServerGauge server)
            throws Failure, IOException, InterruptedException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        LoadSettings load = new LoadSettings(
                loopback.getHostAddress(),
                to,
                connections,
                users(),
                names,
                LoopbackSources.forSwarm(loopback, connections, pid),
                agent);
        boolean few = wanted == Mode.TIPS;
        try (TipSource source = nodeUrl == null ? null : new TipSource(nodeUrl)) {
            StratumPlan plan = new StratumPlan(
                    rehearsals,
                    storms,
                    opening,
                    tips,
                    warmTips,
                    Optional.ofNullable(source),
                    Duration.ofSeconds(traffic),
                    !few && !noLoops,
                    !noLoops,
                    few ? Math.min(rate, TIPS_RATE_MAX) : rate,
                    http == 0 ? Optional.empty() : Optional.of(new HttpLoad(pagePort, http, addresses())),
                    warmUp == null ? Duration.ofMillis(500L * seconds) : Duration.ofSeconds(warmUp),
                    Duration.ofSeconds(seconds));
            return new StratumBench(load, server, plan).run();
        } catch (IllegalArgumentException e) {
            throw wrong("--node or --agent: " + e.getMessage());
        }
    }

    private List<String> addresses() {
        return users().stream()
                .map(user -> user.substring(0, user.indexOf('.')))
                .distinct()
                .limit(HTTP_ADDRESSES_MAX)
                .toList();
    }

    private List<String> users() {
        int all = Math.multiplyExact(connections, names);
        int share = accounts == 0 ? CONNECTIONS_PER_ACCOUNT : Math.ceilDiv(all, accounts);
        return IntStream.range(0, all)
                .mapToObj(number -> account(number / share).canonical() + ".d" + number % share)
                .toList();
    }

    /** Of nobody. */
    private static PayoutAddress account(int number) {
        Bytes keyHash =
                new ByteWriter(20).i32(number).i32(0).i32(0).i32(0).i32(0).toBytes();
        return PayoutAddress.ofWitnessKeyHash(keyHash, Network.MAIN);
    }

    private static Failure wrong(String message) {
        return new Failure(Failure.WRONG_USAGE, message);
    }
}
