package org.motepool.pool.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.motepool.chain.devnet.DevnetSettings;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.Failure;
import org.motepool.pool.bench.BenchLog;
import org.motepool.pool.config.ConfigChecker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a long valid share log, to audit. */
@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        description = "Writes a valid share log of the bench network, where no share has to be mined.")
public final class BenchLogCommand implements Callable<Integer> {
    /** Extranonce2 counts them in four bytes. */
    private static final long SHARES_MAX = 1L << 32;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "Data directory; the log comes to stand under its shares/, about 60 bytes a share.")
    private Path data = Path.of("data");

    @Option(
            names = "--shares",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "How many (default ${DEFAULT-VALUE}).")
    private long shares = 1_000_000;

    @Option(
            names = "--transactions",
            paramLabel = "N",
            description = "Transactions in the template (default 3000, a merkle branch of 12).")
    private int transactions = ConfigChecker.BENCH_TRANSACTIONS;

    @Option(names = "--seed", defaultValue = "1", description = "Makes other shares.")
    private long seed = 1;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure, InterruptedException {
        if (shares < 1 || shares > SHARES_MAX) {
            throw new Failure(Failure.WRONG_USAGE, "--shares is 1 to " + SHARES_MAX + ", not " + shares);
        }
        if (transactions < 0 || transactions > DevnetSettings.TRANSACTIONS_MAX) {
            throw new Failure(
                    Failure.WRONG_USAGE,
                    "--transactions is 0 to " + DevnetSettings.TRANSACTIONS_MAX + ", not " + transactions);
        }
        LogLevel.onlyWarnings();
        PoolClock clock = PoolClock.SYSTEM;
        long start = clock.nanos();
        try {
            BenchLog.Written written = BenchLog.write(data, shares, transactions, seed);
            print(written, Duration.ofNanos(clock.nanos() - start));
            return 0;
        } catch (IOException e) {
            throw new Failure(Failure.FAILED, "the share log cannot be written: " + e.getMessage(), e);
        }
    }

    private void print(BenchLog.Written written, Duration took) {
        PrintWriter out = spec.commandLine().getOut();
        long perSecond = written.shares() * 1000 / Math.max(1, took.toMillis());
        if (json) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("log", written.directory().toString());
            node.put("shares", written.shares());
            node.put("bytes", written.bytes());
            node.put("branches", written.branches());
            node.put("shares_per_s", perSecond);
            out.println(node);
        } else {
            out.println("  log       " + written.directory());
            out.println("  shares    " + written.shares() + ", " + perSecond + " a second");
            out.println("  bytes     " + written.bytes());
            out.println("  branches  " + written.branches());
            out.println("Prove it:   mote audit --data " + data);
        }
        out.flush();
    }
}
